// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Designed pages in a shop: ordered, checked, printed, printed again by another printer, and erased.
#include <cmath>

#include "core/layout/template.h"
#include "tests/core/shop/bytes_in.h"
#include "tests/core/shop/paper_shop.h"

using namespace contone;
using namespace contone::shop;
using namespace contone::shoptest;

namespace {

constexpr const char* spoken = "Zoë & Änne, für immer";

layout::Box box(double left, double top, double width, double height) {
    return {millimetres(left), millimetres(top), {millimetres(width), millimetres(height)}};
}

layout::TextField textIn(const layout::Box& at, const std::string& text) {
    layout::TextField field{.box = at, .text = {}};
    field.text.text = text;
    field.text.size = 18;
    field.text.width = at.size.width;
    field.text.height = at.size.height;
    return field;
}

/// A card of two photos, landscape: one oval with a shadow, one black and white, over a gradient, with a text.
layout::Layout card(const std::string& text = spoken) {
    image::Adjustments grey;
    grey.look = "black-white";
    grey.lookPercent = 100;
    return {{millimetres(150), millimetres(100)},
            {layout::PaintedBox{.box = box(0, 0, 150, 100), .paint = {{250, 240, 220}, Srgb{200, 220, 240}, 90}},
             layout::PhotoFrame{.box = box(8, 8, 60, 60),
                                .photo = 0,
                                .shape = {image::Shape::Kind::Ellipse, 0},
                                .shadow = image::Shadow{}},
             layout::PhotoFrame{.box = box(80, 8, 62, 60), .photo = 1, .adjustments = grey},
             textIn(box(10, 74, 130, 20), text)}};
}

}  // namespace

class DesignsTest : public QObject, OneShop {
    Q_OBJECT
  private slots:
    void init() {
        open();
        m_photos = {*addOriginal(shop(), photo("Olympus_PEN_E-P3.jpg")),
                    *addOriginal(shop(), photo("Landscape_6.jpg"))};
    }
    void cleanup() { close(); }

    void itIsKeptPrintedAndPrintedAgain() {
        const auto order = shop().ask(PlaceOrder{{designLine(card())}});
        QVERIFY_OK(order);
        const order::OrderLine& line = order->lines.front();
        QVERIFY(line.original.isNone() && line.design);
        QCOMPARE(line.design->photos.size(), std::size_t(2));
        QVERIFY(shop().ask(ShowOrder{order->id})->lines == order->lines);
        QVERIFY(line.price.minor > 0);
        paper().startPrinting();
        QVERIFY_OK(shop().ask(print(*order)));
        QVERIFY(paper().reach(*order, SheetState::Out, 1));
        const print::Sheet first = paper().sheets(*order).front();
        // Another process, the cache of pages gone: everything that the page names is kept.
        paper().stopPrinting();
        std::filesystem::remove_all(paper().pagesFolder());
        std::filesystem::remove_all(paper().spoolFolder());
        paper().restart();
        paper().startPrinting();
        const auto compared = shop().ask(CompareSheet{first.id});
        QVERIFY_OK(compared);
        QVERIFY_OK(shop().ask(ReprintSheet{first.id, print::ReprintReason::Colour, print::CostOwner::Shop}));
        QVERIFY(paper().reach(*order, SheetState::Out, 2));
        const auto sheets = paper().sheets(*order);
        QVERIFY(sheets[0].recipe == sheets[1].recipe && sheets[0].raster == sheets[1].raster);
        QCOMPARE(paper().paper(), 2);
    }

    /// What was chosen for a design's photos decides its page, as it does for single photos.
    void choicesOfItsPhotosCount() {
        NewLine line = designLine(card());
        const auto plain = plannedRecipe(line);
        line.design->photos[0].choices.adjustments.set("exposure", 0.5);
        const auto brighter = plannedRecipe(line);
        line.design->photos[0].choices.turn.by = image::Orientation::Rotate90;
        const auto turned = plannedRecipe(line);
        line.design->photos[1].choices.asSent = true;  // not black and white then, whatever the design says
        const auto asSent = plannedRecipe(line);
        QVERIFY(plain && brighter && turned && asSent);
        QVERIFY(*plain != *brighter && *brighter != *turned && *turned != *asSent);
        QCOMPARE(plain->frames[1].adjustments.look, std::string("black-white"));
        QCOMPARE(asSent->frames[1].adjustments.look, std::string());
    }

