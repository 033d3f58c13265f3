// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Designs on the paper of every printer model: borders in millimetres after cutting, bleeds, turns, texts.
#include <QTest>

#include "core/catalog/product.h"
#include "core/design/design_page.h"
#include "core/layout/template.h"
#include "core/render/adjustments/adjustments.h"
#include "printers/models/load_models.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::design;
using layout::Layout;
using layout::PaintedBox;
using layout::PhotoFrame;
using layout::TextField;

namespace {

const Path share = Path(tests::programFolder).parent_path() / "share/contone";

const text::FontSet& fonts() {
    static const auto set = text::FontSet::open({.folder = share / "fonts"});
    if (!set) qFatal("%s", set.error().detail.c_str());
    return *set;
}

image::PhotoFacts photoOf(int width, int height) {
    image::PhotoFacts facts;
    facts.size = facts.storedSize = {width, height};
    return facts;
}

layout::Box box(double left, double top, double width, double height) {
    return {millimetres(left), millimetres(top), {millimetres(width), millimetres(height)}};
}

Paper fileOf(double width, double height, int dpi = 300) {
    return {*print::planBareFilePage({millimetres(width), millimetres(height)}, Dpi{dpi}), {}, image::Lane::Fast};
}

TextField textIn(const layout::Box& at, const std::string& words, double points) {
    TextField field{.box = at, .text = {}};
    field.text.text = words;
    field.text.size = points;
    field.text.leastSize = points;
    field.text.width = at.size.width;
    field.text.height = at.size.height;
    return field;
}

}  // namespace

class DesignPageTest : public QObject {
    Q_OBJECT
  private slots:
    /// 4 mm round a photo stay 4 mm on the paper of every medium of every model that a product is printed on, to within
    /// a tenth of a millimetre.
    void bordersAreExactOnEveryModel() {
        const auto models = printers::loadModels(share);
        const auto catalog = catalog::Catalog::load(share);
        QVERIFY(models && catalog);
        const image::PhotoFacts facts = photoOf(4000, 3000);
        int tried = 0;
        for (const auto& [modelId, model] : *models)
            for (const print::Medium& medium : model.media)
                for (const auto& [productId, product] : catalog->products()) {
                    const auto bare = print::planBarePage(product, medium);
                    if (!bare || bare->pieces.size() != 1) continue;
                    tried++;
                    const double w = product.trim.width.mm(), h = product.trim.height.mm();
                    const Layout page{product.trim,
                                      {PaintedBox{.box = box(0, 0, w, h), .paint = {{200, 0, 0}, {}, 0}},
                                       PhotoFrame{.box = box(4, 4, w - 8, h - 8)}}};
                    const auto made =
                        designPage(page, {{Sha256::of("a"), &facts, {}}}, {*bare, {}, image::Lane::Fast}, fonts());
                    QVERIFY2(made, (modelId + " " + medium.id + " " + productId).c_str());
                    const print::RealRect& trim = bare->pieces.front().trim;
                    const image::PixelRect& frame = made->recipe.frames.front().box;
                    const double mmX = 25.4 / bare->dpiX.value, mmY = 25.4 / bare->dpiY.value;
                    for (const double border :
                         {(frame.x - trim.x) * mmX, (trim.x + trim.width - frame.x - frame.width) * mmX,
                          (frame.y - trim.y) * mmY, (trim.y + trim.height - frame.y - frame.height) * mmY})
                        QVERIFY2(std::abs(border - 4) <= 0.1,
                                 qPrintable(QString("%1 %2 %3: %4 mm")
                                                .arg(modelId.c_str(), medium.id.c_str(), productId.c_str())
                                                .arg(border)));
                    QVERIFY(made->recipe.under.front().box == bare->printable);  // to the end of the paper
                }
        QVERIFY(tried >= 10);
    }

