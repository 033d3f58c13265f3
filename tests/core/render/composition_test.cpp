// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Composed pages: what lies over something else is mixed in linear light, before the device; what is bare has no ink.
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include "core/render/light_samples.h"
#include "core/render/paper_mask.h"
#include "icc/print_colour.h"
#include "tests/core/render/every_processor.h"
#include "tests/core/render/memory_source.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::render;
using image::Channels;
using image::Depth;
using image::Orientation;
using render::testing::colourful;
using render::testing::isSameEverywhere;
using render::testing::MemorySource;
using render::testing::OnePhoto;
using render::testing::rendered;

namespace {

/// IEC 61966-2-1.
double lightOfCode(double code) {
    return code <= 0.04045 ? code / 12.92 : std::pow((code + 0.055) / 1.055, 2.4);
}
double codeOfLight(double light) {
    return light <= 0.0031308 ? light * 12.92 : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
}

image::Picture flat(int width, int height, Srgb colour) {
    image::Picture picture = image::Picture::ofSize({width, height}, {Channels::Rgb, Depth::U8});
    for (std::size_t i = 0; i < picture.bytes.size(); i++)
        picture.bytes[i] = static_cast<std::byte>(i % 3 == 0 ? colour.red : i % 3 == 1 ? colour.green : colour.blue);
    return picture;
}

int sampleAt(const image::Picture& page, int x, int y, int c) {
    return page.strip().row<std::uint16_t>(y)[x * image::count(page.format.channels) + c];
}

/// Several photos in sRGB on one page, in 16 bits.
struct Photos : OnePhoto {
    Photos(const std::vector<image::Picture>& photos, image::PixelSize raster, const icc::Profile& output)
        : OnePhoto(photos.front(), Orientation::Upright, raster, output) {
        recipe.frames.clear();
        recipe.photos.resize(photos.size(), recipe.photos.front());
        for (std::size_t i = 0; i < photos.size(); i++) recipe.photos[i].uprightSize = photos[i].size;
        recipe.device = {static_cast<Channels>(output.channels()), Depth::U16};
        recipe.dither = false;
        ingredients.openPhoto = [photos](int index,
                                         const image::PhotoRequest&) -> Result<std::unique_ptr<image::PhotoSource>> {
            return std::make_unique<MemorySource>(photos[static_cast<std::size_t>(index)], Orientation::Upright);
        };
    }
    void lay(int photo, image::PixelRect box, int opacity = Frame::opaque, int softEdgeUm = 0) {
        recipe.frames.push_back({photo, {}, box, Orientation::Upright, opacity, softEdgeUm});
    }
};

/// A page with everything that composing knows.
Photos busyPage() {
    Photos page({colourful(300, 220), colourful(120, 160)}, {211, 149}, icc::Profile::syntheticPhotoRgb());
    page.recipe.device.depth = Depth::U8;
    page.recipe.dither = true;
    page.recipe.sharpening = {SharpenLevel::High, 90, 1600, 80};
    page.recipe.borderFill = BorderFill{{3, 5, 200, 140}, {30, 90, 160}};
    page.lay(0, {10, 12, 150, 110});
    page.lay(1, {90, 40, 100, 100}, 700, 2000);
    page.lay(0, {0, 0, 60, 60}, 1000, 500);
    page.recipe.frames[1].turn = Orientation::Rotate90;
    return page;
}

}  // namespace

class CompositionTest : public QObject {
    Q_OBJECT
  private slots:
    void twoFramesAtHalfOpacityMixInLinearLight() {
        const Srgb below{200, 60, 40}, above{40, 120, 220};
        Photos page({flat(50, 50, below), flat(50, 50, above)}, {60, 50}, icc::Profile::srgb());
        page.lay(0, {0, 0, 40, 50});
        page.lay(1, {20, 0, 30, 50}, 500);
        const image::Picture picture = rendered(page);
        const std::array<int, 3> a{below.red, below.green, below.blue}, b{above.red, above.green, above.blue};
        for (std::size_t c = 0; c < 3; c++) {
            // By hand, in the light of sRGB: mixing light is the same in every linear RGB.
            const double lightA = lightOfCode(a[c] / 255.0), lightB = lightOfCode(b[c] / 255.0);
            const auto isNear = [&](int x, double light) {
                const double wanted = codeOfLight(light) * 65535;
                return std::fabs(sampleAt(picture, x, 25, static_cast<int>(c)) - wanted) <= 24;  // a tenth of 1/255
            };
            QVERIFY(isNear(10, lightA));
            QVERIFY(isNear(30, (lightA + lightB) / 2));
            QVERIFY(isNear(45, (1 + lightB) / 2));  // over paper
            QCOMPARE(sampleAt(picture, 55, 25, static_cast<int>(c)), 65535);
        }
    }

