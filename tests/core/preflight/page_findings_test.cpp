// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What is found out about a page before it is printed.
#include <QtTest>

#include "core/preflight/page_findings.h"

using namespace contone;
using namespace contone::findings;
using namespace contone::preflight;

class PageFindingsTest : public QObject {
    Q_OBJECT
  private slots:
    void aSoftPhotoAsksForALookAndSaysWhatMendsIt();
    void aTrimIsNoLossToLookAt();
    void coloursOutsideThePaperSayWhereOnThePhoto();

  private:
    const Sha256 m_photo = Sha256::of("a photo");
};

void PageFindingsTest::aSoftPhotoAsksForALookAndSaysWhatMendsIt() {
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

void PageFindingsTest::aTrimIsNoLossToLookAt() {
    print::PagePlan plan;
    const auto lossAt = [&](double percent) {
        plan.lostPercent = percent;
        return ofPage(m_photo, plan, 1).back();
    };
    QVERIFY(lossAt(0.4).code == FindingCode::AllOnPrint);
    QVERIFY(lossAt(2).code == FindingCode::PartLost && lossAt(2).severity == Severity::Good);
    QVERIFY(lossAt(11.4).severity == Severity::Look && lossAt(11.4).fix == Fix::ShowAll);
    QCOMPARE(lossAt(11.4).number("percent"), 11.0);
    QVERIFY(lossAt(49).severity == Severity::Look && lossAt(92).severity == Severity::Bad);
}

void PageFindingsTest::coloursOutsideThePaperSayWhereOnThePhoto() {
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

QTEST_GUILESS_MAIN(PageFindingsTest)
#include "page_findings_test.moc"
