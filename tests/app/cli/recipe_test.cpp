// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A page by its recipe: made again from the same photos, whatever they are called by now, and from no others.
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include "tests/app/cli/cli_bench.h"
#include "tests/places.h"

using contone::testing::bytesOf, contone::testing::CliBench, contone::testing::Outcome;

namespace {

const QString church = contone::tests::sourceFolder + QString("/resources/samples/church.jpg");
const QString sunset = contone::tests::sourceFolder + QString("/resources/samples/sunset.jpg");

}  // namespace

class RecipeTest : public QObject {
    Q_OBJECT
    std::unique_ptr<CliBench> m_bench;

    QString at(const QString& name) const { return m_bench->at(name); }
    Outcome run(const QStringList& arguments) const { return m_bench->run(arguments); }
    Outcome photoPage() const {
        return run({"render", church, "--size", "60x40", "--profile", "photo-rgb", "--adjust",
                    "look=film exposure=0.4 shadows=30", "--straighten", "2", "--save-recipe", at("page.recipe"),
                    "--json", "-o", at("page.png")});
    }

  private slots:
    void init() { m_bench = std::make_unique<CliBench>(); }

    void aPhotosPageIsMadeAgainByteForByte() {
        const Outcome first = photoPage();
        QCOMPARE(first.code, 0);
        QVERIFY(QFile::copy(church, at("other name.jpeg")));
        const Outcome again = run(
            {"render", at("other name.jpeg"), sunset, "--recipe", at("page.recipe"), "--json", "-o", at("again.png")});
        QCOMPARE(again.code, 0);
        QCOMPARE(again.json()["raster"], first.json()["raster"]);
        QCOMPARE(bytesOf(at("again.png")), bytesOf(at("page.png")));
    }

    void aDesignsPageBringsItsLetters() {
        QCOMPARE(run({"sheet", church, sunset, "--template", "polaroid-trio", "--dpi", "100", "--profile", "photo-rgb",
                      "--save-recipe", at("card.recipe"), "-o", at("card.png")})
                     .code,
                 0);
        QVERIFY(!QDir(at("card.recipe.parts")).entryList(QDir::Files).isEmpty());
        QCOMPARE(run({"render", sunset, church, "--recipe", at("card.recipe"), "-o", at("again.png")}).code, 0);
        QCOMPARE(bytesOf(at("again.png")), bytesOf(at("card.png")));
        // Letters that were tampered with are not printed.
        QFile letters(QDir(at("card.recipe.parts")).entryInfoList(QDir::Files).front().filePath());
        QVERIFY(letters.open(QFile::ReadWrite) && letters.seek(letters.size() - 1) && letters.putChar('\x7f'));
        letters.close();
        const Outcome refused =
            run({"render", sunset, church, "--recipe", at("card.recipe"), "--json", "-o", at("bad.png")});
        QCOMPARE(refused.reason(), QString("recipe-damaged"));
        QVERIFY(!QFile::exists(at("bad.png")));
    }

    void aProofShowsTheRecipesPage() {
        QCOMPARE(photoPage().code, 0);
        const Outcome direct =
            run({"proof", church, "--size", "60x40", "--profile", "photo-rgb", "--adjust",
                 "look=film exposure=0.4 shadows=30", "--straighten", "2", "--json", "-o", at("direct.png")});
        const Outcome byRecipe =
            run({"proof", church, "--recipe", at("page.recipe"), "--json", "-o", at("by-recipe.png")});
        QCOMPARE(direct.code, 0);
        QCOMPARE(byRecipe.code, 0);
        QCOMPARE(byRecipe.json()["gamut"], direct.json()["gamut"]);
    }

