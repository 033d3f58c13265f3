// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Designs by the command line: what comes out has photos and letters where the design says; what is wrong has its code.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>

#include "tests/app/cli/cli_bench.h"
#include "tests/core/image/read_png.h"
#include "tests/places.h"

using contone::testing::CliBench, contone::testing::Outcome;

namespace {

const QString church = contone::tests::sourceFolder + QString("/resources/samples/church.jpg");
const QString sunset = contone::tests::sourceFolder + QString("/resources/samples/sunset.jpg");

}  // namespace

class DesignTest : public QObject {
    Q_OBJECT
    std::unique_ptr<CliBench> m_bench;

    QString at(const QString& name) const { return m_bench->at(name); }
    Outcome run(const QStringList& arguments) const { return m_bench->run(arguments); }
    contone::image::Picture picture(const QString& name) const {
        auto read = contone::image::testing::readPng(at(name).toStdString());
        if (!read) qFatal("%s", read.error().detail.c_str());
        return *std::move(read);
    }

  private slots:
    void init() { m_bench = std::make_unique<CliBench>(); }

    void aSheetHasItsPhotosItsPaperAndItsLetters() {
        const Outcome made = run({"sheet", "--template", "instant", "--text", "line=Mmmmm", sunset, "--dpi", "100",
                                  "--json", "-o", at("card.png")});
        QCOMPARE(made.code, 0);
        const auto card = picture("card.png");
        QCOMPARE(card.size, (contone::image::PixelSize{400, 600}));
        const auto dark = [&](int left, int top, int right, int bottom) {
            int count = 0;
            for (int y = top; y < bottom; y++)
                for (int x = left; x < right; x++)
                    count += std::to_integer<int>(card.strip().row<std::byte>(y)[x * 3 + 1]) < 110;
            return count;
        };
        QCOMPARE(dark(0, 0, 400, 28), 0);             // the card's own colour above the photo
        QVERIFY(dark(30, 35, 370, 435) > 20'000);     // the photo
        const int letters = dark(27, 460, 373, 563);  // its line
        QVERIFY2(letters > 300 && letters < 12'000, qPrintable(QString::number(letters)));
        QCOMPARE(dark(0, 566, 400, 600), 0);
        QCOMPARE(made.json()["frames"].toArray().size(), 1);
    }

    void passportPhotosHaveTheirHeadWhereTheDocumentWantsIt() {
        const QString face = contone::tests::sourceFolder + QString("/tests/data/faces/astronaut.jpg");
        const Outcome made = run({"sheet", face, "--id-photo", "eu-visa", "--product", "13x18", "--dpi", "254",
                                  "--json", "-o", at("visa.png")});
        QVERIFY2(made.code == 0, made.err.constData());
        QCOMPARE(made.json()["frames"].toArray().size(), 9);
        const auto box = made.json()["frames"].toArray()[0].toObject()["box"].toArray();
        QVERIFY(std::abs(box[2].toInt() - 350) <= 1 && std::abs(box[3].toInt() - 450) <= 1);  // 35 × 45 mm
        QCOMPARE(run({"sheet", church, "--id-photo", "eu-visa", "--product", "13x18", "--json", "-o", at("no.png")})
                     .reason(),
                 QString("id-photo-no-face"));
        QCOMPARE(
            run({"sheet", face, "--id-photo", "atlantis", "--product", "13x18", "--json", "-o", at("no.png")}).reason(),
            QString("template-unknown"));
        QCOMPARE(run({"sheet", face, "--id-photo", "eu-visa", "--product", "13x18", "--marks", "1,2", "--json", "-o",
                      at("no.png")})
                     .reason(),
                 QString("bad-options"));
        // With lines on it, it is not the photo that an office takes.
        QCOMPARE(run({"sheet", face, "--id-photo", "eu-visa", "--product", "13x18", "--guides", "--json", "-o",
                      at("no.png")})
                     .reason(),
                 QString("bad-options"));
        QVERIFY(!QFile::exists(at("no.png")));
        QCOMPARE(run({"order", "add", face, "--id-photo", "eu-visa", "--product", "13x18", "--json"}).code, 0);
        QCOMPARE(run({"template", "documents", "--json"}).json()["documents"].toArray().size(), 11);
    }

    void aPackageIsAsFewSheetsAsItCanBe() {
        const Outcome made = run({"sheet", sunset, "--package", "classic", "--product", "20x25", "--dpi", "50",
                                  "--json", "-o", at("p.png")});
        QVERIFY2(made.code == 0, made.err.constData());
        QCOMPARE(made.json()["pages"].toArray().size(), 3);
        for (const char* page : {"p-1.png", "p-2.png", "p-3.png"})
            QVERIFY(picture(page).size == (contone::image::PixelSize{400, 500}) ||
                    picture(page).size == (contone::image::PixelSize{500, 400}));
        QCOMPARE(
            run({"sheet", sunset, "--package", "2*9x13cm", "--product", "13x18", "--dpi", "50", "-o", at("two.png")})
                .code,
            0);
        const auto reason = [&](const char* package, const char* product) {
            return run({"sheet", sunset, "--package", package, "--product", product, "--json", "-o", at("no.png")})
                .reason();
        };
        QCOMPARE(reason("classic", "13x18"), QString("package-paper"));
        QCOMPARE(reason("mine", "13x18"), QString("template-unknown"));
        QCOMPARE(reason("0*9x13cm", "13x18"), QString("bad-options"));
        QCOMPARE(reason("2*9y13", "13x18"), QString("bad-size"));
        const Outcome ordered =
            run({"order", "add", sunset, "--package", "classic", "--product", "20x25", "--copies", "2", "--json"});
        QVERIFY2(ordered.code == 0, ordered.err.constData());
        QCOMPARE(ordered.json()["order"].toObject()["lines"].toArray().size(), 3);
    }

    void optionsThatDoNotGoTogetherAreRefused() {
        const auto reason = [&](const QStringList& more) {
            return run(QStringList{"order", "add", sunset, "--product", "20x25", "--json"} + more).reason();
        };
        for (const QStringList& more : {QStringList{"--package", "classic", "--id-photo", "de-passport"},
                                        {"--package", "classic", "--template", "gallery"},
                                        {"--package", "classic", "--text", "a=b"},
                                        {"--template", "gallery", "--fit"},
                                        {"--package", "classic", "--middle"}})
            QVERIFY2(reason(more) == "bad-options", qPrintable(more.join(" ")));
        QCOMPARE(run({"order", "list", "--json"}).json()["orders"].toArray().size(), 0);
        QCOMPARE(run({"sheet", sunset, "--package", "wallets", "--product", "20x25", "--text", "a=b", "--json", "-o",
                      at("no.png")})
                     .reason(),
                 QString("bad-options"));
    }

    void aBadPackageOfTheShopStopsNoOther() {
        QVERIFY(QDir().mkpath(at("home/packages")));
        QCOMPARE(run({"template", "packages"}).code, 0);  // an empty folder is none
        QFile bad(at("home/packages/bad.toml"));
        QVERIFY(bad.open(QFile::WriteOnly));
        bad.write("id = \"bad\"\nname = \"Bad\"\n");
        bad.close();
        const Outcome told = run({"template", "packages"});
        QCOMPARE(told.code, 0);
        QVERIFY(told.err.contains("bad.toml") && told.out.contains("classic"));
    }

    void placesThatStayEmptyAreTold() {
        const Outcome two = run({"sheet", "--template", "quartet", church, sunset, "--dpi", "50", "-o", at("two.png")});
        QVERIFY2(two.code == 0 && two.out.contains("2 places for a photo stay empty. It takes up to 4 photos."),
                 two.out.constData());
        const Outcome four = run(
            {"sheet", "--template", "quartet", church, sunset, church, sunset, "--dpi", "50", "-o", at("four.png")});
        QVERIFY(four.code == 0 && !four.out.contains("empty"));
    }

    void aPreviewTakesAnyNumberOfPhotosAndCollagesTakeAll() {
        QCOMPARE(run({"template", "preview", "mosaic-nine", church, sunset, "--dpi", "50", "-o", at("nine.png")}).code,
                 0);
        QCOMPARE(picture("nine.png").size, (contone::image::PixelSize{400, 500}));
        const Outcome made = run({"sheet", church, sunset, church, sunset, church, "--template", "collage", "--dpi",
                                  "50", "--json", "-o", at("collage.png")});
        QCOMPARE(made.code, 0);
        QCOMPARE(made.json()["frames"].toArray().size(), 5);
    }

    void straightenedAndTurnedPhotosKeepTheirShape() {
        const QStringList page{"--size", "100x66", "--dpi", "100", "--profile", "srgb"};
        QCOMPARE(run(QStringList{"render", sunset, "--straighten", "-2.5", "-o", at("a.png")} + page).code, 0);
        QCOMPARE(run(QStringList{"render", sunset, "--turn", "right", "--mirror", "-o", at("b.png")} + page).code, 0);
        QVERIFY(picture("b.png").size.height > picture("b.png").size.width);
        for (const char* wrong : {"15.1", "-16", "nan", "1,5", "north"})
            QCOMPARE(run(QStringList{"render", sunset, QString("--straighten=%1").arg(wrong), "-o", at("c.png")} + page)
                         .code,
                     240);
        QVERIFY(!QFile::exists(at("c.png")));
    }

    void aNewTemplateIsGoodAndCanBeUsedFromTheShopsOwnFolder() {
        QVERIFY(QDir().mkpath(at("home/templates")));
        QCOMPARE(run({"template", "new", at("home/templates/our-card.toml")}).code, 0);
        QCOMPARE(run({"template", "new", at("home/templates/our-card.toml")}).code, 226);  // it stays
        QCOMPARE(run({"template", "check", at("home/templates/our-card.toml")}).code, 0);
        const Outcome listed = run({"template", "list", "--json"});
        bool isListed = false;
        for (const auto& one : listed.json()["templates"].toArray()) isListed |= one.toObject()["id"] == "our-card";
        QVERIFY(isListed);
        QCOMPARE(run({"sheet", sunset, "--template", "our-card", "--dpi", "60", "-o", at("ours.png")}).code, 0);
    }

    void whatIsWrongHasItsCode() {
        const QStringList out{"--dpi", "60", "-o", at("x.png")};
        const auto code = [&](const QStringList& words) { return run(words + out).code; };
        QCOMPARE(code({"sheet", sunset, "--template", "nowhere"}), 242);
        QCOMPARE(code({"sheet", sunset, sunset, "--template", "instant"}), 243);
        QCOMPARE(code({"sheet", sunset, "--template", "instant", "--text", "title=x"}), 247);
        QCOMPARE(code({"sheet", sunset, "--template", "instant", "--text", "title"}), 40);
        QCOMPARE(code({"sheet", sunset, "--template", "instant", "--product", "15x15"}), 244);
        QFile file(at("bad.toml"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            "format = 1\nid = \"bad\"\nname = \"Bad\"\nsize_mm = [100, 150]\n[[item]]\nkind = \"photo\"\nbox_mm = [0, "
            "0, -5, 9]\n");
        file.close();
        const Outcome bad = run({"template", "check", at("bad.toml")});
        QCOMPARE(bad.code, 241);
        QVERIFY2(bad.err.contains("bad.toml") && bad.err.contains("line 7"), qPrintable(bad.err));
        QVERIFY(!QFile::exists(at("x.png")));
    }
};

QTEST_GUILESS_MAIN(DesignTest)
#include "design_test.moc"
