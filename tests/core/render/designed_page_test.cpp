// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Outlines, shadows, gradients, text and masks of a page: in millimetres of paper, and by what lies where.
#include <QTest>
#include <map>
#include <numbers>

#include "core/render/coverage.h"
#include "core/render/frames_in_turn.h"
#include "tests/core/render/every_processor.h"
#include "tests/core/render/memory_source.h"

using namespace contone;
using namespace contone::render;
using image::Channels;
using image::Depth;
using image::Orientation;
using image::Stencil;
using render::testing::colourful;
using render::testing::isSameEverywhere;
using render::testing::OnePhoto;
using render::testing::rendered;

namespace {

/// A page of 16 bits without photos, at 300 dpi, in sRGB; stencils by their hash.
struct Design : OnePhoto {
    explicit Design(image::PixelSize raster, const icc::Profile& output = icc::Profile::srgb())
        : OnePhoto(colourful(120, 90), Orientation::Upright, raster, output) {
        recipe.frames.clear();
        recipe.device = {static_cast<Channels>(output.channels()), Depth::U16};
        recipe.dither = false;
        ingredients.stencil = [kept = m_stencils](const Sha256& hash) -> Result<std::shared_ptr<const Stencil>> {
            const auto found = kept->find(hash.toString());
            if (found == kept->end()) return fail(Code::NotFound, "stencil-missing", "Gone.", hash.toString());
            return found->second;
        };
    }
    Sha256 keep(Stencil stencil) {
        const Sha256 hash = image::hashOf(stencil);
        (*m_stencils)[hash.toString()] = std::make_shared<const Stencil>(std::move(stencil));
        return hash;
    }

  private:
    std::shared_ptr<std::map<std::string, std::shared_ptr<const Stencil>>> m_stencils =
        std::make_shared<std::map<std::string, std::shared_ptr<const Stencil>>>();
};

int sampleAt(const image::Picture& page, int x, int y, int c = 0) {
    return page.strip().row<std::uint16_t>(y)[x * image::count(page.format.channels) + c];
}

double square(double v) {
    return v * v;
}

/// Square millimetres that a coverage has at a resolution.
double areaMm2(const Coverage& coverage, Dpi dpiX, Dpi dpiY) {
    double sum = 0;
    const image::PixelRect& box = coverage.box();
    for (int y = box.y; y < box.y + box.height; y++)
        for (int x = box.x; x < box.x + box.width; x++) sum += coverage.at(x, y);
    return sum * square(25.4) / (dpiX.value * dpiY.value);
}

Stencil letterL(image::PixelSize size, Stencil::Kind kind = Stencil::Kind::Coverage) {
    Stencil stencil{size, kind, {}};
    for (int y = 0; y < size.height; y++)
        for (int x = 0; x < size.width; x++) {
            if (kind == Stencil::Kind::Coloured) stencil.samples.insert(stencil.samples.end(), {250, 200, 10});
            stencil.samples.push_back(x < size.width / 3 || y >= size.height * 2 / 3 ? 255 : 0);
        }
    return stencil;
}

}  // namespace

class DesignedPageTest : public QObject {
    Q_OBJECT
  private slots:
    void outlinesHaveTheirSizeOnPaper() {
        // 40 × 30 mm at equal and at unequal resolutions.
        for (const auto& [across, down] : {std::pair{300, 300}, {600, 300}, {300, 600}}) {
            const image::PixelRect box{7, 3, static_cast<int>(std::lround(40 * across / 25.4)),
                                       static_cast<int>(std::lround(30 * down / 25.4))};
            const double width = box.width * 25.4 / across, height = box.height * 25.4 / down;
            const Coverage ellipse(
                {.box = box, .dpiX = Dpi{across}, .dpiY = Dpi{down}, .shape = {Shape::Kind::Ellipse, 0}});
            const double round = std::numbers::pi * width * height / 4;
            QVERIFY(std::fabs(areaMm2(ellipse, Dpi{across}, Dpi{down}) - round) < round * 0.001);
            const Coverage rounded(
                {.box = box, .dpiX = Dpi{across}, .dpiY = Dpi{down}, .shape = {Shape::Kind::Rounded, 5000}});
            const double corners = width * height - (4 - std::numbers::pi) * square(5);
            QVERIFY(std::fabs(areaMm2(rounded, Dpi{across}, Dpi{down}) - corners) < corners * 0.001);
            // A corner's arc passes 5 mm × (1 - 1/√2) from both sides.
            const double in = 5 * (1 - 1 / std::numbers::sqrt2);
            const auto pixel = [&](double mm) {
                return rounded.at(box.x + static_cast<int>(mm * across / 25.4),
                                  box.y + static_cast<int>(mm * down / 25.4));
            };
            QCOMPARE(pixel(in - 0.15), 0.0F);
            QCOMPARE(pixel(in + 0.15), 1.0F);
        }
    }