    void aLandscapeDesignIsTurnedOntoPortraitPaper() {
        const image::PhotoFacts facts = photoOf(3000, 2000);
        const Layout page{{millimetres(150), millimetres(100)},
                          {PaintedBox{.box = box(0, 0, 150, 100),
                                      .paint = {{0, 0, 0}, Srgb{255, 255, 255}, 0},
                                      .shadow = image::Shadow{{0, 0, 0}, 300, 1000, 500, 200}},
                           PhotoFrame{.box = box(10, 20, 60, 40)}, textIn(box(80, 20, 60, 20), "L", 48)}};
        const auto made =
            designPage(page, {{Sha256::of("a"), &facts, {}}}, fileOf(100, 150, 254), fonts());  // 10 dots a mm
        QVERIFY(made);
        QCOMPARE(made->plan.turn, image::Orientation::Rotate90);
        // Clockwise: left becomes top, top becomes right.
        QCOMPARE(made->recipe.frames.front().box, (image::PixelRect{1000 - 200 - 400, 100, 400, 600}));
        QCOMPARE(made->recipe.frames.front().turn, image::Orientation::Rotate90);
        QCOMPARE(made->recipe.under.front().paint.angle, 90);
        QCOMPARE(made->recipe.under.front().shadow->rightUm, -200);
        QCOMPARE(made->recipe.under.front().shadow->downUm, 500);
        QCOMPARE(made->recipe.over.front().box, (image::PixelRect{1000 - 200 - 200, 800, 200, 600}));
        // The foot of the L is long at its right end: on the raster, at the left and low.
        const auto stencil = made->stencil()(*made->recipe.over.front().stencil);
        QVERIFY(stencil);
        QCOMPARE((*stencil)->size, (image::PixelSize{200, 600}));
        int firstRow = -1, lastRow = 0, leftmost = 1000, rightmost = 0;
        for (int y = 0; y < 600; y++)
            for (int x = 0; x < 200; x++)
                if ((*stencil)->covered(x, y) > 128) {
                    if (firstRow < 0) firstRow = y;
                    lastRow = y;
                    leftmost = std::min(leftmost, x);
                    rightmost = std::max(rightmost, x);
                }
        int stem = 0, foot = 0;
        for (int x = 0; x < 200; x++) {
            stem += (*stencil)->covered(x, firstRow + 8) > 128;
            foot += (*stencil)->covered(x, lastRow - 8) > 128;
        }
        QVERIFY(stem > 4 * foot);  // the stem runs along the first rows; of the foot only its end is in the last
        QVERIFY((*stencil)->covered(leftmost + 3, lastRow - 8) > 128);
        QVERIFY(rightmost > leftmost);
    }

    void lettersStandWhereTheyAreSet() {
        // A capital H of Lato is 0.72 em high, near enough: 72 pt give 18.3 mm; centred in its box.
        TextField field = textIn(box(20, 30, 60, 40), "H", 72);
        field.text.across = text::Across::Centre;
        const Layout page{{millimetres(100), millimetres(150)}, {field}};
        for (const int dpi : {150, 300, 600}) {
            const auto made = designPage(page, {}, fileOf(100, 150, dpi), fonts());
            QVERIFY(made);
            const render::Area& area =
                made->recipe.over.empty() ? made->recipe.under.front() : made->recipe.over.front();
            const auto stencil = *made->stencil()(*area.stencil);
            int top = 1 << 20, bottom = 0, left = 1 << 20, right = 0;
            for (int y = 0; y < stencil->size.height; y++)
                for (int x = 0; x < stencil->size.width; x++)
                    if (stencil->covered(x, y) > 127) {
                        top = std::min(top, y);
                        bottom = std::max(bottom, y + 1);
                        left = std::min(left, x);
                        right = std::max(right, x + 1);
                    }
            const double mm = 25.4 / dpi;
            QVERIFY2(std::abs((bottom - top) * mm - 18.2) < 0.4, qPrintable(QString::number((bottom - top) * mm)));
            QVERIFY(std::abs((area.box.x + (left + right) / 2.0) * mm - 50) < 0.3);
        }
    }

