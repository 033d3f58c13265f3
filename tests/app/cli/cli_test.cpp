// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The contone program as scripts use it: spelling, one JSON object on stdout, exit codes, and the main job on a
// simulated printer.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <QCryptographicHash>
#include <QDir>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include "core/db/database.h"
#include "core/image/strip_sink.h"
#include "tests/app/cli/cli_bench.h"
#include "tests/core/image/read_png.h"
#include "tests/places.h"

using contone::testing::bytesOf, contone::testing::CliBench, contone::testing::Outcome;

namespace {

const QString church = contone::tests::sourceFolder + QString("/resources/samples/church.jpg");

}  // namespace

class CliTest : public QObject {
    Q_OBJECT
    CliBench m_bench;

    QString at(const QString& name) const { return m_bench.at(name); }
    Outcome run(const QStringList& arguments) const { return m_bench.run(arguments); }

  private slots:
    void inspectSaysWhatAPhotoIsAndGoesOnAfterBadOnes() {
        QFile empty(at("empty.jpg"));
        QVERIFY(empty.open(QFile::WriteOnly));
        const Outcome both = run({"inspect", "--json", empty.fileName(), church});
        QCOMPARE(both.code, 10);  // photo-empty
        const QJsonArray files = both.json()["files"].toArray();
        QCOMPARE(files.size(), 2);
        QCOMPARE(files[0].toObject()["error"].toObject()["reason"].toString(), QString("photo-empty"));
        const QJsonObject photo = files[1].toObject();
        // exiftool: 2576 x 1932, Rotate 90 CW, ColorSpace sRGB, no profile.
        QCOMPARE(photo["width"].toInt(), 1932);
        QCOMPARE(photo["height"].toInt(), 2576);
        QCOMPARE(photo["orientation"].toInt(), 6);
        QCOMPARE(photo["profile"].toObject()["from"].toString(), QString("exif-srgb"));
        QCOMPARE(photo["sharpUpTo"].toString(), QString("a4"));  // 220 dpi of 210 × 297 mm: 1819 × 2573
        QVERIFY(both.err.contains("This file is empty"));
        QCOMPARE(run({"inspect", "--json", empty.fileName(), at("none.jpg")}).code, 3);  // different reasons
    }

    void inspectSaysWhereFacesAre() {
        const QString astronaut = contone::tests::sourceFolder + QString("/tests/data/faces/astronaut.jpg");
        const Outcome both = run({"inspect", "--faces", "--json", astronaut, church});
        QCOMPARE(both.code, 0);
        const QJsonArray files = both.json()["files"].toArray();
        const QJsonArray faces = files[0].toObject()["faces"].toArray();
        QCOMPARE(faces.size(), 1);
        QVERIFY(files[1].toObject()["faces"].toArray().isEmpty());
        const QJsonObject face = faces[0].toObject();
        const QJsonArray box = face["box"].toArray();
        QCOMPARE(box.size(), 4);
        QVERIFY(std::abs(box[0].toDouble() - 0.34) < 0.02 && std::abs(box[3].toDouble() - 0.21) < 0.02);
        QVERIFY(face["score"].toDouble() > 0.9);
        for (const char* point : {"rightEye", "leftEye", "nose", "mouth", "rightEar", "leftEar"})
            QCOMPARE(face[point].toArray().size(), 2);
        QVERIFY(run({"inspect", "--faces", astronaut}).out.contains("Faces:   1"));
        QVERIFY(!run({"inspect", "--json", astronaut}).json()["files"].toArray()[0].toObject().contains("faces"));
    }
    void withoutItsModelInspectSaysThatFacesCannotBeLookedFor() {
        const QString share = at("share");  // all but the model
        QVERIFY(QDir().mkpath(share));
        for (const char* folder : {"products", "papers", "models"})
            QVERIFY(QFile::link(contone::tests::programFolder + QString("/../share/contone/") + folder,
                                share + "/" + folder));
        const Outcome none = run({"inspect", "--faces", "--json", "--share", share, church});
        QCOMPARE(none.code, 245);
        QVERIFY(none.json()["files"].toArray()[0].toObject()["faces"].isNull());
        QVERIFY(none.err.contains("face-finder-missing"));
        QCOMPARE(run({"inspect", "--share", share, church}).code, 0);
    }

