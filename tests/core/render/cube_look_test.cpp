// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Looks of the shop's own: what a .cube file may say, what it may not, and that the pixels are those that it means.
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <random>

#include "core/render/adjustments/adjustments.h"
#include "core/render/look_folder.h"
#include "tests/core/render/memory_source.h"

using namespace contone;
using namespace contone::render;
using render::testing::colourful;
using render::testing::OnePhoto;
using render::testing::rendered;
using render::testing::worstDifference;

namespace {

using Rgb = std::array<double, 3>;

/// A cube of `size` nodes a side over 0…1 whose nodes are `of` them.
template <class Function>
std::string cubeFile(int size, const Function& of, const std::string& head = {}) {
    std::string text = "TITLE \"A look\"\n# made here\n" + head + "LUT_3D_SIZE " + std::to_string(size) + "\n";
    for (int b = 0; b < size; b++)
        for (int g = 0; g < size; g++)
            for (int r = 0; r < size; r++) {
                const double most = size - 1;
                for (const double v : of(Rgb{r / most, g / most, b / most})) text += std::to_string(v) + " ";
                text += "\r\n";
            }
    return text;
}

Rgb same(const Rgb& c) {
    return c;
}

CubeLook parsed(const std::string& text) {
    auto look = CubeLook::parse(text);
    if (!look) qFatal("%s", look.error().message.c_str());
    return *std::move(look);
}

Rgb through(const CubeLook& look, const Rgb& c) {
    float rgb[3] = {static_cast<float>(c[0]), static_cast<float>(c[1]), static_cast<float>(c[2])};
    look.apply(rgb, 1);
    return {rgb[0], rgb[1], rgb[2]};
}

/// The sentence that refuses a text.
std::string refusal(const std::string& text) {
    const auto look = CubeLook::parse(text);
    return look ? "taken" : look.error().reason + ": " + look.error().message;
}

OnePhoto exactPage(const image::Picture& upright) {
    OnePhoto photo(upright, image::Orientation::Upright, {60, 40}, icc::Profile::srgb());
    photo.recipe.device.depth = image::Depth::U16;
    photo.recipe.dither = false;
    return photo;
}

Bytes bytesOf(const std::string& text) {
    const auto* first = reinterpret_cast<const std::byte*>(text.data());
    return {first, first + text.size()};
}

/// The photo's page with this look.
Result<image::Picture> with(OnePhoto photo, const std::string& file, CubeEncoding encoding = CubeEncoding::Srgb,
                            int percent = 100) {
    photo.ingredients.openLook = [file](const Sha256&) -> Result<Bytes> { return bytesOf(file); };
    photo.recipe.frames[0].adjustments.look = toText(CubeName{Sha256::of(file), encoding});
    photo.recipe.frames[0].adjustments.lookPercent = percent;
    image::PictureSink sink;
    CONTONE_CHECK(renderPage(photo.recipe, photo.ingredients, sink));
    return sink.picture();
}

}  // namespace