    void whatCannotBePrintedIsNotOrdered() {
        const auto refused = [&](const NewLine& line) { return shop().ask(PlaceOrder{{line}}); };
        NewLine both = designLine(card());
        both.original = m_photos[0];
        QVERIFY_FAILS(refused(both), "line-ambiguous");
        NewLine fewer = designLine(card());
        fewer.design->photos.pop_back();
        QVERIFY_FAILS(refused(fewer), "layout-photos");
        NewLine unknown = designLine(card());
        unknown.design->photos[1].original = Sha256::of("none");
        QVERIFY_FAILS(refused(unknown), "original-missing");
        NewLine square = designLine(card());
        square.design->layout.size = {millimetres(150), millimetres(150)};
        QVERIFY_FAILS(refused(square), "layout-shape");
        NewLine strips = designLine(card());
        strips.product = "strip-5x15";  // of another shape than the card
        QVERIFY_FAILS(refused(strips), "layout-shape");
        const auto changed = [&](auto change) {
            NewLine line = designLine(card());
            change(line.design->layout);
            return refused(line);
        };
        using layout::Layout, layout::PhotoFrame, layout::TextField;
        QVERIFY_FAILS(changed([](Layout& l) { l.items.clear(); }), "bad-layout");
        QVERIFY_FAILS(changed([](Layout& l) { l.items.resize(5001, l.items[0]); }), "bad-layout");
        QVERIFY_FAILS(changed([](Layout& l) { std::get<PhotoFrame>(l.items[1]).box = box(200, 0, 10, 10); }),
                      "bad-layout");
        QVERIFY_FAILS(changed([](Layout& l) { std::get<PhotoFrame>(l.items[1]).box = box(0, 0, 0, 10); }),
                      "bad-layout");
        QVERIFY_FAILS(changed([](Layout& l) { std::get<PhotoFrame>(l.items[1]).photo = -1; }), "bad-layout");
        QVERIFY_FAILS(changed([](Layout& l) { std::get<PhotoFrame>(l.items[1]).opacityPermille = 1001; }),
                      "bad-layout");
        QVERIFY_FAILS(changed([](Layout& l) { std::get<PhotoFrame>(l.items[1]).crop = image::Crop{0.5, 0, 0.6, 1}; }),
                      "bad-layout");
        QVERIFY_FAILS(changed([](Layout& l) { std::get<PhotoFrame>(l.items[1]).shadow->blurUm = 1 << 30; }),
                      "bad-layout");
        QVERIFY_FAILS(changed([](Layout& l) { std::get<PhotoFrame>(l.items[2]).adjustments.look = "none"; }),
                      "bad-adjustment");
        QVERIFY_FAILS(changed([](Layout& l) { std::get<TextField>(l.items[3]).text.family = "Comic Sans"; }),
                      "text-font");
        QVERIFY_FAILS(changed([](Layout& l) { std::get<TextField>(l.items[3]).text.size = NAN; }), "text-size");
        QVERIFY(shop().ask(ListOrders{})->items.empty());
    }

    /// Text that a person would miss on the paper wants a word before it costs some.
    void aTextThatIsCutHasToBeAccepted() {
        std::string novel;
        for (int i = 0; i < 400; i++) novel += "and then we went on, ";
        const auto order = shop().ask(PlaceOrder{{designLine(card(novel))}});
        QVERIFY_OK(order);
        QVERIFY_FAILS(shop().ask(PrintOrder{order->id, "front"}), "findings-unaccepted");
        const auto check = shop().ask(CheckOrder{order->id, "front"});
        QVERIFY_OK(check);
        const auto& found = check->lines.front().findings;
        const auto cut = std::ranges::find(found, findings::FindingCode::TextCut, &findings::Finding::code);
        QVERIFY(cut != found.end() && cut->severity == findings::Severity::Bad);
        QVERIFY(cut->number("letters") > 1000 && cut->number("item") == 4);
        QVERIFY_OK(shop().ask(print(*order)));
    }

    /// Its letters are made again for the other printer's dots.
    void itMovesToAnotherPrinter() {
        paper().addPrinter("back");
        const auto order = shop().ask(PlaceOrder{{designLine(card())}});
        QVERIFY_OK(order);
        const auto job = shop().ask(print(*order));
        QVERIFY_OK(job);
        QVERIFY_OK(shop().ask(TransferJob{job->id, "back"}));
        paper().startPrinting();
        QVERIFY(paper().reach(*order, SheetState::Out, 1));
        QCOMPARE(paper().paper("front"), 0);
        QCOMPARE(paper().paper("back"), 1);
    }

    void aStencilThatIsGoneIsToldAndNothingIsPrinted() {
        const auto order = shop().ask(PlaceOrder{{designLine(card())}});
        QVERIFY_OK(order);
        QVERIFY_OK(shop().ask(print(*order)));
        const auto page = recipeOf(paper().sheets(*order).front());
        QVERIFY(page && page->over.size() == 1);
        QVERIFY(std::filesystem::remove(paper().vault().pathOf(*page->over.front().stencil)));
        paper().startPrinting();
        QVERIFY(QTest::qWaitFor(
            [&] {
                return std::ranges::any_of(paper().sheets(*order),
                                           [](const print::Sheet& s) { return s.reason == "stencil-missing"; });
            },
            15000));
        QCOMPARE(paper().paper(), 0);
    }