    void whatIsFoundOutIsSaidInThePersonsLanguage() {
        QFile empty(at("leer.jpg"));
        QVERIFY(empty.open(QFile::WriteOnly));
        QCOMPARE(qgetenv("LC_ALL"), QByteArray("C.UTF-8"));
        const Outcome english = run({"inspect", empty.fileName(), church});
        qputenv("LC_ALL", "de_DE.UTF-8");
        const Outcome german = run({"inspect", empty.fileName(), church});
        const Outcome script = run({"inspect", "--json", empty.fileName(), church});
        qputenv("LC_ALL", "C.UTF-8");
        QVERIFY(english.out.contains("1932 × 2576 pixels (5.0 megapixels)"));
        QVERIFY(english.out.contains("Sharp up to A4"));
        QVERIFY(german.out.contains("1932 × 2576 Pixel (5,0 Megapixel)"));
        QVERIFY(german.out.contains("Scharf bis A4"));
        QVERIFY(german.out.contains("Liegt in der Datei auf der Seite, hier aufrecht"));
        QVERIFY(german.err.contains("Dieses Foto ist leer."));
        // What scripts read does not depend on who calls them.
        QVERIFY(script.out.contains("This file is empty: nothing was copied."));
    }

    void thumbnailsAreWrittenBesideEachOtherAndBadFilesSayWhy() {
        QVERIFY(QDir().mkpath(at("card/DCIM")));
        QVERIFY(QFile::copy(church, at("card/DCIM/IMG_1.JPG")));
        QVERIFY(QFile::copy(contone::tests::sourceFolder + QString("/tests/data/photos/HP_PhotoSmart_735.jpg"),
                            at("card/IMG_2.JPG")));
        QFile empty(at("card/IMG_3.JPG"));
        QVERIFY(empty.open(QFile::WriteOnly));
        const Outcome all = run({"thumbnails", at("card"), "--out", at("small"), "--size", "120", "--json"});
        QCOMPARE(all.code, 10);  // photo-empty
        const QJsonArray files = all.json()["files"].toArray();
        QCOMPARE(files.size(), 3);
        QCOMPARE(files[0].toObject()["file"].toString(), QString("DCIM/IMG_1.JPG"));
        QCOMPARE(files[0].toObject()["width"].toInt(), 90);  // 1932 x 2576 upright
        QCOMPARE(files[0].toObject()["height"].toInt(), 120);
        QCOMPARE(files[1].toObject()["width"].toInt(), 120);
        QCOMPARE(files[2].toObject()["error"].toObject()["reason"].toString(), QString("photo-empty"));
        QVERIFY(bytesOf(at("small/DCIM/IMG_1.JPG.png")).startsWith("\x89PNG"));
        QVERIFY(QFile::exists(at("small/IMG_2.JPG.png")) && !QFile::exists(at("small/IMG_3.JPG.png")));
        QCOMPARE(run({"thumbnails", at("card/IMG_2.JPG"), "--out", at("small")}).code, 124);      // not-a-folder
        QCOMPARE(run({"thumbnails", at("card"), "--out", at("small"), "--size", "0"}).code, 41);  // bad-size
    }

    void whatAListShowsAPhotoByIsSaid() {
        QVERIFY(QDir().mkpath(at("listed")));
        const QString data = contone::tests::sourceFolder + QString("/tests/data/");
        const std::pair<QString, QString> photos[] = {{"cases/s01-stale-thumb-180.jpg", "photo"},
                                                      {"cases/s02-stale-thumb-bw.jpg", "photo"},
                                                      {"photos/HP_PhotoSmart_735.jpg", "embedded"},
                                                      {"photos/hopper.jpg", "photo"}};
        QStringList inspect{"inspect", "--json"};
        for (int i = 0; const auto& [file, from] : photos) {
            QVERIFY(QFile::copy(data + file, at(QString("listed/%1.jpg").arg(i++))));
            inspect << data + file;
        }
        const Outcome all = run({"thumbnails", at("listed"), "--out", at("lists"), "--json"}), looked = run(inspect);
        QCOMPARE(all.code, 0);
        QCOMPARE(looked.code, 0);
        for (int i = 0; const auto& [file, from] : photos) {
            QCOMPARE(all.json()["files"].toArray()[i].toObject()["from"].toString(), from);
            QCOMPARE(looked.json()["files"].toArray()[i++].toObject()["thumbnail"].toString(), from);
        }
    }

    void renderGivesTheSameBytesForAnyNumberOfThreads() {
        const QStringList page{"render", church, "--product", "10x15", "--profile", "photo-rgb", "--json", "-o"};
        const Outcome one = run(page + QStringList{at("one.tif"), "--threads", "1"});
        const Outcome three = run(page + QStringList{at("three.tif"), "--threads", "3"});
        QCOMPARE(one.code, 0);
        QCOMPARE(one.json()["width"].toInt(), 1200);  // 101.6 x 152.4 mm at 300 dpi, upright as the photo
        QCOMPARE(one.json()["height"].toInt(), 1800);
        QCOMPARE(one.json()["raster"], three.json()["raster"]);
        QVERIFY(!bytesOf(at("one.tif")).isEmpty());
        QVERIFY(bytesOf(at("one.tif")) == bytesOf(at("three.tif")));
    }

