// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Files of the field that were read wrongly once, by the programs that read customers' files: what each of them is.
#include <QTest>

#include "core/decode/decoder.h"
#include "tests/places.h"

using namespace contone;
using image::PhotoWarning;

namespace {

Path fileOf(const QString& name) {
    return Path(tests::sourceFolder) / "tests/data/cases" / name.toStdString();
}

struct Read {
    std::string reason;  ///< why it was not; empty: it was
    image::PhotoFacts facts;
    image::PhotoWarnings warnings;  ///< also those that only the last row tells
};

}  // namespace

class CasesTest : public QObject {
    Q_OBJECT
    decode::Decoder m_decoder{{.programs = tests::programFolder}};

    Read read(const QString& name) {
        auto source = m_decoder.open(fileOf(name));
        if (!source) return {source.error().reason, {}, {}};
        const image::PhotoFacts facts = (*source)->facts();
        image::Picture strip = image::Picture::ofSize({facts.size.width, 16}, facts.pixels);
        for (;;) {
            const Result<int> rows = (*source)->read(strip.strip());
            if (!rows) return {rows.error().reason, facts, {}};
            if (*rows == 0) return {{}, facts, (*source)->warnings()};
        }
    }
    /// Of the whole photo, upright, in sRGB.
    image::Picture inSrgb(const QString& name) {
        auto picture = m_decoder.thumbnail(fileOf(name), 2048);
        if (!picture) qFatal("%s: %s", qPrintable(name), picture.error().reason.c_str());
        return *std::move(picture);
    }
    static QList<int> at(const image::Picture& picture, int x, int y) {
        const auto* p = picture.strip().row<std::uint8_t>(y) + static_cast<std::ptrdiff_t>(x) * 3;
        return {p[0], p[1], p[2]};
    }

  private Q_SLOTS:
    void eachIsWhatItIs_data() {
        QTest::addColumn<int>("width");  // upright
        QTest::addColumn<int>("height");
        QTest::addColumn<QString>("colours");
        const auto row = [](const char* name, int width, int height, const char* colours) {
            QTest::newRow(name) << width << height << colours;
        };
        row("a05c-orient-sshort.jpg", 400, 600, "sRGB");
        row("a05d-orient-count2.jpg", 400, 600, "sRGB");
        row("av05-irot-first.avif", 400, 600, "sRGB");
        row("kimono.rotate90.avif", 722, 1024, "sRGB");
        row("b01-icc-duplicated.jpg", 600, 400, "Display P3");
        row("c01b-dnl-height0.jpg", 600, 400, "sRGB");
        row("c01c-dnl-height65535.jpg", 600, 400, "sRGB");
        row("n01-cicp666.avif", 600, 400, "BT.601 525 primaries, sRGB curve");
        row("n02-cicp515.avif", 600, 400, "BT.601 625 primaries, sRGB curve");
    }
    void eachIsWhatItIs() {
        QFETCH(const int, width);
        QFETCH(const int, height);
        const Read photo = read(QTest::currentDataTag());
        QCOMPARE(photo.reason, std::string());
        QCOMPARE(photo.facts.uprightSize(), (image::PixelSize{width, height}));
        QTEST(QString::fromStdString(photo.facts.colour.name), "colours");
        QVERIFY2(photo.warnings.empty(), qPrintable(QString::number(photo.warnings.bits())));
    }

    void aSmallPictureOfSomethingElseIsNotShown() {
        for (const char* name : {"s01-stale-thumb-180.jpg", "s02-stale-thumb-bw.jpg"}) {
            const auto shown = m_decoder.thumbnail(fileOf(name), 160);
            QVERIFY(shown.has_value() && shown->from == image::SmallFrom::Photo);
            const image::Picture print = inSrgb(name);
            QVERIFY(std::max(print.size.width, print.size.height) > 160);  // made from the photo, then
            const double scale = 1.0 * print.size.width / shown->size.width;
            double difference = 0;  // of nine places, to where they are on the print
            for (int i = 0; i < 9; i++) {
                const int x = shown->size.width * (1 + i % 3) / 4, y = shown->size.height * (1 + i / 3) / 4;
                const auto mine = at(*shown, x, y), its = at(print, int((x + 0.5) * scale), int((y + 0.5) * scale));
                for (int c = 0; c < 3; c++) difference += std::abs(mine[c] - its[c]) / 27.0;
            }
            QVERIFY2(difference < 12, qPrintable(QString("%1: %2").arg(name).arg(difference)));
            // Before the photo is decoded nobody can know; then it says what it is.
            const auto unseen = m_decoder.thumbnail(fileOf(name), 160, decode::Decoder::ThumbnailFrom::EmbeddedOnly);
            QVERIFY(unseen.has_value() && unseen->from == image::SmallFrom::Embedded);
        }
    }
    void damageIsToldAndPrinted() {
        for (const char* name : {"lost-sector.jpg", "rst-damaged.jpg"}) {
            const Read photo = read(name);
            QCOMPARE(photo.reason, std::string());
            QVERIFY2(photo.warnings.has(PhotoWarning::SlightlyDamaged), name);
        }
    }
    void whatIsNotReadIsNotCalledDamaged() {
        for (const char* name :
             {"p05-cgbi.png", "planar-yuv420-lzw.tif", "star-8bpc-with-alpha.avifs", "rgb24jpeg.bmp"})
            QCOMPARE(read(name).reason, std::string("photo-feature"));
    }
    void stillsWithACamerasCurveKeepTheirGrays() {
        for (const char* name : {"n01-cicp666.avif", "n02-cicp515.avif"}) {
            const image::Picture picture = inSrgb(name);
            const int grays[] = {16, 64, 128, 192};  // a quarter each; as vips, heif-convert and browsers show them
            for (int i = 0; i < 4; i++)
                for (const int value : at(picture, i % 2 == 0 ? 150 : 450, i < 2 ? 100 : 300))
                    QVERIFY2(std::abs(value - grays[i]) <= 1, qPrintable(QString("%1: %2").arg(name).arg(value)));
        }
    }
    void cmykWithoutAdobesMarkerIsThePictureThatEverybodySees() {
        const image::Picture picture = inSrgb("m02-cmyk-noadobe-inverted.jpg");
        const QList<int> seen = at(picture, 100, 100), expected{190, 64, 60};
        for (int c = 0; c < 3; c++)
            QVERIFY2(std::abs(seen[c] - expected[c]) <= 12,  // they convert with other inks than ours
                     qPrintable(QString("%1 %2 %3").arg(seen[0]).arg(seen[1]).arg(seen[2])));
        QVERIFY(read("m02-cmyk-noadobe-inverted.jpg").warnings.has(PhotoWarning::InkGuessed));
    }
};

QTEST_GUILESS_MAIN(CasesTest)
#include "cases_test.moc"