    void itsWordsAreErasedWithTheCustomer() {
        const auto order = shop().ask(PlaceOrder{{designLine(card())}, "Zoë"});
        QVERIFY_OK(order);
        QVERIFY(paper().store->layout(order->id, order->lines.front().design->layout)->find(spoken) !=
                std::string::npos);
        QVERIFY(!isIn(paper().folder() / "store", spoken));  // sealed from the first moment
        QVERIFY_OK(shop().ask(EraseCustomer{order->id, "customer-asked"}));
        QVERIFY_FAILS(paper().store->layout(order->id, order->lines.front().design->layout), "design-erased");
        QVERIFY_FAILS(shop().ask(PrintOrder{order->id, "front"}), "design-erased");
        QVERIFY_FAILS(shop().ask(CheckOrder{order->id}), "design-erased");  // it is still to be printed
        QVERIFY(shop().ask(ShowOrder{order->id})->lines == order->lines);
        QVERIFY_OK(shop().ask(EraseCustomer{order->id, "customer-asked"}));
    }

    /// Its photos are printed whatever became of a design that is out.
    void anErasedDesignThatIsOutStopsNothing() {
        const auto order = shop().ask(PlaceOrder{{designLine(card())}});
        QVERIFY_OK(order);
        paper().startPrinting();
        QVERIFY_OK(shop().ask(print(*order)));
        QVERIFY(paper().reach(*order, SheetState::Out, 1));
        QVERIFY_OK(shop().ask(EraseCustomer{order->id, "customer-asked"}));
        QVERIFY_FAILS(shop().ask(PrintOrder{order->id, "front"}), "order-done");
        const auto check = shop().ask(CheckOrder{order->id, "front"});
        QVERIFY(check && check->lines.empty());
    }

    /// A print again has the letters that it had, from the vault: nothing is set anew while the setup is the same.
    void aReprintNeedsNoFont() {
        const auto order = shop().ask(PlaceOrder{{designLine(card())}});
        QVERIFY_OK(order);
        paper().startPrinting();
        QVERIFY_OK(shop().ask(print(*order)));
        QVERIFY(paper().reach(*order, SheetState::Out, 1));
        paper().stopPrinting();
        paper().fonts = paper().folder() / "no-fonts";
        paper().restart();
        paper().startPrinting();
        const print::Sheet first = paper().sheets(*order).front();
        QVERIFY_OK(shop().ask(ReprintSheet{first.id, print::ReprintReason::Jam, print::CostOwner::Shop}));
        QVERIFY(paper().reach(*order, SheetState::Out, 2));
        QVERIFY(paper().sheets(*order)[1].raster == first.raster);
        QVERIFY_FAILS(shop().ask(PlaceOrder{{designLine(card())}}), "fonts-missing");
    }

    void textsThatWouldFillTheMemoryAreRefused() {
        layout::Layout wide = card();
        std::get<layout::TextField>(wide.items[3]).box = box(-3000, 0, 6000, 100);
        QVERIFY_FAILS(shop().ask(PlaceOrder{{designLine(wide)}}), "bad-layout");
        layout::Layout many = card();
        for (int i = 0; i < 9; i++) many.items.push_back(textIn(box(0, 0, 150, 100), "a"));
        QVERIFY_FAILS(shop().ask(PlaceOrder{{designLine(many)}}), "bad-layout");
        many.items.resize(many.items.size() - 2);
        QVERIFY_OK(shop().ask(PlaceOrder{{designLine(many)}}));
    }

    void aTemplateKeepsFaces() {
        const auto instant = layout::readTemplate(share() / "templates/instant.toml");
        QVERIFY_OK(instant);
        // A face at the left end of a wide photo.
        const auto page = layout::layOut(*instant, {{"a", {3000, 1000}, {{0.02, 0.3, 0.1, 0.3}}}}, {});
        QVERIFY_OK(page);
        for (const layout::Item& item : page->items)
            if (const auto* frame = std::get_if<layout::PhotoFrame>(&item)) {
                QVERIFY(frame->crop && frame->crop->left <= 0.02 && frame->crop->left + frame->crop->width >= 0.12);
                return;
            }
        QFAIL("no photo");
    }

  private:
    static Path share() { return Path(contone::tests::programFolder).parent_path() / "share/contone"; }
    NewLine designLine(layout::Layout layout) const {
        return {
            {}, "a.jpg, b.jpg", "10x15", 1, {}, NewDesign{std::move(layout), {{m_photos[0], {}}, {m_photos[1], {}}}}};
    }
    /// With a person's word for what was found.
    PrintOrder print(const order::Order& order) {
        PrintOrder wanted{order.id, "front"};
        if (const auto check = shop().ask(CheckOrder{order.id, "front"})) wanted.accepted = check->toAccept;
        return wanted;
    }
    std::optional<render::Recipe> recipeOf(const print::Sheet& sheet) {
        const auto record = shop().ask(ShowSheetRecord{sheet.id});
        if (!record) return {};
        const auto page = print::parsePage(record->recipeJson);
        return page ? std::optional(std::get<render::Recipe>(*page)) : std::nullopt;
    }
    std::optional<render::Recipe> plannedRecipe(const NewLine& line) {
        const auto order = shop().ask(PlaceOrder{{line}});
        if (!order || !shop().ask(print(*order))) return {};
        return recipeOf(paper().sheets(*order).front());
    }
    std::vector<Sha256> m_photos;
};

QTEST_GUILESS_MAIN(DesignsTest)
#include "designs_test.moc"