    /// A triangle that points up, on portrait paper and turned onto it: it covers half its box, more below than above.
    void aMaskIsTheOutlineOfItsFrame() {
        constexpr int side = 200;
        std::vector<std::uint8_t> triangle;
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++) triangle.push_back(std::abs(2 * x + 1 - side) <= y ? 255 : 0);
        const image::PhotoFacts facts = photoOf(3000, 2000);
        for (const bool isTurned : {false, true}) {
            PhotoFrame frame{.box = box(10, 20, 60, 50)};
            frame.mask = 0;
            const PaperSize size{millimetres(isTurned ? 150 : 100), millimetres(isTurned ? 100 : 150)};
            const Layout page{size, {frame}, {image::maskOf({side, side}, triangle)}};
            const auto made = designPage(page, {{Sha256::of("a"), &facts, {}}}, fileOf(100, 150, 254), fonts());
            QVERIFY(made);
            const render::Frame& placed = made->recipe.frames.front();
            QVERIFY(placed.stencil);
            const auto stencil = *made->stencil()(*placed.stencil);
            QCOMPARE(stencil->size, (image::PixelSize{placed.box.width, placed.box.height}));
            QCOMPARE(stencil->size, isTurned ? (image::PixelSize{500, 600}) : (image::PixelSize{600, 500}));
            double covered = 0, atTheFoot = 0;
            for (int y = 0; y < stencil->size.height; y++)
                for (int x = 0; x < stencil->size.width; x++) {
                    const double share = stencil->covered(x, y) / 255.0;
                    covered += share;
                    // Turned clockwise, what was below is at the left.
                    if (isTurned ? x < 250 : y >= 250) atTheFoot += share;
                }
            QVERIFY2(std::abs(covered / 300'000 - 0.5) < 0.01, qPrintable(QString::number(covered / 300'000)));
            QVERIFY2(std::abs(atTheFoot / covered - 0.75) < 0.01, qPrintable(QString::number(atTheFoot / covered)));
        }
    }

    /// A strip's design lies on both strips of the sheet, with the same borders after the cut, and bleeds to the knife.
    void eachPieceOfASheetHasTheDesign() {
        const auto models = printers::loadModels(share);
        const auto catalog = catalog::Catalog::load(share);
        QVERIFY(models && catalog);
        const catalog::Product product = *catalog->product("strip-5x15");
        const image::PhotoFacts facts = photoOf(2000, 3000);
        const double w = product.trim.width.mm(), h = product.trim.height.mm();
        const Layout page{
            product.trim,
            {PaintedBox{.box = box(0, 0, w, h), .paint = {{200, 0, 0}, {}, 0}}, PhotoFrame{.box = box(4, 4, w - 8, 60)},
             textIn(box(4, 80, w - 8, 30), "MMMMMMMMMMMMMM", 30)}};
        int tried = 0;
        for (const auto& [modelId, model] : *models)
            for (const print::Medium& medium : model.media) {
                const auto bare = print::planBarePage(product, medium);
                if (!bare) continue;
                tried++;
                QCOMPARE(bare->pieces.size(), std::size_t(2));
                const auto made =
                    designPage(page, {{Sha256::of("a"), &facts, {}}}, {*bare, {}, image::Lane::Fast}, fonts());
                QVERIFY2(made, (modelId + " " + medium.id).c_str());
                QCOMPARE(made->recipe.frames.size(), std::size_t(2));
                QCOMPARE(made->recipe.under.size(), std::size_t(2));
                QCOMPARE(made->texts.size(), std::size_t(1));  // said once
                const double mmX = 25.4 / bare->dpiX.value, mmY = 25.4 / bare->dpiY.value;
                const bool isTurned = made->plan.turn != image::Orientation::Upright;
                for (std::size_t i = 0; i < 2; i++) {
                    const print::RealRect& trim = bare->pieces[i].trim;
                    const image::PixelRect& frame = made->recipe.frames[i].box;
                    // Left and right of the strip as a person holds it.
                    const double one = isTurned ? (frame.y - trim.y) * mmY : (frame.x - trim.x) * mmX;
                    const double other = isTurned ? (trim.y + trim.height - frame.y - frame.height) * mmY
                                                  : (trim.x + trim.width - frame.x - frame.width) * mmX;
                    QVERIFY2(std::abs(one - 4) <= 0.1 && std::abs(other - 4) <= 0.1,
                             qPrintable(QString("%1 %2 mm").arg(one).arg(other)));
                    QVERIFY(made->recipe.under[i].box == bare->pieces[i].reach);
                }
                // Between them no white, and neither over the other.
                const image::PixelRect &a = made->recipe.under[0].box, &b = made->recipe.under[1].box;
                QVERIFY(a.x + a.width == b.x || a.y + a.height == b.y);
            }
        QVERIFY(tried >= 3);
    }

    /// A print that a package lays on its side: its photo is turned with it, on portrait paper and turned onto it.
    void aFrameMayTurnItsPhoto() {
        const image::PhotoFacts facts = photoOf(2000, 3000);
        PhotoFrame frame{.box = box(10, 20, 90, 60), .turn = image::Orientation::Rotate90};
        frame.crop = image::Crop{0, 0, 1, 0.9};  // of the upright photo: its top nine tenths
        const Layout page{{millimetres(100), millimetres(150)}, {frame}};
        const auto upright = designPage(page, {{Sha256::of("a"), &facts, {}}}, fileOf(100, 150, 254), fonts());
        QVERIFY(upright);
        QCOMPARE(upright->recipe.frames.front().turn, image::Orientation::Rotate90);
        QCOMPARE(upright->recipe.frames.front().box, (image::PixelRect{100, 200, 900, 600}));
        const image::Crop& crop = upright->recipe.frames.front().crop;
        QVERIFY(crop.top < 1e-6 && std::abs(crop.height * 3000 / (crop.width * 2000) - 1.5) < 1e-6);
        const Layout wide{{millimetres(150), millimetres(100)}, {frame}};
        const auto turned = designPage(wide, {{Sha256::of("a"), &facts, {}}}, fileOf(100, 150, 254), fonts());
        QVERIFY(turned);
        QCOMPARE(turned->recipe.frames.front().turn, image::Orientation::Rotate180);
    }

    /// As without a mask: paper that drifts shows no white. And a mask has no more room than a text.
    void aMaskBleedsAndHasItsLimit() {
        const auto models = printers::loadModels(share);
        const auto catalog = catalog::Catalog::load(share);
        QVERIFY(models && catalog);
        const print::Medium* medium = nullptr;
        for (const print::Medium& one : models->at("dnp-ds620").media)
            if (one.id == "4x6") medium = &one;
        QVERIFY(medium);
        const auto bare = print::planBarePage(*catalog->product("10x15"), *medium);
        QVERIFY(bare);
        const image::PhotoFacts facts = photoOf(3000, 2000);
        PhotoFrame frame{.box = box(0, 0, 101.6, 152.4)};
        const image::Mask all = image::maskOf({2, 2}, std::vector<std::uint8_t>(4, 255));
        const auto frameOf = [&](std::optional<int> mask) {
            frame.mask = mask;
            const Layout page{{millimetres(101.6), millimetres(152.4)}, {frame}, {all}};
            return designPage(page, {{Sha256::of("a"), &facts, {}}}, {*bare, {}, image::Lane::Fast}, fonts());
        };
        const auto plain = frameOf({}), masked = frameOf(0);
        QVERIFY(plain && masked);
        QVERIFY(masked->recipe.frames.front().box == plain->recipe.frames.front().box);
        const auto stencil = *masked->stencil()(*masked->recipe.frames.front().stencil);
        QVERIFY(std::ranges::all_of(stencil->samples, [](std::uint8_t s) { return s == 255; }));

        frame.mask = 0;
        frame.box = box(-40, -40, 900, 900);
        QVERIFY(!layout::checked({{millimetres(100), millimetres(150)}, {frame}, {all}}));
        frame.box = box(0, 0, 100, 150);
        QVERIFY(layout::checked({{millimetres(100), millimetres(150)}, std::vector<layout::Item>(8, frame), {all}}));
        QVERIFY(!layout::checked({{millimetres(100), millimetres(150)}, std::vector<layout::Item>(9, frame), {all}}));
        frame.mask = 1;
        QVERIFY(!layout::checked({{millimetres(100), millimetres(150)}, {frame}, {all}}));
    }

    void aHairLineIsAPixelWide() {
        const Layout page{{millimetres(100), millimetres(150)}, {PaintedBox{.box = box(10, 20, 50, 0.05)}}};
        const auto made = designPage(page, {}, fileOf(100, 150, 72), fonts());
        QVERIFY(made);
        QCOMPARE(made->recipe.under.front().box.height, 1);
    }

    void textBeyondThePaperIsCutToIt() {
        const Layout page{{millimetres(100), millimetres(150)}, {textIn(box(60, 10, 80, 20), "MMMMMM", 40)}};
        const auto made = designPage(page, {}, fileOf(100, 150, 254), fonts());
        QVERIFY(made);
        QCOMPARE(made->recipe.under.front().box, (image::PixelRect{600, 100, 400, 200}));
    }

    void aPhotosOwnAdjustmentsComeOverTheDesigns() {
        const image::PhotoFacts facts = photoOf(3000, 2000);
        PhotoFrame frame{.box = box(0, 0, 100, 150)};
        frame.adjustments = *image::parseAdjustments("contrast=10 look=film");
        PagePhoto photo{Sha256::of("a"), &facts, {}};
        photo.choices.adjustments = *image::parseAdjustments("contrast=-5");
        const auto made =
            designPage({{millimetres(100), millimetres(150)}, {frame}}, {photo}, fileOf(100, 150), fonts());
        QVERIFY(made);
        QCOMPARE(image::toText(made->recipe.frames.front().adjustments), std::string("contrast=-5 look=film"));
    }

    void whatCannotBeIsSaid() {
        const image::PhotoFacts facts = photoOf(3000, 2000);
        const std::vector<PagePhoto> one{{Sha256::of("a"), &facts, {}}};
        const auto reason = [&](const Layout& page, const Paper& paper) {
            const auto made = designPage(page, one, paper, fonts());
            return made ? std::string("none") : made.error().reason;
        };
        const PaperSize size{millimetres(100), millimetres(150)};
        const Paper paper = fileOf(100, 150);
        QCOMPARE(reason({size, {PhotoFrame{.box = box(0, 0, 50, 50), .photo = 1}}}, paper),
                 std::string("layout-photos"));
        QCOMPARE(reason({size, {PhotoFrame{.box = box(120, 0, 50, 50)}}}, paper), std::string("layout-empty"));
        QCOMPARE(reason({{millimetres(100), millimetres(100)}, {}}, paper), std::string("layout-shape"));
        TextField nameless = textIn(box(10, 10, 50, 50), "x", 12);
        nameless.text.family = "Comic Sans";
        QCOMPARE(reason({size, {nameless}}, paper), std::string("text-font"));
    }

    /// Every template that ships is laid on paper of its size, without a word about its own texts.
    void allThatShipFit() {
        auto all = layout::readTemplates(share / "templates");
        const auto almanac = layout::loadAlmanac(share);
        QVERIFY(all && almanac);
        const image::PhotoFacts facts = photoOf(3000, 2000);
        for (auto& [id, one] : all->byId) {
            one.masks.assign(one.maskFiles.size(), image::maskOf({1, 1}, std::vector<std::uint8_t>{255}));
            const std::vector<layout::TemplatePhoto> names(static_cast<std::size_t>(std::min(one.photos(), 9)),
                                                           {"IMG_0001", {3000, 2000}, {}});
            const std::vector<PagePhoto> photos(names.size(), {Sha256::of("a"), &facts, {}});
            const auto page = layout::layOut(one, names, {}, *almanac);
            QVERIFY2(page, id.c_str());
            const auto made = designPage(*page, photos, fileOf(one.size.width.mm(), one.size.height.mm()), fonts());
            QVERIFY2(made, id.c_str());
            for (const TextReport& text : made->texts) QVERIFY2(false, (id + ": " + text.text).c_str());
            for (const render::Frame& frame : made->recipe.frames)
                QVERIFY2(render::check(frame.adjustments), id.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(DesignPageTest)
#include "design_page_test.moc"