    void aRadiusLargerThanTheBoxMakesAPill() {
        const Coverage pill({.box = {0, 0, 600, 200}, .shape = {Shape::Kind::Rounded, Shape::maxRadiusUm}});
        QCOMPARE(pill.at(0, 0), 0.0F);
        QVERIFY(pill.at(0, 99) > 0.99F);  // half a pixel beside the topmost point of its arc
        QCOMPARE(pill.at(300, 0), 1.0F);
    }

    void aShadowKeepsItsLightAndFallsWhereItIsMoved() {
        const Coverage frame({.box = {200, 200, 300, 240}, .shape = {Shape::Kind::Rounded, 2000}});
        const Shadow shadow{{0, 0, 0}, 500, 3000, 2540, -1270};
        const ShadowCoverage dark(frame, shadow, {800, 700});
        double sum = 0, middleX = 0, middleY = 0, own = 0;
        for (int y = dark.box().y; y < dark.box().y + dark.box().height; y++)
            for (int x = dark.box().x; x < dark.box().x + dark.box().width; x++) {
                sum += dark.at(x, y);
                middleX += dark.at(x, y) * (x + 0.5);
                middleY += dark.at(x, y) * (y + 0.5);
            }
        for (int y = 200; y < 440; y++)
            for (int x = 200; x < 500; x++) own += frame.at(x, y);
        QVERIFY(std::fabs(sum - own * 0.5) < own * 0.002);     // half as dark as the frame is large
        QVERIFY(std::fabs(middleX / sum - (350 + 30)) < 0.3);  // 2.54 mm to the right
        QVERIFY(std::fabs(middleY / sum - (320 - 15)) < 0.3);  // 1.27 mm up
        // Half a shadow at the moved edge; a sigma (1 mm) outside it 16 %, as of any Gaussian edge.
        QVERIFY(std::fabs(dark.at(530, 305) - 0.25F) < 0.01F);
        QVERIFY(std::fabs(dark.at(530 + 12, 305) - 0.5F * 0.159F) < 0.01F);
    }

    void aShadowWithoutBlurIsTheOutline() {
        const Coverage frame({.box = {10, 10, 30, 20}});
        const ShadowCoverage dark(frame, {{0, 0, 0}, 1000, 0, 0, 0}, {60, 60});
        for (int y = 8; y < 33; y++)
            for (int x = 8; x < 43; x++) {
                const bool isIn = x >= 10 && x < 40 && y >= 10 && y < 30;
                QVERIFY(std::fabs(dark.at(x, y) - (isIn ? 1.0F : 0.0F)) < 1e-6F);
            }
    }

    void whatAnOutlineLeavesBareHasNoInk() {
        for (const auto& profile : {icc::Profile::syntheticPhotoRgb(), icc::Profile::syntheticPhotoCmyk()}) {
            Design page({200, 160}, profile);
            page.recipe.frames.push_back({.photo = 0, .box = {20, 20, 160, 120}, .shape = {Shape::Kind::Ellipse, 0}});
            const image::Picture picture = rendered(page);
            const int paper = profile.channels() == 4 ? 0 : 65535;
            const Coverage ellipse({.box = {20, 20, 160, 120}, .shape = {Shape::Kind::Ellipse, 0}});
            int bare = 0;
            for (int y = 0; y < 160; y++)
                for (int x = 0; x < 200; x++) {
                    const bool isInBox = x >= 20 && x < 180 && y >= 20 && y < 140;
                    if (isInBox && ellipse.at(x, y) > 0) continue;
                    bare++;
                    for (int c = 0; c < profile.channels(); c++) QCOMPARE(sampleAt(picture, x, y, c), paper);
                }
            QVERIFY(bare > 200 * 160 - 160 * 120);  // in the corners of the box, too
        }
    }

