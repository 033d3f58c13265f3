// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Heads on ID photos are as large and as high as each document wants them, measured in mm on the crop.
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

#include "core/layout/chance_p.h"
#include "core/layout/id_photo.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::layout;

namespace {

constexpr image::PixelSize portrait{3000, 4000};

/// A head of 1000 pixels in the middle of the photo: crown at 1200, eyes at 1700, chin at 2200.
HeadMarks middleHead() {
    return estimateHead({1350.0 / 3000, 1700.0 / 4000}, {1650.0 / 3000, 1700.0 / 4000}, 2200.0 / 4000);
}

/// What a ruler would say on the print.
struct Measured {
    double head, eyesFromBelow, topGap, centre, aspect;
};
Measured measure(const IdPhoto& placed, const IdDocument& d, image::PixelSize photo, const HeadMarks& marks) {
    const image::Crop& c = placed.crop;
    const double mm = d.size.height.mm() / c.height, eyes = (marks.rightEye.v + marks.leftEye.v) / 2;
    return {(marks.chin - marks.crown) * mm, (c.top + c.height - eyes) * mm, (marks.crown - c.top) * mm,
            ((marks.rightEye.u + marks.leftEye.u) / 2 - c.left) / c.width * d.size.width.mm(),
            c.width * photo.width / (c.height * photo.height)};
}

bool isNear(double a, double b, double by = 0.001) {
    return std::abs(a - b) <= by;
}
bool isIn(double mm, const LengthRange& range) {
    return mm >= range.low.mm() - 0.001 && mm <= range.high.mm() + 0.001;
}

/// What a document says that a placed head does not keep; empty when all is kept.
std::string faultOf(const IdPhoto& placed, const IdDocument& d, image::PixelSize photo, const HeadMarks& marks) {
    const Measured m = measure(placed, d, photo, marks);
    const IdPhotoGuides& g = placed.guides;
    if (!image::isInsidePhoto(placed.crop)) return "the crop leaves the photo";
    if (!isNear(m.aspect, d.size.width.mm() / d.size.height.mm(), 1e-5)) return "the crop has another shape";
    if (!isIn(m.head, d.head)) return "the head is too small or too large";
    if (d.eyes && !isIn(m.eyesFromBelow, *d.eyes)) return "the eyes are too low or too high";
    if (d.topGap && !isIn(m.topGap, *d.topGap)) return "the gap at the top is wrong";
    if (m.topGap < -0.001) return "the crown is cut off";
    if (!isNear(m.centre, d.size.width.mm() / 2)) return "the head is not in the middle";
    if (!isNear(g.crown.mm(), m.topGap, 0.002) || !isNear((g.chin - g.crown).mm(), m.head, 0.002) ||
        !isNear((d.size.height - g.eyeLine).mm(), m.eyesFromBelow, 0.002))
        return "the guides lie elsewhere";
    if (g.crown < g.crownHighest - millimetres(0.002) || g.crown > g.crownLowest + millimetres(0.002))
        return "the guides of the crown leave it out";
    if (d.eyes.has_value() != g.eyeBand.has_value()) return "the eye band is missing";
    return {};
}

const char* const kDocument =
    "id = \"xx-card\"\ncountry = \"XX\"\nname = \"Card\"\nsize_mm = [35, 45]\n"
    "head = { low_mm = 32, high_mm = 36 }\neyes = { low_mm = 22, high_mm = 32 }\nsources = [\"office\"]\n";

std::string with(const std::string& from, const std::string& to) {
    std::string text = kDocument;
    return text.replace(text.find(from), from.size(), to);
}

Result<std::map<std::string, IdDocument>> loadText(const std::string& text, const QTemporaryDir& folder) {
    const Path share = folder.path().toStdString();
    CONTONE_CHECK(makeDirectories(share / "id-photos"));
    CONTONE_CHECK(writeFileDurably(share / "id-photos/xx-card.toml", std::string_view(text)));
    return loadIdDocuments(share);
}

}  // namespace

class IdPhotoTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase();
    void shippedDocumentsNameTheirSources();
    void theHeadIsAsEachDocumentWants_data();
    void theHeadIsAsEachDocumentWants();
    void headsOfManyProportionsAreRightOrRefused();
    void withRoomTheHeadIsInTheMiddleOfItsRange();
    void guidesOfAGermanPassportLieWhereItsTemplateHasThem();
    void aNearHeadIsMadeLargerThanTheMiddleBeforeItIsRefused();
    void aPhotoWithTooLittleRoomNamesTheSide_data();
    void aPhotoWithTooLittleRoomNamesTheSide();
    void tiltedEyesSayHowToTurnThePhoto();
    void anEstimatedHeadHasItsEyesInTheMiddle();
    void marksThatAreNoHeadAreRefused_data();
    void marksThatAreNoHeadAreRefused();
    void proportionsThatNoPlaceSuitsAreRefused();
    void aWrongFileIsRefusedByFileLineAndReason_data();
    void aWrongFileIsRefusedByFileLineAndReason();
    void anInstallationWithoutDocumentsSaysSo();

  private:
    std::map<std::string, IdDocument> m_documents;
};

void IdPhotoTest::initTestCase() {
    auto loaded = loadIdDocuments(Path(contone::tests::programFolder).parent_path() / "share/contone");
    QVERIFY2(loaded, loaded ? "" : loaded.error().detail.c_str());
    m_documents = *loaded;
}

void IdPhotoTest::shippedDocumentsNameTheirSources() {
    QVERIFY(m_documents.size() >= 8);
    for (const auto& [id, d] : m_documents) QVERIFY2(!d.sources.empty(), id.c_str());
    // As the offices print them.
    const IdDocument& de = m_documents.at("de-passport");
    QVERIFY(de.size == (PaperSize{millimetres(35), millimetres(45)}));
    QVERIFY(de.head == (LengthRange{millimetres(32), millimetres(36)}));
    QVERIFY(de.eyes == (LengthRange{millimetres(22), millimetres(32)}));
    QVERIFY(m_documents.at("us-passport").head == (LengthRange{millimetres(25), millimetres(35)}));
    QVERIFY(m_documents.at("in-passport").head == (LengthRange{millimetres(35.6), millimetres(40.6)}));
    QVERIFY(m_documents.at("cn-visa").topGap == (LengthRange{millimetres(3), millimetres(5)}));
}

void IdPhotoTest::theHeadIsAsEachDocumentWants_data() {
    QTest::addColumn<QString>("id");
    for (const auto& [id, document] : m_documents) QTest::newRow(id.c_str()) << QString::fromStdString(id);
}
void IdPhotoTest::theHeadIsAsEachDocumentWants() {
    QFETCH(QString, id);
    const IdDocument& d = m_documents.at(id.toStdString());
    const auto placed = placeHead(d, portrait, middleHead());
    QVERIFY2(placed, placed ? "" : placed.error().message.c_str());
    const std::string fault = faultOf(*placed, d, portrait, middleHead());
    QVERIFY2(fault.empty(), fault.c_str());
}

/// Random heads on random photos: whatever is answered keeps to the document.
void IdPhotoTest::headsOfManyProportionsAreRightOrRefused() {
    Chance chance(1);
    int placed = 0, refused = 0;
    for (int i = 0; i < 3000; ++i) {
        const image::PixelSize photo{1000 + int(chance.below(3000)), 1000 + int(chance.below(4000))};
        const double chin = 0.4 + 0.5 * chance.share(), tall = 0.1 + 0.6 * chance.share();
        const double eyes = chin - tall * (0.35 + 0.25 * chance.share());
        const double middle = 0.3 + 0.4 * chance.share(), apart = 0.02 + 0.08 * chance.share();
        const HeadMarks marks{{middle - apart, eyes}, {middle + apart, eyes}, chin - tall, chin};
        for (const auto& [id, d] : m_documents) {
            const auto answer = placeHead(d, photo, marks);
            if (!answer) {
                ++refused;
                QVERIFY(answer.error().reason == "id-photo-no-room" || answer.error().reason == "id-photo-proportions");
                continue;
            }
            ++placed;
            const std::string fault = faultOf(*answer, d, photo, marks);
            QVERIFY2(fault.empty(), (id + ": " + fault).c_str());
        }
    }
    QVERIFY(placed > 3000 && refused > 3000);
}

void IdPhotoTest::withRoomTheHeadIsInTheMiddleOfItsRange() {
    const IdDocument& gb = m_documents.at("gb-passport");
    const auto placed = placeHead(gb, portrait, middleHead());
    QVERIFY(placed);
    const Measured m = measure(*placed, gb, portrait, middleHead());
    QVERIFY(isNear(m.head, 31.5));
    QVERIFY(isNear(m.topGap, 0.4 * (45 - 31.5)));
}

