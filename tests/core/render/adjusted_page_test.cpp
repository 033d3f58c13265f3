// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Adjustments on whole pages: the recipe says them, preview and print agree at every place of the photo, each frame has
// its own, and sharpening sees what they made.
#include <QTest>

#include "tests/core/render/memory_source.h"

using namespace contone;
using namespace contone::render;
using image::Channels;
using image::Depth;
using image::Orientation;
using render::testing::colourful;
using render::testing::OnePhoto;
using render::testing::rendered;
using render::testing::worstDifference;

namespace {

double lightOf(double code) {
    return code <= 0.04045 ? code / 12.92 : std::pow((code + 0.055) / 1.055, 2.4);
}
std::uint16_t codeOf(double light) {
    const double code = light <= 0.0031308 ? light * 12.92 : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
    return static_cast<std::uint16_t>(std::lround(65535 * code));
}

/// Light and dark places with soft changes between them, 16 bit gray in RGB.
image::Picture landscape(int width, int height) {
    image::Picture picture = image::Picture::ofSize({width, height}, {Channels::Rgb, Depth::U16});
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width * 3; x++) {
            const double u = (x / 3 + 0.5) / width, v = (y + 0.5) / height;
            picture.strip().row<std::uint16_t>(y)[x] = codeOf(std::exp2(-3 + 2.5 * std::sin(5 * u + 2 * v)));
        }
    return picture;
}

image::Picture gray(int width, int height) {
    image::Picture picture = image::Picture::ofSize({width, height}, {Channels::Rgb, Depth::U8});
    std::ranges::fill(picture.bytes, std::byte{160});
    return picture;
}

OnePhoto exactPage(const image::Picture& upright, Orientation orientation, image::PixelSize raster) {
    OnePhoto photo(upright, orientation, raster, icc::Profile::srgb());
    photo.recipe.device.depth = Depth::U16;
    photo.recipe.dither = false;
    return photo;
}

image::Adjustments with(std::initializer_list<std::pair<const char*, double>> values) {
    image::Adjustments all;
    for (const auto& [id, value] : values) all.set(id, value);
    return all;
}

/// In stops, of a pixel of a page in sRGB.
double stopsAt(const image::Picture& page, int x, int y) {
    return std::log2(lightOf(page.strip().row<std::uint16_t>(y)[x * 3] / 65535.0));
}

}  // namespace

class AdjustedPageTest : public QObject {
    Q_OBJECT
  private slots:
    void theRecipeSaysThemAndOnlyWhereThereAreAny() {
        OnePhoto photo = exactPage(colourful(60, 40), Orientation::Upright, {30, 20});
        const Sha256 plain = hashOf(photo.recipe);
        QVERIFY(canonical(photo.recipe).find("adjust") == std::string::npos);
        photo.recipe.frames[0].adjustments = with({{"exposure", 0.5}, {"shadows", 20}});
        photo.recipe.frames[0].adjustments.look = "film";
        const auto back = parseRecipe(canonical(photo.recipe));
        QVERIFY(back && *back == photo.recipe);
        QVERIFY(hashOf(photo.recipe) != plain);
        photo.recipe.frames[0].adjustments = with({{"glow", 1}});
        image::PictureSink sink;
        QCOMPARE(renderPage(photo.recipe, photo.ingredients, sink).error().reason, std::string("recipe-damaged"));
    }

    void previewAndPrintAgreeAtEveryPlaceOfThePhoto() {
        // Four crops and sizes, three of them turned: what a place gains is the same everywhere. 0.01 EV is the bound
        // of research for local tools.
        struct Case {
            Orientation stored;
            Crop crop;
            image::PixelSize raster;
        };
        const std::vector<Case> cases{{Orientation::Upright, {0.2, 0.1, 0.5, 0.6}, {600, 480}},
                                      {Orientation::Rotate90, {0.2, 0.1, 0.5, 0.6}, {120, 96}},
                                      {Orientation::Rotate180, {0.2, 0.1, 0.5, 0.6}, {200, 160}},
                                      {static_cast<Orientation>(5), {0.2, 0.1, 0.5, 0.6}, {40, 32}}};
        const image::Picture upright = landscape(1200, 800);
        std::vector<std::vector<double>> gains;  // where the smallest one has the centres of its pixels
        for (const Case& c : cases) {
            OnePhoto photo = exactPage(upright, c.stored, c.raster);
            photo.recipe.frames[0].crop = c.crop;
            const image::Picture before = rendered(photo, 2);
            photo.recipe.frames[0].adjustments = with({{"shadows", 100}, {"highlights", -100}, {"clarity", 50}});
            const image::Picture after = rendered(photo, 2);
            std::vector<double> its;
            const int scale = c.raster.width / 40;  // odd
            for (int i = 0; i < 40 * 32; i++) {
                const int x = i % 40 * scale + scale / 2, y = i / 40 * scale + scale / 2;
                its.push_back(stopsAt(after, x, y) - stopsAt(before, x, y));
            }
            gains.push_back(its);
        }
        double most = 0, worst = 0;
        for (const auto& its : gains)
            for (std::size_t i = 0; i < its.size(); i++) {
                most = std::max(most, std::fabs(its[i]));
                worst = std::max(worst, std::fabs(its[i] - gains[0][i]));
            }
        QVERIFY(most > 0.5);  // there is something to agree on
        QVERIFY2(worst <= 0.01, qPrintable(QString::number(worst)));
    }
    void aSmallFileAndALargeOneOfTheSamePhotoGainTheSame() {
        double worst = 0;
        std::vector<double> first;
        for (const int width : {600, 2400}) {
            OnePhoto photo = exactPage(landscape(width, width * 2 / 3), Orientation::Upright, {300, 200});
            const image::Picture before = rendered(photo);
            photo.recipe.frames[0].adjustments = with({{"shadows", 100}, {"highlights", -100}});
            const image::Picture after = rendered(photo);
            for (int i = 0; i < 60; i++) {
                const double gain = stopsAt(after, 5 * i + 2, 3 * i + 1) - stopsAt(before, 5 * i + 2, 3 * i + 1);
                if (width == 600)
                    first.push_back(gain);
                else
                    worst = std::max(worst, std::fabs(gain - first[static_cast<std::size_t>(i)]));
            }
        }
        QVERIFY2(worst <= 0.01, qPrintable(QString::number(worst)));
    }