class CubeLookTest : public QObject {
    Q_OBJECT
  private slots:
    void identityIsIdentityInsideTheDomainAndBeyondIt() {
        std::mt19937 random(7);
        std::uniform_real_distribution<double> any(-0.4, 1.4);
        for (const int size : {2, 17, 33, 65}) {
            const CubeLook look = parsed(cubeFile(size, same));
            for (int i = 0; i < 2000; i++) {
                const Rgb c{any(random), any(random), any(random)}, got = through(look, c);
                for (std::size_t k = 0; k < 3; k++) QVERIFY(std::fabs(got[k] - c[k]) < 1.0 / 65535);
            }
        }
    }
    void aPlaneIsAPlaneBetweenTheNodes() {
        // Of any affine look tetrahedra give the exact value everywhere.
        const auto plane = [](const Rgb& c) {
            return Rgb{0.1 + 0.5 * c[0] + 0.2 * c[1], 1.2 - c[1], -0.2 + 0.3 * c[0] + 0.9 * c[2]};
        };
        const CubeLook look = parsed(cubeFile(5, plane));
        std::mt19937 random(8);
        std::uniform_real_distribution<double> any(0, 1);
        for (int i = 0; i < 2000; i++) {
            const Rgb c{any(random), any(random), any(random)}, got = through(look, c), wanted = plane(c);
            for (std::size_t k = 0; k < 3; k++) QVERIFY(std::fabs(got[k] - wanted[k]) < 3e-6);  // six decimals
        }
    }
    void graysOfAGrayCubeStayGray() {
        // Each node gray keeps its channels equal; tetrahedra hold that between the nodes too.
        const CubeLook look =
            parsed(cubeFile(9, [](const Rgb& c) { return Rgb{c[0] * c[0], c[1] * c[1], c[2] * c[2]}; }));
        for (int i = 0; i <= 100; i++) {
            const Rgb got = through(look, {i / 100.0, i / 100.0, i / 100.0});
            QVERIFY(got[0] == got[1] && got[1] == got[2]);
        }
    }
    void aCurveAndItsCubeWorkOneAfterTheOther() {
        // x → x / 2 by the curve over 0…2, then a cube over 0…0.5 that doubles: identity again. A domain per stage.
        const std::string file =
            "LUT_1D_SIZE 3\nLUT_1D_INPUT_RANGE 0 2\nLUT_3D_SIZE 2\nLUT_3D_INPUT_RANGE 0 0.5\n0 0 0\n0.5 0.5 0.5\n1 1 "
            "1\n"
            "0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n";
        const CubeLook look = parsed(file);
        const Rgb got = through(look, {0.2, 0.6, 0.9});
        QVERIFY(std::fabs(got[0] - 0.2) < 1e-6 && std::fabs(got[1] - 0.6) < 1e-6 && std::fabs(got[2] - 0.9) < 1e-6);
        const CubeLook curve = parsed("DOMAIN_MIN -1 0 0\nDOMAIN_MAX 1 1 2\nLUT_1D_SIZE 2\n-0.5 0 0\n1.5 1 1\n");
        const Rgb bent = through(curve, {0, 0.25, 1});
        QVERIFY(std::fabs(bent[0] - 0.5) < 1e-6 && std::fabs(bent[1] - 0.25) < 1e-6 && std::fabs(bent[2] - 0.5) < 1e-6);
        QVERIFY(std::fabs(through(curve, {1, 0, 0})[0] - 1.5) < 1e-6);  // what lies outside 0…1 is kept
    }
    void filesThatLieAreRefusedByLine() {
        const std::string fine = cubeFile(2, same);
        QCOMPARE(refusal(fine), std::string("taken"));
        QCOMPARE(refusal("\xEF\xBB\xBF" + fine), std::string("taken"));
        const auto said = [](const std::string& text, const char* what) {
            const std::string all = refusal(text);
            if (all.starts_with("cube-damaged: Line ") && all.find(what) != std::string::npos) return true;
            qWarning("%s", all.c_str());
            return false;
        };
        QVERIFY(said(fine.substr(0, fine.size() - 30), "8 rows of numbers, but there are 7"));
        QVERIFY(said(fine + "0 0 0\n", "8 rows of numbers, but there are 9"));
        QVERIFY(said("LUT_3D_SIZE 65\n0 0 0\n", "274625 rows of numbers, but there are 1"));
        for (const char* size :
             {"LUT_3D_SIZE 66", "LUT_3D_SIZE 1", "LUT_3D_SIZE -2", "LUT_3D_SIZE 99999999999999999999",
              "LUT_3D_SIZE 2 2", "LUT_3D_SIZE", "LUT_3D_SIZE 2.5"})
            QVERIFY2(said(std::string(size) + "\n", "should say a size from 2 to 65"), size);
        QVERIFY(said("LUT_1D_SIZE 65537\n", "should say a size from 2 to 65536"));
        QVERIFY(said("LUT_3D_SIZE 2\nLUT_3D_SIZE 2\n", "a size twice"));
        for (const char* row : {"0 nan 0", "0 inf 0", "1e9 0 0", "1e999 0 0", "0 0", "0 0 zero", "0 0 0x1", "0,0 0 0"})
            QVERIFY2(said("LUT_1D_SIZE 2\n" + std::string(row) + "\n1 1 1\n", "should have 3 numbers"), row);
        QVERIFY(said("LUT_1D_SIZE 2\n0 0 0 0\n1 1 1\n", "more than 3"));
        QVERIFY(said("NaN 0 0\n", "Line 1 "));
        QVERIFY(said("LUT_1D_SIZE 2\nDOMAIN_MIN 1 0 0\n0 0 0\n1 1 1\n", "Line 2 of this .cube file says a domain"));
        QVERIFY(said("LUT_1D_SIZE 2\nLUT_IN_VIDEO_RANGE\n0 0 0\n1 1 1\n", "not known here"));
        QVERIFY(said("", "none says LUT_1D_SIZE"));
        QVERIFY(said(std::string(100'000, '\0'), "not known here"));
        QCOMPARE(CubeLook::parse(std::string(CubeLook::largestFile + 1, ' ')).error().reason,
                 std::string("file-too-large"));
    }

    void theIdentityCubeLeavesAPageAsItIs() {
        const OnePhoto photo = exactPage(colourful(120, 80));
        const image::Picture plain = rendered(photo);
        for (const CubeEncoding encoding :
             {CubeEncoding::Srgb, CubeEncoding::DisplayP3, CubeEncoding::AdobeRgb, CubeEncoding::LinearSrgb}) {
            const auto page = with(photo, cubeFile(33, same), encoding);
            QVERIFY(page.has_value());
            const int worst = worstDifference(plain, *page);
            QVERIFY2(worst <= 1, qPrintable(QString("%1: %2").arg(contone::toString(encoding)).arg(worst)));
        }
    }
    void aLookTakesSrgbsNumbersAndHalfOfItIsHalfWay() {
        // Negative: each code of the page in sRGB becomes 65535 minus it; half of that is the middle.
        const OnePhoto photo = exactPage(colourful(120, 80));
        const image::Picture plain = rendered(photo);
        const std::string negative = cubeFile(2, [](const Rgb& c) { return Rgb{1 - c[0], 1 - c[1], 1 - c[2]}; });
        for (const int percent : {0, 50, 100}) {
            const auto page = with(photo, negative, CubeEncoding::Srgb, percent);
            QVERIFY(page.has_value());
            int worst = 0;
            for (std::size_t i = 0; i < plain.bytes.size() / 2; i++) {
                const double code = reinterpret_cast<const std::uint16_t*>(plain.bytes.data())[i],
                             got = reinterpret_cast<const std::uint16_t*>(page->bytes.data())[i];
                const double wanted = code + (65535 - 2 * code) * percent / 100;
                worst = std::max(worst, static_cast<int>(std::lround(std::fabs(got - wanted))));
            }
            QVERIFY2(worst <= 2, qPrintable(QString("%1 %: %2").arg(percent).arg(worst)));
        }
    }
    void anotherFileNeverSlipsIn() {
        OnePhoto photo = exactPage(colourful(60, 40));
        const std::string chosen = cubeFile(2, same), other = cubeFile(3, same);
        photo.recipe.frames[0].adjustments.look = toText(CubeName{Sha256::of(chosen)});
        const auto reason = [&] {
            photo.ingredients.tables = std::make_shared<ColourTables>();  // none is kept from before
            image::PictureSink sink;
            const auto page = renderPage(photo.recipe, photo.ingredients, sink);
            return page ? std::string("printed") : page.error().reason;
        };
        QCOMPARE(reason(), std::string("look-missing"));
        photo.ingredients.openLook = [&](const Sha256&) -> Result<Bytes> { return bytesOf(other); };
        QCOMPARE(reason(), std::string("look-changed"));
        photo.ingredients.openLook = [&](const Sha256&) -> Result<Bytes> { return bytesOf(chosen); };
        QCOMPARE(reason(), std::string("printed"));
        const auto back = parseRecipe(canonical(photo.recipe));
        QVERIFY(back && *back == photo.recipe);
    }
    void namesAreReadStrictly() {
        const Sha256 file = Sha256::of("look");
        const std::string hash = file.toString();
        QVERIFY(cubeNamed("cube:" + hash) == CubeName{file});
        QVERIFY((cubeNamed("cube:" + hash + ":display-p3") == CubeName{file, CubeEncoding::DisplayP3}));
        QCOMPARE(toText(CubeName{file, CubeEncoding::AdobeRgb}), "cube:" + hash + ":adobe-rgb");
        for (const std::string& bad : {std::string("film"), "cube:" + hash.substr(1), "cube:" + hash + "x",
                                       "cube:" + hash + ":", "cube:" + hash + ":srgb", std::string("cube:warm")})
            QVERIFY2(!cubeNamed(bad), bad.c_str());
        image::Adjustments all;
        all.look = "cube:" + hash + ":display-p3";
        all.lookPercent = 80;
        const auto back = image::parseAdjustments(image::toText(all));
        QVERIFY(back && *back == all && check(*back).has_value());
        all.look = "cube:warm";
        QCOMPARE(check(all).error().reason, std::string("bad-adjustment"));
    }
    void aFolderOfLooksIsListedAndNamesBecomeHashes() {
        const QTemporaryDir home;
        const Path folder(home.path().toStdString());
        const std::string warm = cubeFile(2, same),
                          dark = cubeFile(2, [](const Rgb& c) { return Rgb{c[0] * 0.6, c[1] * 0.6, c[2] * 0.6}; });
        const auto put = [&](const char* name, const std::string& text) {
            std::ofstream(folder / name, std::ios::binary) << text;
        };
        put("warm.cube", warm);
        put("Dark.CUBE", dark);
        put("lies.cube", "LUT_3D_SIZE 65\n");
        put("notes.txt", "not a look");
        const LookFolder looks(folder);
        const auto all = looks.list();
        QCOMPARE(all.size(), std::size_t{3});
        QVERIFY(all[0].name == "Dark" && !all[0].error && all[0].grayShift > farGrayShift);
        QVERIFY(all[1].name == "lies" && all[1].error->reason == "cube-damaged");
        QVERIFY(all[2].name == "warm" && all[2].grayShift < 0.01 && all[2].hash == Sha256::of(warm));
        image::Adjustments wanted;
        wanted.look = "cube:warm";
        QCOMPARE(looks.resolved(wanted)->look, "cube:" + Sha256::of(warm).toString());
        wanted.look = "cube:warm:display-p3";
        QCOMPARE(looks.resolved(wanted)->look, "cube:" + Sha256::of(warm).toString() + ":display-p3");
        wanted.look = "cube:lies";
        QCOMPARE(looks.resolved(wanted).error().reason, std::string("cube-damaged"));
        wanted.look = "cube:cold";
        QCOMPARE(looks.resolved(wanted).error().reason, std::string("look-missing"));
        wanted.look = "film";
        QCOMPARE(looks.resolved(wanted)->look, std::string("film"));
        QVERIFY(looks.open(Sha256::of(warm)).has_value());
        put("warm.cube", dark);
        QCOMPARE(looks.open(Sha256::of(warm)).error().reason, std::string("look-missing"));
        QVERIFY(LookFolder(folder / "none").list().empty());
    }
};

QTEST_GUILESS_MAIN(CubeLookTest)
#include "cube_look_test.moc"
