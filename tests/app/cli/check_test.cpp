// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone check: what is said of photos before they are printed, and what a script sees of it.
#include <QImage>
#include <QJsonArray>
#include <QPainter>
#include <QtTest>

#include "tests/app/cli/cli_bench.h"

using contone::testing::CliBench;
using contone::testing::Outcome;

namespace {

QString sample(const QString& name) {
    return contone::tests::sourceFolder + QString("/tests/data/") + name;
}

QJsonObject finding(const QJsonValue& file, const QString& code) {
    for (const QJsonValue& one : file["findings"].toArray())
        if (one["code"].toString() == code) return one.toObject();
    return {};
}

}  // namespace

class CheckTest : public QObject {
    Q_OBJECT
    CliBench m_bench;

  private slots:
    void aGoodPhotoIsOneAndSaysHowLargeItMayBe() {
        const QStringList asked{"check", sample("photos/Olympus_PEN_E-P3.jpg"), "--product", "10x15"};
        const Outcome spoken = m_bench.run(asked);
        QCOMPARE(spoken.code, 0);
        QVERIFY(spoken.out.contains("Good:  ") && !spoken.out.contains("Bad:"));
        const Outcome told = m_bench.run(asked + QStringList{"--json"});
        const QJsonValue file = told.json()["files"][0];
        QVERIFY(file["ok"].toBool());
        QCOMPARE(file["worst"].toString(), QString("look"));  // 4:3 on 2:3 loses more than a tenth
        QVERIFY(finding(file, "part-lost")["sentence"].toString().endsWith("Show all of it."));
        QCOMPARE(finding(file, "blurred"), QJsonObject());
    }
    /// A face at the right end of a wide photo.
    void anOrderKeepsFacesUnlessItIsToldNotTo() {
        const QImage face = QImage(sample("faces/astronaut.jpg")).mirrored(true, false);
        QImage wide(face.width() * 12 / 5, face.height(), QImage::Format_RGB888);
        wide.fill(QColor(120, 130, 140));
        QPainter(&wide).drawImage(wide.width() - face.width(), 0, face);
        QVERIFY(wide.save(m_bench.at("wide.jpg"), "JPEG", 95));
        const QStringList asked{"order", "add", m_bench.at("wide.jpg"), "--product", "10x15"};
        const Outcome kept = m_bench.run(asked), left = m_bench.run(asked + QStringList{"--middle"});
        QVERIFY2(kept.code == 0 && left.code == 0, kept.err + left.err);
        QVERIFY(kept.out.contains("so that faces stay whole"));
        QVERIFY(!left.out.contains("so that faces stay whole"));
    }
    void aPrintAtRiskHasAnExitCodeOfItsOwn() {
        const Outcome told = m_bench.run({"check", sample("photos/Landscape_1.jpg"), sample("photos/Kodak_DC240.jpg"),
                                          "--product", "20x25", "--json"});
        QCOMPARE(told.code, 239);
        QCOMPARE(told.json()["files"][0]["worst"].toString(), QString("bad"));
        const QJsonObject few = finding(told.json()["files"][0], "too-few-pixels");
        QCOMPARE(few["severity"].toString(), QString("bad"));
        QCOMPARE(few["fix"].toString(), QString("smaller-print"));
    }
    void aPhotoThatComesTwiceAndOneThatWasSavedPoorlyAreTold() {
        const QImage photo(sample("photos/Olympus_PEN_E-P3.jpg"));
        const QString again = m_bench.at("again.jpg");
        QVERIFY(photo.save(again, "JPG", 35));  // libjpeg's own tables: the quality is what was asked for
        const Outcome told =
            m_bench.run({"check", sample("photos/Canon_EOS_7D.jpg"), m_bench.at("missing.jpg"),
                         sample("photos/Olympus_PEN_E-P3.jpg"), again, "--product", "10x15", "--json"});
        QCOMPARE(told.code, 19);  // file-missing, and nothing worse
        const QJsonValue files = told.json()["files"];
        QVERIFY(!files[1]["ok"].toBool());
        QCOMPARE(finding(files[2], "twice-in-order"), QJsonObject());
        QCOMPARE(finding(files[3], "twice-in-order")["numbers"].toObject()["other"].toInt(), 3);
        QCOMPARE(finding(files[3], "strongly-compressed")["numbers"].toObject()["quality"].toInt(), 35);
    }
    void thePaperCountsWhereItIsKnown() {
        const Outcome told = m_bench.run({"check", sample("photos/Kodak_DC240.jpg"), "--product", "10x15", "--profile",
                                          "photo-cmyk", "--fit", "--json"});
        QCOMPARE(told.code, 0);
        QVERIFY(!finding(told.json()["files"][0], "all-on-print").isEmpty());
        QCOMPARE(m_bench.run({"check", sample("photos/Kodak_DC240.jpg"), "--product", "nonesuch"}).code, 55);
        QCOMPARE(m_bench.run({"check", sample("photos/Kodak_DC240.jpg")}).code, 2);
    }
    void aFaceAtTheKnifeIsBad() {
        // The face fills the upper half of 3 x 4; a square print of a portrait that begins at the chin cuts it.
        const QImage portrait(sample("faces/obama.jpg"));
        const QString file = m_bench.at("cut.png");
        const int side = portrait.width();
        QImage wide(side * 3, portrait.height(), QImage::Format_RGB888);
        wide.fill(Qt::gray);
        for (int y = 0; y < portrait.height(); y++)
            for (int x = 0; x < side; x++) wide.setPixelColor(x, y, portrait.pixelColor(x, y));
        QVERIFY(wide.save(file));
        const Outcome told = m_bench.run({"check", file, "--product", "15x15", "--json"});
        const QJsonValue first = told.json()["files"][0];
        const bool isTold = !finding(first, "face-cut").isEmpty() || !finding(first, "face-left-out").isEmpty();
        QVERIFY2(isTold, told.out);
        QVERIFY(finding(m_bench.run({"check", sample("faces/obama.jpg"), "--product", "10x15", "--fit", "--json"})
                            .json()["files"][0],
                        "face-cut")
                    .isEmpty());
    }
};

QTEST_GUILESS_MAIN(CheckTest)
#include "check_test.moc"