    void aSoftEdgeFadesOverMicrometresOfPaper() {
        // Black over paper, 30 pixels at 300 dpi, 60 at 600: light is 1 - (3t² - 2t³) at the centres of the pixels.
        for (const int dpi : {300, 600}) {
            Photos page({flat(50, 50, {0, 0, 0})}, {200, 160}, icc::Profile::srgb());
            page.recipe.dpiX = page.recipe.dpiY = Dpi{dpi};
            page.lay(0, {10, 0, 180, 160}, 1000, 2540);
            const image::Picture picture = rendered(page);
            const double edge = dpi / 10.0;
            for (int x = 0; x < 80; x++) {
                const double t = std::min(1.0, (x + 0.5) / edge);
                const double wanted = codeOfLight(1 - t * t * (3 - 2 * t)) * 65535;
                const int left = sampleAt(picture, 10 + x, 80, 0), right = sampleAt(picture, 189 - x, 80, 0);
                QVERIFY2(std::fabs(left - wanted) < 64, qPrintable(QString("%1: %2 %3").arg(x).arg(left).arg(wanted)));
                QVERIFY(std::abs(right - left) <= 2);
            }
        }
    }

    void whatNothingLiesOnHasNoInk() {
        for (const auto& profile : {icc::Profile::syntheticPhotoRgb(), icc::Profile::syntheticPhotoCmyk()}) {
            Photos page({colourful(90, 70)}, {80, 66}, profile);
            page.lay(0, {10, 10, 30, 30});
            page.lay(0, {30, 20, 30, 40}, 500);
            const image::Picture picture = rendered(page);
            const int paper = profile.channels() == 4 ? 0 : 65535;
            for (int y = 0; y < 66; y++)
                for (int x = 0; x < 80; x++) {
                    const bool isCovered =
                        (x >= 10 && x < 40 && y >= 10 && y < 40) || (x >= 30 && x < 60 && y >= 20 && y < 60);
                    for (int c = 0; c < profile.channels() && !isCovered; c++)
                        QCOMPARE(sampleAt(picture, x, y, c), paper);
                }
        }
    }

    void theMaskCoversWhatLiesOutsideAllBoxes() {
        // Wider than 64: the mask looks at so many pixels at once.
        auto page = Composition::create({.raster = {130, 7}});
        QVERIFY(page);
        const auto input = icc::InputTransform::create(icc::Profile::srgb(), {});
        QVERIFY(input);
        const PaintColours gray({{90, 90, 90}, {}, 0}, {1, 1}, *input, input->gamut());
        for (const image::PixelRect& box : {image::PixelRect{2, 1, 3, 3}, {4, 2, 4, 1}, {0, 5, 130, 1}, {60, 1, 70, 1}})
            page->lay(Coverage({.box = box}), gray);
        const PaperMask mask(*page, {1, 0.5, 0, 0}, 1);
        const auto masked = [&](int y) {
            std::vector<std::uint16_t> samples(130, 7);
            Row row{.device = samples.data(), .place = {0, y, 1, 0}, .width = 130};
            mask.run(row);
            std::string text;
            for (const auto s : samples) text += s == 7 ? '#' : s == 65535 ? '.' : '?';
            return text;
        };
        const auto row = [](std::initializer_list<std::pair<int, int>> spans) {
            std::string text(130, '.');
            for (const auto& [from, to] : spans) std::fill(text.begin() + from, text.begin() + to, '#');
            return text;
        };
        QCOMPARE(masked(0), row({}));
        QCOMPARE(masked(1), row({{2, 5}, {60, 130}}));
        QCOMPARE(masked(2), row({{2, 8}}));
        QCOMPARE(masked(3), row({{2, 5}}));
        QCOMPARE(masked(4), row({}));
        QCOMPARE(masked(5), row({{0, 130}}));
        QCOMPARE(masked(6), row({}));
    }

    void anyNumberOfThreadsAndEveryProcessorGiveTheSameBytes() {
        Photos page = busyPage();
        const QTemporaryDir tables;
        page.ingredients.tables = std::make_shared<ColourTables>(tables.path().toStdString());
        QVERIFY(isSameEverywhere(page));
    }

