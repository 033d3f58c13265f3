// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What is found out about a photo and its page, and when a person is asked about it again.
#include <QtTest>

#include "core/findings/page_findings.h"
#include "core/json/json.h"

using namespace contone;
using namespace contone::findings;

class FindingsTest : public QObject {
    Q_OBJECT
  private slots:
    void aSoftPhotoAsksForALookAndSaysWhatMendsIt();
    void aTrimIsNoLossToLookAt();
    void coloursOutsideThePaperSayWhereOnThePhoto();
    void everyWarningOfAPhotoIsAFinding();
    void aWaiverHoldsUntilTheFindingChanges();
    void findingsAndWaiversGoThroughJsonUnchanged();
    void aFindingThatIsNotKnownIsRefused();

  private:
    const Sha256 m_photo = Sha256::of("a photo");
};

void FindingsTest::aSoftPhotoAsksForALookAndSaysWhatMendsIt() {
    print::PagePlan plan;
    plan.photoDpi = 131.6;
    plan.sharpness = catalog::Sharpness::Soft;
    const Finding soft = ofPage(m_photo, plan, 1).front();
    QVERIFY(soft.code == FindingCode::Soft && soft.severity == Severity::Look && soft.fix == Fix::SmallerPrint);
    QCOMPARE(soft.number("dpi"), 132.0);
    QCOMPARE(soft.subject, m_photo.toString());
    QVERIFY(ofPage(m_photo, plan, 2).front().fix == Fix::ZoomOut);
    plan.sharpness = catalog::Sharpness::Poor;
    QVERIFY(ofPage(m_photo, plan, 1).front().severity == Severity::Bad);
    plan.sharpness = catalog::Sharpness::Good;
    QVERIFY(unanswered(ofPage(m_photo, plan, 1), {}).empty());
}

void FindingsTest::aTrimIsNoLossToLookAt() {
    print::PagePlan plan;
    const auto lossAt = [&](double percent) {
        plan.lostPercent = percent;
        return ofPage(m_photo, plan, 1).back();
    };
    QVERIFY(lossAt(0.4).code == FindingCode::AllOnPrint);
    QVERIFY(lossAt(2).code == FindingCode::PartLost && lossAt(2).severity == Severity::Good);
    QVERIFY(lossAt(11.4).severity == Severity::Look && lossAt(11.4).fix == Fix::ShowAll);
    QCOMPARE(lossAt(11.4).number("percent"), 11.0);
}

void FindingsTest::coloursOutsideThePaperSayWhereOnThePhoto() {
    const icc::GamutReport report{.percentOutOfGamut = 3.04, .meanDeltaE = 0.42, .p95DeltaE = 2.5, .worstRegion = 5};
    // The right half of the photo is printed; the worst ninth is the middle right of that.
    const Finding found = ofGamut(m_photo, report, {.left = 0.5, .top = 0, .width = 0.5, .height = 1});
    QVERIFY(found.code == FindingCode::OutOfGamut && found.severity == Severity::Look);
    QCOMPARE(found.number("percent"), 3.0);
    QVERIFY(std::abs(found.region->left - 5.0 / 6) < 1e-9 && std::abs(found.region->top - 1.0 / 3) < 1e-9);
    QVERIFY(std::abs(found.region->width - 1.0 / 6) < 1e-9 && std::abs(found.region->height - 1.0 / 3) < 1e-9);
    QVERIFY(ofGamut(m_photo, {.percentOutOfGamut = 0.4}, {}).severity == Severity::Good);
    QVERIFY(ofGamut(m_photo, {.percentOutOfGamut = 0.04}, {}).code == FindingCode::InGamut);
}

void FindingsTest::everyWarningOfAPhotoIsAFinding() {
    const image::PhotoWarnings all((1ULL << image::photoWarningCount) - 1);
    const std::vector<Finding> found = ofWarnings(m_photo, all);
    QCOMPARE(int(found.size()), image::photoWarningCount);
    for (int i = 0; i < image::photoWarningCount; i++)
        QVERIFY(warningOf(found[std::size_t(i)].code) == image::PhotoWarning(i));
    QVERIFY(!warningOf(FindingCode::Soft));
    QVERIFY(worst(found) == Severity::Look);
    QVERIFY(worst({}) == Severity::Good);
}

void FindingsTest::aWaiverHoldsUntilTheFindingChanges() {
    print::PagePlan plan;
    plan.photoDpi = 131.6;
    plan.sharpness = catalog::Sharpness::Soft;
    const std::vector<Waiver> waivers{{ofPage(m_photo, plan, 1).front(), "Jana", {1000}}};
    plan.photoDpi = 132.2;  // reads the same
    QVERIFY(unanswered(ofPage(m_photo, plan, 1), waivers).empty());
    plan.photoDpi = 90;
    QCOMPARE(int(unanswered(ofPage(m_photo, plan, 1), waivers).size()), 1);
    plan.photoDpi = 132;
    QCOMPARE(int(unanswered(ofPage(Sha256::of("another"), plan, 1), waivers).size()), 1);
}

void FindingsTest::findingsAndWaiversGoThroughJsonUnchanged() {
    const icc::GamutReport report{.percentOutOfGamut = 12.3, .meanDeltaE = 1.7, .p95DeltaE = 6, .worstRegion = 1};
    const Waiver waiver{ofGamut(m_photo, report, {}), "Jana", {1'764'000'000'000}};
    const std::string text = json::write(waiver);
    QVERIFY(text.find(R"("code":"out-of-gamut")") != std::string::npos);
    const auto back = json::read<Waiver>(text);
    QVERIFY(back.has_value());
    QVERIFY(*back == waiver);
    const Finding plain = ofWarnings(m_photo, image::PhotoWarnings(1)).front();
    QVERIFY(json::read<Finding>(json::write(plain)).value() == plain);
}

void FindingsTest::aFindingThatIsNotKnownIsRefused() {
    const auto back = json::read<Finding>(
        R"({"code":"haunted","severity":"look","numbers":{},"subject":"","region":null,"fix":"none"})");
    QVERIFY(!back.has_value());
}

QTEST_GUILESS_MAIN(FindingsTest)
#include "findings_test.moc"