void IdPhotoTest::guidesOfAGermanPassportLieWhereItsTemplateHasThem() {
    const IdDocument& de = m_documents.at("de-passport");
    const auto placed = placeHead(de, portrait, middleHead());
    QVERIFY(placed);
    const IdPhotoGuides& g = placed->guides;
    QCOMPARE((g.chin - g.crownHighest).um(), 36'000);
    QCOMPARE((g.chin - g.crownLowest).um(), 32'000);
    // 22 to 32 mm from below are 13 to 23 mm from above.
    QVERIFY(g.eyeBand == (LengthRange{millimetres(13), millimetres(23)}));
    QVERIFY(g.eyeBand->contains(g.eyeLine));
    QCOMPARE(g.centre.um(), 17'500);
}

void IdPhotoTest::aNearHeadIsMadeLargerThanTheMiddleBeforeItIsRefused() {
    // 1000 pixels of head at 34 mm need 1324 pixels of height; the photo has 1260, enough for 36 mm.
    const image::PixelSize photo{2000, 1260};
    const HeadMarks marks = estimateHead({0.45, 600.0 / 1260}, {0.55, 600.0 / 1260}, 1100.0 / 1260);
    const IdDocument& de = m_documents.at("de-passport");
    const auto placed = placeHead(de, photo, marks);
    QVERIFY2(placed, placed ? "" : placed.error().message.c_str());
    QVERIFY(faultOf(*placed, de, photo, marks).empty());
    QVERIFY(isNear(measure(*placed, de, photo, marks).head, 45 * 1000.0 / 1260));
}

void IdPhotoTest::aPhotoWithTooLittleRoomNamesTheSide_data() {
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<double>("crown");
    QTest::addColumn<double>("middle");
    QTest::addColumn<QString>("says");
    // A head of 1000 pixels; a print of 35 × 45 mm of it needs 972 to 1094 × 1250 to 1406 pixels.
    QTest::newRow("above") << 2000 << 2000 << -20.0 << 1000.0 << "too little room above the head. Take";
    QTest::newRow("below") << 2000 << 2000 << 990.0 << 1000.0 << "too little room below the chin. Take";
    QTest::newRow("beside") << 2000 << 2000 << 500.0 << 400.0 << "too little room beside the head. Take";
    QTest::newRow("all round") << 900 << 1100 << 50.0 << 450.0
                               << "too little room above the head, beside the head and below the chin. Take";
}
void IdPhotoTest::aPhotoWithTooLittleRoomNamesTheSide() {
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(double, crown);
    QFETCH(double, middle);
    QFETCH(QString, says);
    const HeadMarks marks{{(middle - 150) / width, (crown + 500) / height},
                          {(middle + 150) / width, (crown + 500) / height},
                          crown / height,
                          (crown + 1000) / height};
    const auto placed = placeHead(m_documents.at("de-passport"), {width, height}, marks);
    QVERIFY(!placed);
    QCOMPARE(placed.error().reason, std::string("id-photo-no-room"));
    QVERIFY2(QString::fromStdString(placed.error().message).contains(says), placed.error().message.c_str());
}

void IdPhotoTest::tiltedEyesSayHowToTurnThePhoto() {
    // On the picture the right one of two eyes, 300 pixels apart, lies 30 lower: turn it back by atan(0.1) = 5.71°.
    HeadMarks marks = middleHead();
    marks.rightEye.v -= 15.0 / 4000;
    marks.leftEye.v += 15.0 / 4000;
    const auto placed = placeHead(m_documents.at("de-passport"), portrait, marks);
    QVERIFY(placed);
    QVERIFY(isNear(placed->turnDegrees, -5.71, 1e-9));
    const auto level = placeHead(m_documents.at("de-passport"), portrait, middleHead());
    QVERIFY(level);
    QCOMPARE(level->turnDegrees, 0.0);
    QVERIFY(level->crop == placed->crop);  // which is of the photo as it is
}

void IdPhotoTest::anEstimatedHeadHasItsEyesInTheMiddle() {
    const HeadMarks marks = estimateHead({0.4, 0.42}, {0.6, 0.38}, 0.6);
    QVERIFY(isNear(marks.crown, 0.2, 1e-12));
    QCOMPARE(marks.chin, 0.6);
}

void IdPhotoTest::marksThatAreNoHeadAreRefused_data() {
    QTest::addColumn<double>("crown");
    QTest::addColumn<double>("rightU");
    QTest::addColumn<double>("rightV");
    QTest::addColumn<double>("chin");
    QTest::newRow("chin above the eyes") << 0.2 << 0.4 << 0.5 << 0.4;
    QTest::newRow("crown below the eyes") << 0.6 << 0.4 << 0.5 << 0.7;
    QTest::newRow("one eye") << 0.2 << 0.6 << 0.5 << 0.7;
    QTest::newRow("eyes exchanged") << 0.2 << 0.8 << 0.5 << 0.7;
    QTest::newRow("on the side") << 0.2 << 0.59 << 0.3 << 0.7;
    QTest::newRow("beside the photo") << 0.2 << -1.6 << 0.5 << 0.7;
    QTest::newRow("no number") << qQNaN() << 0.4 << 0.5 << 0.7;
    QTest::newRow("no number either") << 0.2 << qQNaN() << 0.5 << 0.7;
    QTest::newRow("endless") << -qInf() << 0.4 << 0.5 << 0.7;
}
void IdPhotoTest::marksThatAreNoHeadAreRefused() {
    QFETCH(double, crown);
    QFETCH(double, rightU);
    QFETCH(double, rightV);
    QFETCH(double, chin);
    const auto placed = placeHead(m_documents.at("de-passport"), portrait, {{rightU, rightV}, {0.6, 0.5}, crown, chin});
    QVERIFY(!placed);
    QCOMPARE(placed.error().reason, std::string("id-photo-marks"));
}

void IdPhotoTest::proportionsThatNoPlaceSuitsAreRefused() {
    // Eyes at half of a head of 45 mm lie 28.5 mm from below at most when its crown touches the upper edge of 51 mm.
    IdDocument d = m_documents.at("us-passport");
    d.head = {millimetres(45), millimetres(50)};
    d.eyes = {millimetres(45), millimetres(50)};
    const auto placed = placeHead(d, portrait, middleHead());
    QVERIFY(!placed);
    QCOMPARE(placed.error().reason, std::string("id-photo-proportions"));
}

void IdPhotoTest::aWrongFileIsRefusedByFileLineAndReason_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const std::string& text, const char* says) {
        QTest::newRow(name) << QString::fromStdString(text) << QString::fromUtf8(says);
    };
    row("unknown key", with("eyes =", "eye ="), "line 6: \"eye\" is not a key");
    row("no head", with("head = { low_mm = 32, high_mm = 36 }\n", ""), "\"head\" is missing");
    row("inches", with("[35, 45]", "[2, 2]"), "line 4: \"size_mm\" is 2 mm");
    row("upside down", with("low_mm = 32, high_mm = 36", "low_mm = 36, high_mm = 32"), "line 5: \"head\" must rise");
    row("larger than the photo", with("high_mm = 36", "high_mm = 46"), "line 5: \"head\" does not lie on a photo");
    row("half a range", with("low_mm = 22, ", ""), "line 6: \"low_mm\" is missing");
    row("country in words", with("\"XX\"", "\"Xanadu\""), "line 2: \"country\" must be two capital letters");
    row("no source", with("sources = [\"office\"]\n", ""), "\"sources\" is missing");
    row("id is not the name", with("xx-card", "yy-card"), "line 1: \"id\" is yy-card");
    row("no TOML", "id = ", "line 1");
}
void IdPhotoTest::aWrongFileIsRefusedByFileLineAndReason() {
    QFETCH(QString, text);
    QFETCH(QString, says);
    const QTemporaryDir right, wrong;
    const auto good = loadText(kDocument, right);
    QVERIFY2(good, good ? "" : good.error().message.c_str());
    const auto loaded = loadText(text.toStdString(), wrong);
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().reason, std::string("id-photo-file"));
    const QString message = QString::fromStdString(loaded.error().message);
    QVERIFY2(message.contains("xx-card.toml") && message.contains(says), qPrintable(message));
}

void IdPhotoTest::anInstallationWithoutDocumentsSaysSo() {
    const QTemporaryDir empty;
    const auto loaded = loadIdDocuments(empty.path().toStdString());
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().reason, std::string("id-photo-files-missing"));
}

QTEST_GUILESS_MAIN(IdPhotoTest)
#include "id_photo_test.moc"