    void anAdjustedFrameIsNeverFusedAndAllThreadsAgree() {
        OnePhoto photo = exactPage(colourful(90, 60), Orientation::Upright, {70, 50});
        photo.recipe.frames[0].adjustments = with({{"saturation", 20}, {"shadows", 30}, {"vignette", -1}});
        const image::Picture halves = rendered(photo, 1);
        photo.recipe.photos[0].conversion = Conversion::Fused;
        QVERIFY(rendered(photo, 1) == halves);
        QVERIFY(rendered(photo, 3) == halves);
    }

    void sharpeningSeesTheAdjustedPhoto() {
        // A photo made half as bright is sharpened as the photo that came half as bright: adjusted first.
        image::Picture bright = image::Picture::ofSize({80, 60}, {Channels::Rgb, Depth::U16}), dark = bright;
        for (int y = 0; y < 60; y++)
            for (int x = 0; x < 80 * 3; x++) {
                const double light = (x / 3 / 9 + y / 7) % 2 == 0 ? 0.6 : 0.1;
                bright.strip().row<std::uint16_t>(y)[x] = codeOf(light);
                dark.strip().row<std::uint16_t>(y)[x] = codeOf(light / 2);
            }
        OnePhoto one = exactPage(bright, Orientation::Upright, {80, 60}),
                 other = exactPage(dark, Orientation::Upright, {80, 60});
        one.recipe.frames[0].adjustments = with({{"exposure", -1}});
        const int plain = worstDifference(rendered(one), rendered(other));
        QVERIFY2(plain <= 16, qPrintable(QString::number(plain)));
        one.recipe.sharpening = other.recipe.sharpening = {SharpenLevel::High, 90, 1600, 80};
        const int worst = worstDifference(rendered(one), rendered(other));
        QVERIFY2(worst <= 64, qPrintable(QString::number(worst)));  // a quarter of 1/255
    }

    void theSharpeningSliderIsMoreOrLessOfThePapers() {
        OnePhoto photo = exactPage(colourful(90, 60), Orientation::Upright, {90, 60});
        const auto page = [&](int amount, double slider) {
            photo.recipe.sharpening = amount == 0 ? Sharpening{} : Sharpening{SharpenLevel::High, 90, amount, 80};
            photo.recipe.frames[0].adjustments = with({{"sharpening", slider}});
            return rendered(photo);
        };
        QVERIFY(page(1600, 0) != page(0, 0));
        QVERIFY(page(1600, -100) == page(0, 0));
        QVERIFY(page(1600, 50) == page(2400, 0));
        QVERIFY(page(1600, -25) == page(1200, 0));
        QVERIFY(page(3000, 100) == page(maxAmountPermille, 0));
        QVERIFY(page(0, 100) == page(0, 0));  // a paper that wants none gets none
    }

    void framesOfAPageAreAdjustedEachByItself() {
        OnePhoto photo = exactPage(gray(60, 60), Orientation::Upright, {60, 30});
        photo.recipe.frames[0].box = {0, 0, 30, 30};
        photo.recipe.frames.push_back(photo.recipe.frames[0]);
        photo.recipe.frames[1].box = {30, 0, 30, 30};
        photo.recipe.frames[1].adjustments = with({{"exposure", -1}});
        const double before = std::log2(lightOf(160 / 255.0));
        for (const int opacity : {1000, 999}) {  // straight to the device, and composed
            photo.recipe.frames[0].opacityPermille = opacity;
            const image::Picture page = rendered(photo);
            QVERIFY(std::fabs(stopsAt(page, 10, 10) - before) < 0.01);
            QVERIFY(std::fabs(stopsAt(page, 40, 10) - before + 1) < 0.01);
        }
    }
    void aVignetteIsOfWhatIsSeen() {
        OnePhoto photo = exactPage(gray(400, 300), Orientation::Upright, {100, 75});
        photo.recipe.frames[0].crop = {0.5, 0.5, 0.4, 0.4};
        const double before = std::log2(lightOf(160 / 255.0));
        photo.recipe.frames[0].adjustments = with({{"vignette", -1}});
        const image::Picture page = rendered(photo);
        QVERIFY(std::fabs(stopsAt(page, 50, 37) - before) < 0.01);
        for (const auto& [x, y] : {std::pair(0, 0), {99, 0}, {0, 74}, {99, 74}})
            QVERIFY(std::fabs(stopsAt(page, x, y) - before + 1) < 0.05);
    }
};

QTEST_GUILESS_MAIN(AdjustedPageTest)
#include "adjusted_page_test.moc"
