// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What is found out about a photo, and when a person is asked about it again.
#include <QtTest>

#include "core/findings/warning_findings.h"
#include "core/json/json.h"

using namespace contone;
using namespace contone::findings;

class FindingsTest : public QObject {
    Q_OBJECT
  private slots:
    void everyWarningOfAPhotoIsAFinding();
    void aWaiverHoldsUntilTheFindingChanges();
    void findingsAndWaiversGoThroughJsonUnchanged();
    void aFindingThatIsNotKnownIsRefused();

  private:
    const Sha256 m_photo = Sha256::of("a photo");
};

void FindingsTest::everyWarningOfAPhotoIsAFinding() {
    const image::PhotoWarnings all((1ULL << image::photoWarningCount) - 1);
    const std::vector<Finding> found = ofWarnings(m_photo, all);
    QCOMPARE(int(found.size()), image::photoWarningCount);
    for (int i = 0; i < image::photoWarningCount; i++)
        QVERIFY(warningOf(found[std::size_t(i)].code) == image::PhotoWarning(i));
    QVERIFY(!warningOf(FindingCode::Soft));
    QVERIFY(worst(found) == Severity::Bad);  // it may be damaged, or lie on its side
    QVERIFY(found[std::size_t(image::PhotoWarning::SlightlyDamaged)].severity == Severity::Bad);
    QVERIFY(found[std::size_t(image::PhotoWarning::GainMapIgnored)].severity == Severity::Look);
    QVERIFY(worst({}) == Severity::Good);
}

void FindingsTest::aWaiverHoldsUntilTheFindingChanges() {
    const auto softAt = [](double dpi, const Sha256& subject, Severity severity = Severity::Look) {
        return std::vector<Finding>{{FindingCode::Soft, severity, {{"dpi", dpi}}, subject.toString()}};
    };
    const std::vector<Waiver> waivers{{softAt(132, m_photo).front(), "Jana", {1000}}};
    QVERIFY(unanswered(softAt(132, m_photo), waivers).empty());
    QCOMPARE(int(unanswered(softAt(90, m_photo), waivers).size()), 1);
    QCOMPARE(int(unanswered(softAt(132, Sha256::of("another")), waivers).size()), 1);
    // What only wants a look stops no paper.
    QVERIFY(unaccepted(softAt(90, m_photo), waivers).empty());
    const std::vector<Finding> bad = softAt(20, m_photo, Severity::Bad);
    QCOMPARE(int(unaccepted(bad, waivers).size()), 1);
    QVERIFY(unaccepted(bad, std::vector<Waiver>{{bad.front(), "Jana", {1000}}}).empty());
}

void FindingsTest::findingsAndWaiversGoThroughJsonUnchanged() {
    const Finding outside{FindingCode::OutOfGamut,
                          Severity::Look,
                          {{"percent", 12.3}, {"ninth", 1}},
                          m_photo.toString(),
                          Region{1.0 / 3, 0, 1.0 / 3, 1.0 / 3}};
    const Waiver waiver{outside, "Jana", {1'764'000'000'000}};
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