    /// Recipes are files: what they say is not believed.
    void hostileNumbersAreRefused() {
        QCOMPARE(photoPage().code, 0);
        const QByteArray good = bytesOf(at("page.recipe"));
        const auto refused = [&](const char* pattern, const QString& with) {
            QString text = QString::fromUtf8(good);
            const QString before = text;
            text.replace(QRegularExpression(pattern), with);
            if (text == before) qFatal("%s is not there", pattern);
            QFile file(at("bad.recipe"));
            if (!file.open(QFile::WriteOnly | QFile::Truncate)) qFatal("no file");
            file.write(text.toUtf8());
            file.close();
            const Outcome made = run({"render", church, "--recipe", at("bad.recipe"), "--json", "-o", at("bad.png")});
            return made.reason() == "recipe-damaged" && !QFile::exists(at("bad.png"));
        };
        const char* box = "\"box\":\\[\\d+,\\d+,\\d+,\\d+\\]";
        const char* crop = "\"crop\":\\[\"[^]]*\\]";
        const char* raster = "\"raster\":\\[\\d+,\\d+\\]";
        for (const char* with : {"[2147483000,0,1000,40]", "[0,2147483000,36,1000]", "[-5,0,10,10]", "[0,0,0,4]"})
            QVERIFY2(refused(box, QString("\"box\":") + with), with);
        for (const char* with :
             {"[\"nan\",\"0\",\"1\",\"1\"]", "[\"0\",\"0\",\"1e300\",\"1\"]", "[\"-1\",\"0\",\"1\",\"1\"]",
              "[\"5\",\"5\",\"0.1\",\"0.1\"]", "[\"0\",\"0\",\"inf\",\"1\"]"})
            QVERIFY2(refused(crop, QString("\"crop\":") + with), with);
        for (const char* with : {"[2000000000,2000000000]", "[0,10]", "[-3,10]", "[299999,299999]"})
            QVERIFY2(refused(raster, QString("\"raster\":") + with), with);
        QVERIFY(refused("\"depth\":\\d+", "\"depth\":7"));
        QVERIFY(refused("\"turn\":\\d+", "\"turn\":99"));
        QVERIFY(refused("\\nupright\\n", "\naskew\n"));
        QVERIFY(refused("\\nupright\\n", ""));
    }

    void aLookOfOnesOwnAndATurnedPackageAreMadeAgain() {
        QFile cube(at("mine.cube"));
        QVERIFY(cube.open(QFile::WriteOnly));
        cube.write("LUT_3D_SIZE 2\n0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n0.9 1 1\n");
        cube.close();
        QCOMPARE(run({"render", church, "--size", "60x40", "--profile", "srgb", "--cube", at("mine.cube"),
                      "--save-recipe", at("c.recipe"), "-o", at("c.png")})
                     .code,
                 0);
        QVERIFY(QFile::remove(at("mine.cube")));
        QCOMPARE(run({"render", church, "--recipe", at("c.recipe"), "-o", at("c2.png")}).code, 0);
        QCOMPARE(bytesOf(at("c2.png")), bytesOf(at("c.png")));

        QCOMPARE(run({"sheet", church, "--package", "8*6x9cm", "--product", "13x18", "--dpi", "50", "--save-recipe",
                      at("p.recipe"), "-o", at("p.png")})
                     .code,
                 0);
        QCOMPARE(run({"sheet", church, "--package", "8*6x9cm", "--product", "13x18", "--dpi", "50", "--proof", "-o",
                      at("proof.png")})
                     .code,
                 0);
        QCOMPARE(run({"proof", church, "--recipe", at("p-1.recipe"), "-o", at("again.png")}).code, 0);
        QCOMPARE(bytesOf(at("again.png")), bytesOf(at("proof-1.png")));
    }

    void anotherPhotoAnotherProfileAndADamagedRecipeAreRefused() {
        QCOMPARE(photoPage().code, 0);
        const auto reason = [&](const QStringList& words) {
            return run(words + QStringList{"--json", "-o", at("never.png")}).reason();
        };
        QCOMPARE(reason({"render", sunset, "--recipe", at("page.recipe")}), QString("photo-changed"));
        QCOMPARE(reason({"render", church, "--recipe", at("page.recipe"), "--profile", "srgb"}),
                 QString("profile-changed"));
        QFile recipe(at("page.recipe"));
        QVERIFY(recipe.open(QFile::ReadWrite) && recipe.resize(recipe.size() / 2));
        recipe.close();
        QCOMPARE(reason({"render", church, "--recipe", at("page.recipe")}), QString("recipe-damaged"));
        QCOMPARE(reason({"render", church, "--recipe", at("none.recipe")}), QString("file-missing"));
        QVERIFY(!QFile::exists(at("never.png")));
        // What the recipe says cannot be said otherwise beside it; a recipe never replaces a photo.
        QCOMPARE(
            run({"render", church, "--recipe", at("page.recipe"), "--product", "10x15", "-o", at("never.png")}).code,
            2);
        for (const QStringList& more :
             {QStringList{"--dpi", "600"}, {"--fit"}, {"--straighten", "1"}, {"--cube", "x.cube"}})
            QCOMPARE(reason(QStringList{"render", church, "--recipe", at("page.recipe")} + more),
                     QString("bad-options"));
        QVERIFY(QFile::copy(church, at("mine.jpg")));
        QVERIFY(run({"render", at("mine.jpg"), "--size", "60x40", "--profile", "srgb", "--overwrite", "--save-recipe",
                     at("mine.jpg"), "-o", at("never.png")})
                    .code != 0);
        QCOMPARE(bytesOf(at("mine.jpg")), bytesOf(church));
    }
};

QTEST_GUILESS_MAIN(RecipeTest)
#include "recipe_test.moc"