    void textLiesOverThePhotoAndIsExactlyAsSet() {
        Design page({160, 120});
        page.recipe.frames.push_back({.photo = 0, .box = {0, 0, 160, 120}});
        const image::Picture plain = rendered(page);
        Area text{.box = {30, 20, 60, 60}, .paint = {{255, 255, 255}, {}, 0}};
        text.stencil = page.keep(letterL({60, 60}));
        page.recipe.over.push_back(text);
        const image::Picture titled = rendered(page);
        for (int y = 0; y < 120; y++)
            for (int x = 0; x < 160; x++)
                for (int c = 0; c < 3; c++) {
                    const bool isLetter = x >= 30 && x < 90 && y >= 20 && y < 80 && (x - 30 < 20 || y - 20 >= 40);
                    if (isLetter)
                        QVERIFY(sampleAt(titled, x, y, c) >= 65530);
                    else  // the canvas costs at most some steps of 16 bits
                        QVERIFY(std::abs(sampleAt(titled, x, y, c) - sampleAt(plain, x, y, c)) <= 64);
                }
    }

    void aDrawingBringsItsOwnColours() {
        Design page({80, 80});
        Area emoji{.box = {10, 10, 60, 60}, .paint = {{0, 0, 255}, {}, 0}};
        emoji.stencil = page.keep(letterL({60, 60}, Stencil::Kind::Coloured));
        page.recipe.over.push_back(emoji);
        const image::Picture picture = rendered(page);
        const std::array<int, 3> wanted{250, 200, 10};
        for (int c = 0; c < 3; c++)
            QVERIFY(std::abs(sampleAt(picture, 15, 15, c) - wanted[static_cast<std::size_t>(c)] * 257) <= 40);
        QCOMPARE(sampleAt(picture, 60, 15), 65535);
    }

    void aMaskCutsAFrame() {
        Design page({100, 100});
        Frame frame{.photo = 0, .box = {20, 20, 60, 60}, .turn = Orientation::Rotate90};
        frame.stencil = page.keep(letterL({60, 60}));
        page.recipe.frames.push_back(frame);
        const image::Picture picture = rendered(page);
        QCOMPARE(sampleAt(picture, 70, 30), 65535);  // the mask lies as the page does, whatever the photo's turn
        bool isInked = false;
        for (int c = 0; c < 3; c++) isInked = isInked || sampleAt(picture, 25, 30, c) < 60000;
        QVERIFY(isInked);
    }

    void aGradientBeginsAndEndsInItsColours() {
        for (const int angle : {0, 45, 90, 180, 270}) {
            Design page({121, 61});
            page.recipe.under.push_back({.box = {0, 0, 121, 61}, .paint = {{10, 60, 200}, Srgb{250, 240, 90}, angle}});
            const image::Picture picture = rendered(page);
            const auto isNear = [&](int x, int y, Srgb colour) {
                return std::abs(sampleAt(picture, x, y, 0) - colour.red * 257) < 3 * 257 &&
                       std::abs(sampleAt(picture, x, y, 1) - colour.green * 257) < 3 * 257 &&
                       std::abs(sampleAt(picture, x, y, 2) - colour.blue * 257) < 3 * 257;
            };
            const Srgb from{10, 60, 200}, to{250, 240, 90}, middle{130, 150, 145};
            QVERIFY(isNear(60, 30, middle));
            const bool isBack = angle == 180 || angle == 270;
            QVERIFY2(isNear(isBack ? 120 : 0, isBack ? 60 : 0, from), qPrintable(QString::number(angle)));
            QVERIFY2(isNear(isBack ? 0 : 120, isBack ? 0 : 60, to), qPrintable(QString::number(angle)));
        }
    }

    void aPageWithEverythingIsTheSameEverywhere() {
        Design page({211, 149}, icc::Profile::syntheticPhotoRgb());
        page.recipe.device.depth = Depth::U8;
        page.recipe.dither = true;
        page.recipe.under.push_back({.box = {0, 0, 211, 149}, .paint = {{250, 245, 235}, Srgb{200, 220, 235}, 30}});
        Frame frame{.photo = 0, .box = {20, 15, 120, 90}, .softEdgeUm = 300, .shape = {Shape::Kind::Rounded, 1500}};
        frame.shadow = Shadow{{20, 20, 60}, 400, 1500, 300, 500};
        page.recipe.frames.push_back(frame);
        Area text{.box = {50, 90, 60, 40}, .paint = {{120, 20, 40}, {}, 0}, .opacityPermille = 900};
        text.stencil = page.keep(letterL({60, 40}));
        text.shadow = Shadow{{0, 0, 0}, 300, 400, 100, 100};
        page.recipe.over.push_back(text);
        QVERIFY(isSameEverywhere(page));
        const auto read = parseRecipe(canonical(page.recipe));
        QVERIFY(read);
        QVERIFY(*read == page.recipe);
    }