    void severalPhotosGoIntoAFolderAndTheRestGoesOn() {
        QVERIFY(QDir().mkpath(at("many")));
        QVERIFY(QFile::copy(church, at("again.jpg")));
        const QStringList page{"--product", "10x15", "--profile", "photo-rgb", "--json"};
        const Outcome many =
            run(QStringList{"render", church, at("none.jpg"), at("again.jpg"), "--jobs", "2", "-o", at("many")} + page);
        const QJsonArray files = many.json()["files"].toArray();
        QCOMPARE(files.size(), 3);
        QVERIFY(many.code != 0);
        QVERIFY(!files[1].toObject()["error"].toObject()["reason"].toString().isEmpty());
        const Outcome one = run(QStringList{"render", church, "-o", at("alone.jpg")} + page);
        QCOMPARE(files[0].toObject()["raster"], one.json()["raster"]);
        QCOMPARE(files[2].toObject()["raster"], one.json()["raster"]);
        QVERIFY(bytesOf(at("many/again.jpg")) == bytesOf(at("alone.jpg")));
        // Two photos of one name would become one file.
        QCOMPARE(run(QStringList{"render", church, church, "-o", at("many")} + page)
                     .json()["error"]
                     .toObject()["reason"]
                     .toString(),
                 QString("output-twice"));
    }
    void aRenderedPageSaysWhatMadeIt() {
        const Outcome page =
            run({"render", church, "--product", "13x18", "--profile", "photo-rgb", "--json", "-o", at("first.tif")});
        QVERIFY2(page.code == 0, page.err.constData());
        QVERIFY(page.json()["fingerprint"].toString().contains("; photo libjpeg-turbo "));
    }
    void aProofOfAPageThatWasProofedBeforeIsTheSameFile() {
        const QStringList proof{"proof", church, "--product", "13x18", "--profile", "photo-rgb", "--json", "-o"};
        const Outcome first = run(proof + QStringList{at("first.png")});
        const Outcome second = run(proof + QStringList{at("second.png")});
        QVERIFY2(first.code == 0 && second.code == 0, first.err.constData());
        QVERIFY(!bytesOf(at("first.png")).isEmpty());
        QVERIFY(bytesOf(at("first.png")) == bytesOf(at("second.png")));
        QCOMPARE(second.json()["fingerprint"], first.json()["fingerprint"]);
        QCOMPARE(second.json()["raster"], first.json()["raster"]);
    }

