// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A recipe's canonical form: stable, complete, and back again.
#include <QTest>
#include <clocale>

#include "core/render/recipe.h"

using namespace contone;
using namespace contone::render;

namespace {

Recipe example() {
    Recipe r;
    r.photos.push_back({Sha256::of("photo"),
                        {6000, 4000},
                        image::Orientation::Rotate90,
                        Sha256::of("profile"),
                        image::SourceBasis::ExifInteropR03});
    r.raster = {1240, 1920};
    r.frames.push_back({0, Crop{1.0 / 3, 0.1, 0.5, 0.25}.rounded(), {0, 38, 1240, 1844}, image::Orientation::Rotate90});
    r.outputProfile = Sha256::of("printer");
    r.lane = Lane::Archival;
    r.intent = icc::Intent::Perceptual;
    r.sharpening = {SharpenLevel::Standard, 90, 1000, 50};
    return r;
}

}  // namespace

class RecipeTest : public QObject {
    Q_OBJECT
  private slots:
    void aRecipeComesBackAsItWas() {
        const Recipe r = example();
        const auto back = parseRecipe(canonical(r));
        QVERIFY(back);
        QVERIFY(*back == r);
        QVERIFY(hashOf(*back) == hashOf(r));
    }
    void aBorderFillComesBackAndOtherPagesKeepTheirNames() {
        QVERIFY(canonical(example()).find("borderFill") == std::string::npos);
        Recipe r = example();
        r.borderFill = BorderFill{{0, 38, 1240, 1844}, {30, 42, 60}};
        const auto back = parseRecipe(canonical(r));
        QVERIFY(back && *back == r);
        Recipe other = r;
        other.borderFill->colour.blue = 61;
        QVERIFY(hashOf(other) != hashOf(r) && hashOf(example()) != hashOf(r));
        other = r;
        other.borderFill->box.x = 1;
        QVERIFY(hashOf(other) != hashOf(r));
    }
    void opacityAndSoftEdgesComeBackAndStandOnlyWhereTheyAreUsed() {
        QVERIFY(canonical(example()).find("opacity") == std::string::npos);
        QVERIFY(canonical(example()).find("softEdge") == std::string::npos);
        Recipe thin = example(), soft = example();
        thin.frames[0].opacityPermille = 250;
        soft.frames[0].softEdgeUm = 3000;
        for (const Recipe& r : {thin, soft}) {
            const auto back = parseRecipe(canonical(r));
            QVERIFY(back && *back == r);
            QVERIFY(hashOf(r) != hashOf(example()));
        }
        QVERIFY(hashOf(thin) != hashOf(soft));
    }
    void turnedInksComeBackAndStandOnlyWhereTheyAre() {
        QVERIFY(canonical(example()).find("inks") == std::string::npos);
        Recipe turned = example();
        turned.photos[0].inks = image::InkSense::Turned;
        const auto back = parseRecipe(canonical(turned));
        QVERIFY(back && *back == turned);
        QVERIFY(hashOf(turned) != hashOf(example()));
    }
    void aCommaForADecimalPointChangesNothing() {
        // Window toolkits set the user's locale. Where no such locale is installed this only repeats the round trip.
        const std::string before = std::setlocale(LC_ALL, nullptr);
        const char* set = nullptr;
        for (const char* name : {"de_DE.UTF-8", "fr_FR.UTF-8", "ru_RU.UTF-8", "it_IT.UTF-8"})
            if (!set) set = std::setlocale(LC_NUMERIC, name);
        const Crop crop = Crop{1.0 / 3, 0.25, 0.5, 0.125}.rounded();
        const auto back = parseRecipe(canonical(example()));
        std::setlocale(LC_ALL, before.c_str());
        QCOMPARE(crop.left, 0.333333333);
        QCOMPARE(crop.height, 0.125);
        QVERIFY(back && *back == example());
    }
    void theCanonicalFormNeverChanges() {
        // If this fails, pages that shops have stored can no longer be named: raise renderVersion and keep a reader.
        QVERIFY(
            canonical(example()).starts_with("{\"blackPoint\":true,\"channels\":3,\"depth\":8,\"dither\":true,\"dpi\":["
                                             "300,300],\"frames\":[{\"box\":[0,38,1240,1844],"
                                             "\"crop\":[\"0.333333333\",\"0.100000000\",\"0.500000000\",\"0."
                                             "250000000\"],\"photo\":0,\"turn\":6}],\"intent\":\"perceptual\""));
        QVERIFY(canonical(example()).ends_with(
            ",\"renderVersion\":3,\"sharpening\":{\"amount\":1000,\"level\":\"standard\","
            "\"overshoot\":50,\"radiusUm\":90}}"));
    }
    void everyFieldChangesTheHash() {
        std::vector<Recipe> variants(16, example());
        variants[1].photos[0].original = Sha256::of("other");
        variants[2].photos[0].sourceProfile = Sha256::of("other");
        variants[3].raster.width++;
        variants[4].dpiX.value++;
        variants[5].frames[0].box.x++;
        variants[6].frames[0].crop.left += 1e-9;
        variants[7].lane = Lane::Fast;
        variants[8].intent = icc::Intent::Relative;
        variants[9].blackPoint = icc::BlackPoint::AsIs;
        variants[10].device.depth = image::Depth::U16;
        variants[11].dither = false;
        variants[12].sharpening.level = SharpenLevel::High;
        variants[13].sharpening.radiusUm++;
        variants[14].sharpening.amountPermille++;
        variants[15].sharpening.overshootPermille++;
        for (std::size_t i = 0; i < variants.size(); i++)
            for (std::size_t j = 0; j < i; j++)
                QVERIFY2(hashOf(variants[i]) != hashOf(variants[j]), qPrintable(QString("%1 %2").arg(i).arg(j)));
    }
    void damagedRecipesAreRefused() {
        const std::string good = canonical(example());
        for (std::size_t cut = 0; cut < good.size(); cut += 7) QVERIFY(!parseRecipe(good.substr(0, cut)));
        Recipe tooMuch = example();
        tooMuch.sharpening.amountPermille = maxAmountPermille + 1;
        QCOMPARE(parseRecipe(canonical(tooMuch)).error().reason, std::string("recipe-damaged"));
        Recipe noneButSome = example();
        noneButSome.sharpening.level = SharpenLevel::None;
        QCOMPARE(parseRecipe(canonical(noneButSome)).error().reason, std::string("recipe-damaged"));
        QCOMPARE(parseRecipe("{\"renderVersion\":99}").error().reason, std::string("recipe-version"));
    }
};

QTEST_GUILESS_MAIN(RecipeTest)
#include "recipe_test.moc"
