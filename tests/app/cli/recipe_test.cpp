// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A page by its recipe: made again from the same photos, whatever they are called by now, and from no others.
#include <QDir>
#include <QFile>
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
        QVERIFY(!QDir(at("card.recipe.stencils")).entryList(QDir::Files).isEmpty());
        QCOMPARE(run({"render", sunset, church, "--recipe", at("card.recipe"), "-o", at("again.png")}).code, 0);
        QCOMPARE(bytesOf(at("again.png")), bytesOf(at("card.png")));
        // Letters that were tampered with are not printed.
        QFile letters(QDir(at("card.recipe.stencils")).entryInfoList(QDir::Files).front().filePath());
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
        QVERIFY(QFile::copy(church, at("mine.jpg")));
        QVERIFY(run({"render", at("mine.jpg"), "--size", "60x40", "--profile", "srgb", "--overwrite", "--save-recipe",
                     at("mine.jpg"), "-o", at("never.png")})
                    .code != 0);
        QCOMPARE(bytesOf(at("mine.jpg")), bytesOf(church));
    }
};

QTEST_GUILESS_MAIN(RecipeTest)
#include "recipe_test.moc"
