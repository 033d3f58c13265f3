// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Packages: every print is there once, in its size, on the paper, over no other; turned where that saves a sheet.
#include <QTemporaryDir>
#include <QTest>

#include "core/layout/package.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::layout;

namespace {

PaperSize paper(double width, double height) {
    return {millimetres(width), millimetres(height)};
}

std::map<std::string, Package> shipped() {
    auto all = readPackages(Path(tests::sourceFolder) / "resources/packages");
    if (!all) qFatal("%s", all.error().detail.c_str());
    return std::move(all->byId);
}

std::vector<PhotoFrame> framesOf(const Layout& page) {
    std::vector<PhotoFrame> all;
    for (const Item& item : page.items)
        if (const auto* frame = std::get_if<PhotoFrame>(&item)) all.push_back(*frame);
    return all;
}

bool overlap(const Box& a, const Box& b) {
    return a.left < b.right() && b.left < a.right() && a.top < b.bottom() && b.top < a.bottom();
}

const TemplatePhoto portrait{"a", {2000, 3000}, {}}, landscape{"b", {3000, 2000}, {}};

/// What is wrong with a page; empty: nothing.
std::string faultOf(const PackagePages::Page& page) {
    const auto frames = framesOf(page.layout);
    if (page.layout.photos() != static_cast<int>(page.photos.size())) return "photos that it does not show";
    for (std::size_t i = 0; i < frames.size(); i++) {
        const Box& box = frames[i].box;
        if (box.left < Length() || box.top < Length() || box.right() > page.layout.size.width ||
            box.bottom() > page.layout.size.height)
            return "a print off the paper";
        for (std::size_t j = 0; j < i; j++)
            if (overlap(box, frames[j].box)) return "prints over each other";
    }
    return checked(page.layout) ? "" : "a layout that is none";
}

}  // namespace

class PackageTest : public QObject {
    Q_OBJECT
  private slots:
    void everyPrintIsThereOnceInItsSize() {
        for (const auto& [id, package] : shipped())
            for (const auto& photos :
                 {std::vector{portrait}, std::vector{landscape}, std::vector{portrait, landscape}}) {
                const auto made = layOut(package, photos, paper(203.2, 254));
                QVERIFY2(made, id.c_str());
                std::map<std::pair<std::int64_t, std::int64_t>, int> counted;
                for (const PackagePages::Page& page : made->pages) {
                    QCOMPARE(faultOf(page), std::string());
                    QVERIFY(page.layout.size == paper(203.2, 254) || page.layout.size == paper(254, 203.2));
                    for (const PhotoFrame& frame : framesOf(page.layout)) {
                        // As its photo sees it: a portrait's print is higher than wide, however it lies.
                        const auto& photo =
                            photos[static_cast<std::size_t>(page.photos[static_cast<std::size_t>(frame.photo)])];
                        const bool isTurned = frame.turn != image::Orientation::Upright;
                        const PaperSize seen = isTurned ? frame.box.size.rotated() : frame.box.size;
                        QCOMPARE(seen.isLandscape(), photo.size.width > photo.size.height);
                        const PaperSize upright = seen.isLandscape() ? seen.rotated() : seen;
                        counted[{upright.width.um(), upright.height.um()}]++;
                    }
                }
                for (const Package::Prints& row : package.prints)
                    QCOMPARE((counted[{row.size.width.um(), row.size.height.um()}]),
                             row.count * static_cast<int>(photos.size()));
            }
    }

    void printsAreTurnedWhereThatSavesASheet() {
        // Two 13 × 18 lie side by side on 20 × 25 only on their sides.
        const Package two{"two", "Two", {{paper(127, 177.8), 2}}};
        for (const TemplatePhoto& photo : {portrait, landscape}) {
            const auto made = layOut(two, {photo}, paper(203.2, 254));
            QVERIFY(made);
            QCOMPARE(made->pages.size(), std::size_t(1));
            QVERIFY(std::abs(made->use - 2 * 127 * 177.8 / (203.2 * 254)) < 0.01);
        }
        QCOMPARE(layOut(shipped().at("classic"), {portrait}, paper(203.2, 254))->pages.size(), std::size_t(3));
    }

    void cutsHaveRoomWhereItCostsNothing() {
        const Package four{"four", "Four", {{paper(80, 100), 4}}};
        const auto made = layOut(four, {portrait}, paper(203.2, 254));
        QVERIFY(made);
        const auto frames = framesOf(made->pages.front().layout);
        for (std::size_t i = 0; i < frames.size(); i++)
            for (std::size_t j = 0; j < i; j++) {
                Box wider = frames[i].box;
                wider.left = wider.left - millimetres(1.9);
                wider.top = wider.top - millimetres(1.9);
                wider.size = {wider.size.width + millimetres(3.8), wider.size.height + millimetres(3.8)};
                QVERIFY(!overlap(wider, frames[j].box));
            }
    }

    void facesStayInEachPrint() {
        TemplatePhoto photo = landscape;
        photo.size = {4000, 2000};
        photo.faces = {{0.85, 0.2, 0.08, 0.2}};
        const Package mixed{"m", "Mixed", {{paper(60, 90), 3}, {paper(127, 177.8), 1}}};
        const auto made = layOut(mixed, {photo}, paper(203.2, 254));
        QVERIFY(made);
        for (const PackagePages::Page& page : made->pages)
            for (const PhotoFrame& frame : framesOf(page.layout)) {
                QVERIFY(frame.crop);
                QVERIFY(frame.crop->left <= 0.85 && frame.crop->left + frame.crop->width >= 0.93);
            }
    }

    void whatCannotBeIsRefused() {
        QCOMPARE(layOut(shipped().at("classic"), {portrait}, paper(127, 177.8)).error().reason,
                 std::string("package-paper"));
        QCOMPARE(layOut(shipped().at("classic"), {}, paper(203.2, 254)).error().reason, std::string("template-photos"));
        QCOMPARE(layOut(shipped().at("family"), std::vector<TemplatePhoto>(1000, portrait), paper(203.2, 254))
                     .error()
                     .reason,
                 std::string("template-photos"));
        const QTemporaryDir folder;
        const auto refused = [&](const std::string& rows) {
            const Path file = Path(folder.path().toStdString()) / "mine.toml";
            if (!writeFileDurably(file, "id = \"mine\"\nname = \"Mine\"\n" + rows)) qFatal("no file");
            const auto all = readPackages(folder.path().toStdString());
            return all->refused.empty() ? std::string() : all->refused.front().reason;
        };
        const std::string good = "[[print]]\nsize_mm = [60, 90]\ncount = 8\n";
        QCOMPARE(refused(good), std::string());
        QCOMPARE(refused(""), std::string("package-file"));
        QCOMPARE(refused("[[print]]\nsize_mm = [60, 90]\ncount = 0\n"), std::string("package-file"));
        QCOMPARE(refused("[[print]]\nsize_mm = [-60, 90]\ncount = 2\n"), std::string("package-file"));
        std::string many;
        for (int i = 0; i < 6; i++) many += "[[print]]\nsize_mm = [60, 90]\ncount = 100\n";
        QCOMPARE(refused(many), std::string("package-file"));
    }
};

QTEST_GUILESS_MAIN(PackageTest)
#include "package_test.moc"