    /// An open photo is a process: a sheet of hundreds of small pictures has few open at a time.
    void fewPhotosAreOpenAtATime() {
        class Counted final : public image::PhotoSource {
          public:
            Counted(int& open, int& most) : m_open(open) { most = std::max(most, ++m_open); }
            ~Counted() override { m_open--; }
            const image::PhotoFacts& facts() const override { return m_photo.facts(); }
            Result<int> read(image::MutableStrip strip) override { return m_photo.read(strip); }
            image::PhotoWarnings warnings() const override { return m_photo.warnings(); }

          private:
            int& m_open;
            render::testing::MemorySource m_photo{colourful(120, 90), Orientation::Upright};
        };
        for (const bool isComposed : {false, true}) {
            Design page({400, 400});
            for (int i = 0; i < 400; i++)
                page.recipe.frames.push_back({.photo = 0, .box = {i % 20 * 20, i / 20 * 20, 19, 19}});
            if (isComposed) page.recipe.under.push_back({.box = {0, 0, 400, 400}, .paint = {{9, 9, 9}, {}, 0}});
            const image::Picture plain = rendered(page);
            int open = 0, most = 0;
            page.ingredients.openPhoto =
                [&](int, const image::PhotoRequest&) -> Result<std::unique_ptr<image::PhotoSource>> {
                return std::make_unique<Counted>(open, most);
            };
            QVERIFY(rendered(page) == plain);
            QCOMPARE(open, 0);
            QVERIFY2(most <= static_cast<int>(FramesInTurn::mostOpen) + 1, qPrintable(QString::number(most)));
        }
    }

    void whatIsMissingOrOutOfRangeIsSaid() {
        const auto reason = [](const Design& page) {
            image::PictureSink sink;
            const auto made = renderPage(page.recipe, page.ingredients, sink, {});
            return made ? std::string("none") : made.error().reason;
        };
        Design page({100, 100});
        page.recipe.over.push_back({.box = {10, 10, 20, 20}});
        QCOMPARE(reason(page), std::string("none"));
        Design gone = page;
        gone.recipe.over[0].stencil = Sha256::of("never kept");
        QCOMPARE(reason(gone), std::string("stencil-missing"));
        gone.ingredients.stencil = {};
        QCOMPARE(reason(gone), std::string("stencil-missing"));
        Design other = page;
        other.recipe.over[0].stencil = other.keep(letterL({21, 20}));
        QCOMPARE(reason(other), std::string("stencil-changed"));
        const std::vector<std::function<void(Area&)>> wrongs{
            [](Area& a) { a.box.x = 90; },
            [](Area& a) { a.box.width = 0; },
            [](Area& a) { a.opacityPermille = 1001; },
            [](Area& a) { a.paint.angle = 360; },
            [](Area& a) { a.shape = {Shape::Kind::Rounded, -1}; },
            [](Area& a) { a.shape = {Shape::Kind::Ellipse, 5}; },
            [](Area& a) { a.shadow = Shadow{{}, 300, Shadow::maxUm + 1, 0, 0}; },
        };
        for (const auto& spoil : wrongs) {
            Design wrong = page;
            spoil(wrong.recipe.over[0]);
            QCOMPARE(reason(wrong), std::string("recipe-damaged"));
        }
    }

    void aStencilIsKeptAsItIs() {
        for (const auto kind : {Stencil::Kind::Coverage, Stencil::Kind::Coloured}) {
            const Stencil stencil = letterL({31, 17}, kind);
            const std::string bytes = image::toBytes(stencil);
            const auto read = image::parseStencil(bytes);
            QVERIFY(read);
            QVERIFY(*read == stencil);
            for (std::size_t cut = 0; cut < 60; cut++) QVERIFY(!image::parseStencil(bytes.substr(0, cut)));
            QVERIFY(!image::parseStencil(bytes + "x"));
        }
        for (const char* lie : {"contone-stencil coverage 0 1\n", "contone-stencil coverage -1 -1\nx",
                                "contone-stencil coverage 65001 1\n", "contone-stencil colour 1 1\nx",
                                "contone-stencil coverage 1 1 1\nx", "contone-stencil coverage 99999999999 1\nx"})
            QVERIFY2(!image::parseStencil(lie), lie);
    }
};

QTEST_GUILESS_MAIN(DesignedPageTest)
#include "designed_page_test.moc"
