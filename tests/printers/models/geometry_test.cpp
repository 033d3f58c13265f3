// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Every shipped product on every medium that suits it, for all eight orientations: millimetres on paper.
#include <QTest>
#include <algorithm>
#include <cmath>
#include <set>

#include "core/catalog/product.h"
#include "core/image/orientation.h"
#include "core/print/page_plan.h"
#include "printers/models/load_models.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::print;
using image::Orientation;
using image::PixelSize;

namespace {

constexpr double kTrimTolerance = 0.1;  // mm, of the trim's place and size

Path shippedShare() {
    return Path(contone::tests::programFolder).parent_path() / "share/contone";
}

struct Pairing {
    catalog::Product product;
    std::string model;
    Medium medium;
};

bool near(double a, double b, double tolerance) {
    return std::abs(a - b) <= tolerance;
}

/// Where the middle of a stored photo's first pixel's corner lies on the raster when it is shown by `frame`: the stored
/// corner (0, 0) made upright by `stored`, then turned: as 0 or 1 along x and y of the box.
std::pair<int, int> firstCorner(Orientation stored, Orientation turn) {
    const image::OrientationParts p = image::parts(image::then(stored, turn));
    return {p.flipX ? 1 : 0, p.flipY ? 1 : 0};
}

}  // namespace

class GeometryTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() {
        const auto catalog = catalog::Catalog::load(shippedShare());
        const auto models = printers::loadModels(shippedShare());
        QVERIFY(catalog && models);
        m_models = *models;
        for (const auto& [productId, product] : catalog->products())
            for (const auto& [modelId, model] : *models)
                for (const Medium& medium : model.media) {
                    const auto plan = planPage(product, medium, {3000, 2000});
                    if (plan) {
                        m_pairings.push_back({product, modelId, medium});
                    } else {
                        QCOMPARE(plan.error().reason, std::string("wrong-medium"));
                    }
                }
    }

    void eachProductHasThePrintersThatCanMakeIt() {
        std::map<std::string, std::set<std::string>> made;
        for (const Pairing& p : m_pairings) {
            made[p.product.id].insert(p.model);
            // The product's own size, on a medium that is cut into as many pieces.
            QCOMPARE(p.medium.columns * p.medium.rows, p.product.columns * p.product.rows);
            const double area = p.product.sheet().width.mm() * p.product.sheet().height.mm();
            QVERIFY(std::abs(p.medium.sheet.width.mm() * p.medium.sheet.height.mm() / area - 1) < 0.015);
        }
        // Of the shipped models; one that is added makes what its media say.
        const auto allOf = [&](const char* product, const std::set<std::string>& models) {
            return std::ranges::includes(made[product], models);
        };
        QVERIFY(allOf("20x25", {"dnp-ds80", "dnp-ds820", "kodak-8810", "generic-ipp-photo", "generic-inkjet"}));
        QVERIFY(allOf("strip-5x15",
                      {"citizen-cx", "dnp-ds40", "dnp-ds620", "dnp-rx1", "hiti-p525l", "kodak-6850", "mitsubishi-d70",
                       "mitsubishi-d90", "mitsubishi-k60", "mitsubishi-m1", "sinfonia-s2245"}));
        QVERIFY(made["10x15"].size() >= 16);
        for (const auto& [id, model] : m_models)
            QVERIFY2(made["10x15"].contains(id) == (model.medium("4x6") != nullptr), id.c_str());
    }

    void trimAndSafeAreaAreRightOnEveryModelForEveryPhoto() {
        for (const Pairing& pairing : m_pairings) {
            for (const PixelSize stored : {PixelSize{6000, 4000}, {4000, 6000}, {3024, 3024}, {9000, 1000}, {1, 1}}) {
                for (int exif = 1; exif <= 8; ++exif) {
                    const Orientation orientation = image::orientationFromExif(exif);
                    checkPage(pairing, image::oriented(stored, orientation), orientation);
                    if (QTest::currentTestFailed()) {
                        qWarning("%s on %s, EXIF %d", pairing.product.id.c_str(), pairing.model.c_str(), exif);
                        return;
                    }
                }
            }
        }
    }

    void wholePhotosLieInsideTheTrimOnEveryModel() {
        PhotoChoices whole;
        whole.fit = Fit::Whole;
        for (const Pairing& pairing : m_pairings) {
            for (const PixelSize photo : {PixelSize{6000, 4000}, {4000, 6000}, {3024, 3024}, {4000, 700}}) {
                const PagePlan plan = planPage(pairing.product, pairing.medium, photo, whole).value();
                for (std::size_t i = 0; i < plan.frames.size(); ++i) {
                    const RealRect& t = plan.pieces[i].trim;
                    const image::PixelRect& box = plan.frames[i].box;
                    QVERIFY(plan.frames[i].crop == render::Crop{});
                    QVERIFY(box.x >= t.x - 0.01 && box.x + box.width <= t.x + t.width + 0.01);
                    QVERIFY(box.y >= t.y - 0.01 && box.y + box.height <= t.y + t.height + 0.01);
                }
                QCOMPARE(plan.lostPercent, 0.0);
            }
        }
    }

  private:
    static void checkPage(const Pairing& pairing, PixelSize upright, Orientation stored) {
        const Medium& m = pairing.medium;
        const PagePlan plan = planPage(pairing.product, m, upright).value();
        QVERIFY(plan.raster == m.raster);
        const double mmX = 25.4 / m.dpiX.value, mmY = 25.4 / m.dpiY.value;
        const image::PixelRect& p = plan.printable;
        QCOMPARE(p.width, m.raster.width - m.deadLeft - m.deadRight);
        QCOMPARE(p.height, m.raster.height - m.deadTop - m.deadBottom);

        // All pieces together are the sheet, centred in what can carry colour, less the overscan at each edge.
        const RealRect &first = plan.pieces.front().trim, &last = plan.pieces.back().trim;
        const double right = last.x + last.width, bottom = last.y + last.height;
        const double waste = m.gutter.mm();
        QVERIFY(near((right - first.x) * mmX - waste * (m.columns - 1), m.sheet.width.mm(), kTrimTolerance));
        QVERIFY(near((bottom - first.y) * mmY - waste * (m.rows - 1), m.sheet.height.mm(), kTrimTolerance));
        QVERIFY(near((first.x + right) / 2 * mmX, (p.x + p.width / 2.0) * mmX, kTrimTolerance));
        QVERIFY(near((first.y + bottom) / 2 * mmY, (p.y + p.height / 2.0) * mmY, kTrimTolerance));
        QVERIFY(near((first.x - p.x) * mmX, m.overscan.left.mm(), 0.01));
        QVERIFY(near((p.y + p.height - bottom) * mmY, m.overscan.bottom.mm(), 0.01));

        checkFrames(pairing, plan, upright);
        checkTurn(plan, upright, stored, pairing);
    }

    static void checkFrames(const Pairing& pairing, const PagePlan& plan, PixelSize upright) {
        const image::PixelRect& p = plan.printable;
        const double mmX = 25.4 / plan.dpiX.value, mmY = 25.4 / plan.dpiY.value;
        // The frames tile the printable area from edge to edge: no white at an edge or at the knife.
        long covered = 0;
        for (const render::Frame& f : plan.frames) {
            QVERIFY(f.box.x >= p.x && f.box.y >= p.y && f.box.x + f.box.width <= p.x + p.width &&
                    f.box.y + f.box.height <= p.y + p.height);
            covered += static_cast<long>(f.box.width) * f.box.height;
            const render::Crop& c = f.crop;
            QVERIFY(c.left >= 0 && c.top >= 0 && c.left + c.width <= 1 && c.top + c.height <= 1);
            // Photo pixels are square: across and along the crop has the same pixels per inch of its box.
            const PixelSize turned = image::oriented(upright, f.turn);
            const bool swap = image::swapsAxes(f.turn);
            const double across = (swap ? c.height : c.width) * turned.width / (f.box.width * mmX);
            const double along = (swap ? c.width : c.height) * turned.height / (f.box.height * mmY);
            QVERIFY(std::abs(across - along) * f.box.width * mmX < 0.5);
        }
        QCOMPARE(covered, static_cast<long>(p.width) * p.height);
        QCOMPARE(plan.frames.size(), static_cast<std::size_t>(pairing.product.columns * pairing.product.rows));
        for (const PiecePlan& piece : plan.pieces) {
            const double safe = pairing.product.safe.mm();
            QVERIFY(near((piece.safe.x - piece.trim.x) * mmX, safe, 0.01));
            QVERIFY(near((piece.trim.y + piece.trim.height - piece.safe.y - piece.safe.height) * mmY, safe, 0.01));
            QVERIFY(near(piece.trim.width * mmX, pairing.product.trim.width.mm(), kTrimTolerance));
        }
    }

    static void checkTurn(const PagePlan& plan, PixelSize upright, Orientation stored, const Pairing& pairing) {
        const bool square = pairing.product.trim.width == pairing.product.trim.height;
        const Orientation expected =
            upright.width > upright.height && !square ? Orientation::Rotate90 : Orientation::Upright;
        QCOMPARE(plan.turn, expected);
        for (const render::Frame& f : plan.frames) QCOMPARE(f.turn, expected);
        // Where the stored first pixel lands, from EXIF's own words (tag 0x0112: "the 0th row is at the visual … and
        // the 0th column at the visual …"): left/top as 0, right/bottom as 1.
        constexpr int kLeftTop[9][2] = {{0, 0}, {0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}, {1, 0}, {1, 1}, {0, 1}};
        const int x = kLeftTop[static_cast<int>(stored)][0], y = kLeftTop[static_cast<int>(stored)][1];
        // A clockwise quarter turn brings the left top corner to the right top.
        const std::pair<int, int> corner = expected == Orientation::Rotate90 ? std::pair{1 - y, x} : std::pair{x, y};
        QCOMPARE(firstCorner(stored, plan.turn), corner);
    }

    std::map<std::string, PrinterModel> m_models;
    std::vector<Pairing> m_pairings;
};

QTEST_GUILESS_MAIN(GeometryTest)
#include "geometry_test.moc"