    void aComposedPageInAScratchFileIsTheSameAndLeavesNothingBehind() {
        const QTemporaryDir folder;
        Photos page = busyPage();
        page.recipe.outputProfile = icc::Profile::srgb().hash();
        page.ingredients.outputProfile = icc::Profile::srgb();  // needs no table
        const image::Picture inMemory = rendered(page);
        page.ingredients.tables = std::make_shared<ColourTables>(folder.path().toStdString());
        image::PictureSink sink;
        QVERIFY(renderPage(page.recipe, page.ingredients, sink, {.canvasBudget = 0}));
        QVERIFY(sink.picture() == inMemory);
        QVERIFY(folder.isValid() && QDir(folder.path()).isEmpty());
    }

    void aFrameIsTheSameAloneAndOnAComposedPage() {
        // The canvas costs at most ΔE2000 0.1. Photo paper: what a person compares is what is printed.
        const icc::Profile paper = icc::Profile::syntheticPhotoRgb();
        Photos alone({colourful(140, 90)}, {140, 90}, paper);
        alone.lay(0, {0, 0, 140, 90});
        Photos composed = alone;
        composed.recipe.borderFill = BorderFill{{0, 0, 140, 90}, {0, 0, 0}};  // out of sight
        const image::Picture one = rendered(alone), other = rendered(composed);
        std::vector<float> a, b;
        for (std::size_t i = 0; i < one.bytes.size() / 2; i++) {
            a.push_back(static_cast<float>(reinterpret_cast<const std::uint16_t*>(one.bytes.data())[i]) / 65535.0F);
            b.push_back(static_cast<float>(reinterpret_cast<const std::uint16_t*>(other.bytes.data())[i]) / 65535.0F);
        }
        const std::vector<double> differences = icc::PrintColour::create(paper)->deltaE(a, b);
        const double worst = std::ranges::max(differences);
        qInfo("the canvas costs at most ΔE2000 %.4f", worst);
        QVERIFY2(worst <= 0.1, qPrintable(QString::number(worst)));
    }

    void photosOfDifferentWorkingSpacesShareAPage() {
        // ProPhoto works in wide RGB: a photo in sRGB beside it keeps its colours.
        const auto wide = icc::Profile::fromFile(Path(tests::sourceFolder) / "tests/data/profiles/ProPhoto-v4.icc");
        QVERIFY(wide);
        Photos page({colourful(60, 60), colourful(60, 60)}, {120, 60}, icc::Profile::srgb());
        page.lay(0, {0, 0, 60, 60}, 999);
        page.lay(1, {60, 0, 60, 60}, 999);
        const image::Picture plain = rendered(page);
        page.recipe.photos[1].sourceProfile = wide->hash();
        const auto open = page.ingredients.openPhoto;
        page.ingredients.openPhoto =
            [&](int index, const image::PhotoRequest& request) -> Result<std::unique_ptr<image::PhotoSource>> {
            if (index == 0) return open(index, request);
            auto source = std::make_unique<MemorySource>(colourful(60, 60), Orientation::Upright);
            source->setColour(icc::sourceColour(*wide, image::SourceBasis::EmbeddedProfile));
            return source;
        };
        const image::Picture mixed = rendered(page);
        int worst = 0, changed = 0;
        for (int y = 0; y < 60; y++)
            for (int x = 0; x < 120; x++)
                for (int c = 0; c < 3; c++) {
                    const int difference = std::abs(sampleAt(plain, x, y, c) - sampleAt(mixed, x, y, c));
                    (x < 60 ? worst : changed) = std::max(x < 60 ? worst : changed, difference);
                }
        QVERIFY2(worst <= 128, qPrintable(QString::number(worst)));  // half of 1/255, in the darkest channel
        QVERIFY(changed > 2000);                                     // the other is read as ProPhoto
    }

    void lightSamplesKeepBlackAndWhiteAndAllThatPrints() {
        QCOMPARE(lightOf(lightSample(0.0F)), 0.0F);
        QCOMPARE(lightOf(lightSample(1.0F)), 1.0F);
        for (int i = -440; i <= 103'400; i++) {
            const double light = i / 100'000.0;
            const float value = static_cast<float>(light), kept = lightOf(lightSample(value));
            QVERIFY(std::fabs(kept - value) <= (light + 1 / 64.0) / 16384 + 1e-7);
        }
        QVERIFY(lightOf(lightSample(5.0F)) > 1.98F && lightOf(lightSample(-1.0F)) < -0.0078F);
        QVERIFY(lightOf(lightSample(std::nanf(""))) < 0);
    }
};

QTEST_GUILESS_MAIN(CompositionTest)
#include "composition_test.moc"