    void everyOutputKindIsWritten_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("magic");
        QTest::addColumn<QString>("profile");
        QTest::newRow("jpg") << "a.jpg" << QByteArray("\xff\xd8\xff") << "photo-rgb";
        QTest::newRow("png") << "a.png" << QByteArray("\x89PNG") << "photo-rgb";
        QTest::newRow("tif") << "a.tif" << QByteArray("II*") << "photo-rgb";
        QTest::newRow("pwg") << "a.pwg" << QByteArray("RaS2") << "photo-rgb";
        QTest::newRow("cmyk tif") << "c.tif" << QByteArray("II*") << "photo-cmyk";
        QTest::newRow("cmyk pwg") << "c.pwg" << QByteArray("RaS2") << "photo-cmyk";
    }
    void everyOutputKindIsWritten() {
        QFETCH(QString, name);
        QFETCH(QByteArray, magic);
        QFETCH(QString, profile);
        const Outcome done = run({"render", church, "--size", "5x7.5cm", "--dpi", "150", "--profile", profile, "--lane",
                                  "archival", "-o", at(name)});
        QVERIFY2(done.code == 0, done.err.constData());
        QVERIFY(bytesOf(at(name)).startsWith(magic));
    }

    void aProofIsUprightAndPaperIsNotWhite() {
        const Outcome done = run({"proof", church, "--product", "10x15", "--profile", "photo-rgb", "--fit", "--paper",
                                  "--json", "-o", at("proof.png")});
        QVERIFY2(done.code == 0, done.err.constData());
        QVERIFY(done.json()["gamut"].toObject()["percentOutOfGamut"].toDouble() > 0);
        const auto proof = contone::image::testing::readPng(at("proof.png").toStdString());
        QVERIFY(proof.has_value());
        QVERIFY(proof->size.height > proof->size.width);
        // --fit leaves paper around: the sheet's own white, bluish gray by the synthetic profile, not 255.
        const auto* corner = proof->strip().row<std::uint8_t>(0);
        QVERIFY(corner[0] < 252 && corner[0] > 200);
    }

    void failuresHaveTheirNumbers_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::newRow("unknown product") << QStringList{"render",    church, "--product", "1x1",
                                                        "--profile", "srgb", "-o",        at("x.png")}
                                         << 55;
        QTest::newRow("bad size") << QStringList{"render",    church, "--size", "big",
                                                 "--profile", "srgb", "-o",     at("x.png")}
                                  << 41;
        QTest::newRow("bad output") << QStringList{"render",    church, "--size", "10x15cm",
                                                   "--profile", "srgb", "-o",     at("x.gif")}
                                    << 44;
        QTest::newRow("no such folder") << QStringList{"render",    church, "--size", "10x15cm",
                                                       "--profile", "srgb", "-o",     at("no/x.png")}
                                        << 26;
        QTest::newRow("damaged profile")
            << QStringList{"render",    church,
                           "--size",    "10x15cm",
                           "--profile", contone::tests::sourceFolder + QString("/tests/data/profiles/bad.icc"),
                           "-o",        at("x.png")}
            << 30;
        QTest::newRow("not a photo") << QStringList{"inspect", contone::tests::sourceFolder + QString("/README.md")}
                                     << 11;
        QTest::newRow("unknown order") << QStringList{"print", "4711", "--setup", "s"} << 60;
        QTest::newRow("unknown model") << QStringList{"setup", "add",     "s",  "--route",  "sim", "--uri",
                                                      at("s"), "--model", "no", "--medium", "4x6"}
                                       << 56;
        QTest::newRow("bad route") << QStringList{"setup", "add",     "s",         "--route",  "fax", "--uri",
                                                  at("s"), "--model", "dnp-ds620", "--medium", "4x6"}
                                   << 48;
        QTest::newRow("not understood") << QStringList{"frobnicate"} << 2;
    }
    void failuresHaveTheirNumbers() {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        const Outcome done = run(arguments);
        QCOMPARE(done.code, code);
        QVERIFY(!done.err.isEmpty());
        QVERIFY(!QFile::exists(at("x.png")) && !QFile::exists(at("x.gif")));  // nothing half-written
    }

    void ordersThatAnotherProgramUsesAreWaitedFor() {
        QCOMPARE(run({"order", "list"}).code, 0);  // makes them
        const int lock = ::open(at("home/lock").toUtf8().constData(), O_RDWR | O_CLOEXEC);
        QVERIFY(lock >= 0 && ::flock(lock, LOCK_EX | LOCK_NB) == 0);
        QProcess second;
        second.setProcessChannelMode(QProcess::MergedChannels);
        second.start(contone::tests::programFolder + QString("/contone"), {"--home", at("home"), "order", "list"});
        QByteArray said;
        while (!said.contains("Waiting") && second.waitForReadyRead(20000)) said += second.readAll();
        QVERIFY2(said.contains("Waiting"), said.constData());
        ::close(lock);
        QVERIFY(second.waitForFinished(20000));
        QCOMPARE(second.exitCode(), 0);
    }

    void aProofLeavesNothingThatOthersMayLookInto() {
        const CliBench fresh;
        QCOMPARE(
            fresh.run({"proof", church, "--product", "10x15", "--profile", "photo-rgb", "-o", fresh.at("p.png")}).code,
            0);
        const Outcome next = fresh.run({"order", "list"});
        QVERIFY2(next.code == 0 && next.err.isEmpty(), next.err.constData());
    }

    void whatMayBeWorthlessIsPrintedOnlyOnAWord() {
        QCOMPARE(run({"setup", "add", "desk", "--route", "sim", "--uri", at("desk-tray"), "--model", "dnp-ds620",
                      "--medium", "4x6"})
                     .code,
                 0);
        QCOMPARE(run({"setup", "verify", "desk"}).code, 0);
        const Outcome added =
            run({"order", "add", contone::tests::sourceFolder + QString("/tests/data/cases/lost-sector.jpg"),
                 "--product", "10x15"});
        QCOMPARE(added.code, 0);
        QVERIFY2(added.out.contains("slightly damaged"), added.out.constData());
        const Outcome asked = run({"print", "1001", "--setup", "desk"});
        QCOMPARE(asked.code, 235);
        QVERIFY2(asked.out.contains("slightly damaged") && asked.out.contains("--accept"), asked.out.constData());
        QCOMPARE(run({"print", "1001", "--setup", "desk", "--accept", "--wait"}).code, 0);
        QCOMPARE(QDir(at("desk-tray")).entryList({"sheet-*.png"}).size(), 1);
        const Outcome shown = run({"order", "show", "1001"});
        QVERIFY2(shown.out.contains("slightly damaged") && shown.out.contains("Accepted by"), shown.out.constData());
    }

    void anOrderIsPrintedOnceAndItsSheetsAreListed() {
        QCOMPARE(run({"setup", "add", "counter", "--route", "sim", "--uri", at("tray"), "--model", "dnp-ds620",
                      "--medium", "4x6"})
                     .code,
                 0);
        const Outcome added =
            run({"order", "add", church, contone::tests::sourceFolder + QString("/README.md"), "--product", "10x15",
                 "--copies", "2", "--name", "Jo", "--adjust", "exposure=0.2 shadows=20 look=film", "--json"});
        QCOMPARE(added.code, 11);  // one file is no photo; the other is ordered all the same
        QCOMPARE(added.json()["refused"].toArray().size(), 1);
        const QString number = QString::number(added.json()["order"].toObject()["number"].toInt());
        QCOMPARE(run({"print", number, "--setup", "counter"}).code, 65);  // not verified
        QCOMPARE(run({"setup", "verify", "counter"}).code, 0);
        const Outcome printed = run({"print", number, "--setup", "counter", "--wait", "--json"});
        QVERIFY2(printed.code == 0, printed.err.constData());
        QCOMPARE(printed.json()["sheets"].toArray().size(), 2);
        QCOMPARE(run({"print", number, "--setup", "counter", "--wait"}).code, 69);  // all are out
        const QJsonArray sheets = run({"sheets", number, "--json"}).json()["sheets"].toArray();
        QCOMPARE(sheets.size(), 2);
        QCOMPARE(run({"sheets"}).out.count("order " + number.toUtf8() + ", sheet "), 2);
        QVERIFY(run({"sheets", "--in-question", "--json"}).json()["sheets"].toArray().isEmpty());
        for (const auto& sheet : sheets) QCOMPARE(sheet.toObject()["state"].toString(), QString("out"));
        QCOMPARE(QDir(at("tray")).entryList({"sheet-*.png"}).size(), 2);
        const QJsonObject record = run({"sheets", "show", sheets[0].toObject()["id"].toString(), "--json"}).json();
        QCOMPARE(record["recipe"].toObject()["raster"].toArray()[0].toInt(), 1240);  // the DS620's own raster
        QCOMPARE(record["recipe"].toObject()["frames"].toArray()[0].toObject()["adjustments"].toString(),
                 QString("exposure=0.2 shadows=20 look=film"));
        QCOMPARE(record["setup"].toObject()["name"].toString(), QString("counter"));
        QVERIFY(sheets[0].toObject()["fingerprint"].toString().contains("libjpeg-turbo"));
        const Outcome verified = run({"sheets", "verify", sheets[0].toObject()["id"].toString(), "--json"});
        QVERIFY2(verified.code == 0, verified.err.constData());
        QVERIFY(verified.json()["same"].toBool());
        // The simulated tray holds exactly the pixels whose hash the ledger recorded.
        const auto paper = contone::image::testing::readPng(
            at("tray").toStdString() + "/sheet-" + sheets[0].toObject()["attempt"].toString().toStdString() + ".png");
        QVERIFY(paper.has_value());
        QCOMPARE(QString::fromStdString(contone::image::rasterHash(*paper).toString()),
                 sheets[0].toObject()["raster"].toString());
    }
    void tablesThatWereHarmedAreMadeAnewFromTheEvents() {
        const Outcome added = run({"order", "add", church, "--product", "10x15", "--json"});
        QCOMPARE(added.code, 0);
        const QJsonObject orders = run({"order", "list", "--json"}).json();
        QVERIFY(!orders["orders"].toArray().isEmpty());
        {
            auto store = contone::db::Database::open(at("home/contone.db").toStdString(), contone::db::Missing::Fail);
            QVERIFY(store->run("UPDATE orders SET number = number + 7").has_value());
        }
        QVERIFY(run({"order", "list", "--json"}).json() != orders);
        QCOMPARE(run({"store", "rebuild"}).code, 0);
        const CliBench mistyped;
        QCOMPARE(mistyped.run({"store", "rebuild"}).code, 223);
        QVERIFY(!QFile::exists(mistyped.at("home")));
        QCOMPARE(run({"order", "list", "--json"}).json(), orders);
    }
};

QTEST_GUILESS_MAIN(CliTest)
#include "cli_test.moc"
