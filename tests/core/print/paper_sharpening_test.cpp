// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What the levels come to on the papers that ship.
#include <QTest>

#include "core/print/paper_sharpening.h"
#include "core/print/print_target.h"
#include "tests/core/print/sheets_of_rx1.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::print;
using render::Sharpening;
using render::SharpenLevel;

class PaperSharpeningTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() {
        auto loaded = catalog::Catalog::load(Path(contone::tests::programFolder).parent_path() / "share/contone");
        QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
        m_catalog = *loaded;
    }

    void levelsOnGlossyPaperAreThoseOfTheDecision() {
        const auto glossy = [&](SharpenLevel level) { return sharpeningForFinish(level, "glossy", m_catalog).value(); };
        QVERIFY(glossy(SharpenLevel::None) == Sharpening{});
        QVERIFY(glossy(SharpenLevel::Low) == (Sharpening{SharpenLevel::Low, 90, 500, 25}));
        QVERIFY(glossy(SharpenLevel::Standard) == (Sharpening{SharpenLevel::Standard, 90, 1000, 50}));
        QVERIFY(glossy(SharpenLevel::High) == (Sharpening{SharpenLevel::High, 90, 1600, 80}));
    }
    void mattePaperIsSharpenedWiderAndMore() {
        QVERIFY(sharpeningForFinish(SharpenLevel::Standard, "matte", m_catalog).value() ==
                (Sharpening{SharpenLevel::Standard, 120, 1300, 65}));
    }
    void everyLevelOnEveryPaperIsUsable() {
        for (const auto& [id, paper] : m_catalog.papers())
            for (const SharpenLevel level :
                 {SharpenLevel::None, SharpenLevel::Low, SharpenLevel::Standard, SharpenLevel::High})
                QVERIFY2(render::isUsable(sharpeningFor(level, paper)), id.c_str());
        catalog::Paper extreme{.sharpenRadius = millimetres(0.3), .sharpenPercent = 240};  // what a file may say
        QVERIFY(render::isUsable(sharpeningFor(SharpenLevel::High, extreme)));
    }
    void anUnknownFinishIsRefusedUnlessNothingIsSharpened() {
        QCOMPARE(sharpeningForFinish(SharpenLevel::Low, "velvet", m_catalog).error().reason,
                 std::string("paper-unknown"));
        QVERIFY(sharpeningForFinish(SharpenLevel::None, "velvet", m_catalog).value() == Sharpening{});
    }
    void aPageIsSharpenedAsItsSetupSays() {
        PrinterSetup setup;
        setup.model = "rx1";
        setup.medium = "4x6";
        setup.sharpening = {SharpenLevel::Standard, 120, 1300, 65};
        const Models models{{"rx1", {.id = "rx1", .media = {contone::testing::rx1()}}}};
        const auto target = PrintTarget::create(setup, models);
        image::PhotoFacts facts;
        facts.storedSize = {4000, 6000};
        const auto page = target->page(contone::testing::product(4, 6), {}, facts, {});
        QVERIFY(page->recipe.sharpening == setup.sharpening);
    }

  private:
    catalog::Catalog m_catalog;
};

QTEST_GUILESS_MAIN(PaperSharpeningTest)
#include "paper_sharpening_test.moc"
