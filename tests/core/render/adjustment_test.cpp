// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The place of the adjustments: between half A and sharpening, with parameters and a map of the whole photo, the same
// in a small preview and in a large print.
#include <QTest>

#include "core/render/photo_map.h"
#include "tests/core/render/memory_source.h"

using namespace contone;
using namespace contone::render;
using image::Channels;
using image::Depth;
using image::Orientation;
using render::testing::colourful;
using render::testing::OnePhoto;
using render::testing::worstDifference;

namespace {

/// As shadows or a vignette would be: a strength, and by how many EV each place of the photo moves.
class MappedExposure final : public RowStage {
  public:
    MappedExposure(double strength, PhotoMap stops) : m_strength(strength), m_stops(std::move(stops)) {}
    void run(Row& row) const override {
        for (int x = 0; x < row.width; x++) {
            const float stops = m_stops.at(row.photo.u + x * row.photo.stepU, row.photo.v + x * row.photo.stepV);
            const auto gain = static_cast<float>(std::exp2(m_strength * static_cast<double>(stops)));
            for (int c = 0; c < 3; c++) row.packed[x * 3 + c] *= gain;
        }
    }

  private:
    double m_strength;
    PhotoMap m_stops;
};

PhotoMap corners() {
    return {3, 2, 1, {-1.0F, -0.5F, 0.3F, -0.2F, 0.0F, -1.5F}};
}

image::Picture adjusted(const OnePhoto& photo, const RowStages& stages, int threads = 2) {
    image::PictureSink sink;
    const std::vector<RowStages> all{stages};
    const auto page = renderAdjusted(photo.recipe, all, photo.ingredients, sink, {.threads = threads});
    if (!page) qFatal("%s: %s", page.error().reason.c_str(), page.error().detail.c_str());
    return sink.picture();
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

/// Gain in EV of a page of the gray photo at a pixel, from its code in sRGB.
double stopsAt(const image::Picture& page, int x, int y) {
    const auto light = [](double code) {
        return code <= 0.04045 ? code / 12.92 : std::pow((code + 0.055) / 1.055, 2.4);
    };
    return std::log2(light(page.strip().row<std::uint16_t>(y)[x * 3] / 65535.0) / light(160 / 255.0));
}

}  // namespace

class AdjustmentTest : public QObject {
    Q_OBJECT
  private slots:
    void aMapIsReadBetweenItsCells() {
        const PhotoMap map = corners();
        QCOMPARE(map.at(0, 0), -1.0F);
        QCOMPARE(map.at(1, 1), -1.5F);
        QCOMPARE(map.at(1.0 / 6, 0.25), -1.0F);  // the centre of the first cell
        QCOMPARE(map.at(1.0 / 3, 0.25), -0.75F);
        QCOMPARE(map.at(0.5, 0.5), -0.25F);
    }

    void previewAndPrintAgreeAtEveryPlaceOfThePhoto() {
        // Four crops and sizes, three of them turned: what a pixel gains is what the map says of its place in the
        // photo. 0.01 EV is the bound of research for local tools; rounding to 16 bits is far below it.
        struct Case {
            Orientation stored;
            Crop crop;
            image::PixelSize raster;
        };
        const std::vector<Case> cases{{Orientation::Upright, {}, {60, 40}},
                                      {Orientation::Upright, {0.2, 0.1, 0.5, 0.6}, {600, 480}},
                                      {Orientation::Rotate90, {0.2, 0.1, 0.5, 0.6}, {90, 72}},
                                      {Orientation::Rotate180, {0.5, 0.25, 0.5, 0.5}, {120, 80}},
                                      {static_cast<Orientation>(5), {0.1, 0.4, 0.8, 0.6}, {80, 60}}};
        const RowStages stages{std::make_shared<MappedExposure>(0.8, corners())};
        for (const Case& c : cases) {
            OnePhoto photo = exactPage(gray(150, 100), c.stored, c.raster);
            photo.recipe.frames[0].crop = c.crop;
            const image::Picture page = adjusted(photo, stages);
            double worst = 0;
            for (int y = 0; y < c.raster.height; y++)
                for (int x = 0; x < c.raster.width; x++) {
                    const double u = c.crop.left + c.crop.width * (x + 0.5) / c.raster.width;
                    const double v = c.crop.top + c.crop.height * (y + 0.5) / c.raster.height;
                    const double wanted = 0.8 * static_cast<double>(corners().at(u, v));
                    worst = std::max(worst, std::fabs(stopsAt(page, x, y) - wanted));
                }
            QVERIFY2(worst <= 0.01, qPrintable(QString::number(worst)));
        }
    }

    void anAdjustedFrameIsNeverFusedAndAnIdleStageChangesNothing() {
        OnePhoto photo = exactPage(colourful(90, 60), Orientation::Upright, {70, 50});
        const RowStages idle{std::make_shared<MappedExposure>(0, corners())};
        const image::Picture halves = adjusted(photo, {});
        photo.recipe.photos[0].conversion = Conversion::Fused;
        QVERIFY(adjusted(photo, idle) == halves);
    }

    void sharpeningSeesTheAdjustedPhoto() {
        // A photo made half as bright by a stage is sharpened as the photo that came half as bright: adjusted first.
        image::Picture bright = image::Picture::ofSize({80, 60}, {Channels::Rgb, Depth::U16}), dark = bright;
        for (int y = 0; y < 60; y++)
            for (int x = 0; x < 80 * 3; x++) {
                const double light = (x / 3 / 9 + y / 7) % 2 == 0 ? 0.6 : 0.1;
                const auto code = [](double l) {
                    return static_cast<std::uint16_t>(std::lround(65535 * (1.055 * std::pow(l, 1 / 2.4) - 0.055)));
                };
                bright.strip().row<std::uint16_t>(y)[x] = code(light);
                dark.strip().row<std::uint16_t>(y)[x] = code(light / 2);
            }
        OnePhoto one = exactPage(bright, Orientation::Upright, {80, 60}),
                 other = exactPage(dark, Orientation::Upright, {80, 60});
        const RowStages half{std::make_shared<MappedExposure>(1, PhotoMap(1, 1, 1, {-1.0F}))};
        const int plain = worstDifference(adjusted(one, half), adjusted(other, {}));
        QVERIFY2(plain <= 16, qPrintable(QString::number(plain)));
        one.recipe.sharpening = other.recipe.sharpening = {SharpenLevel::High, 90, 1600, 80};
        const image::Picture sharpened = adjusted(one, half), expected = adjusted(other, {});
        QVERIFY(worstDifference(sharpened, adjusted(other, half)) > 2000);  // there is something to see
        const int worst = worstDifference(sharpened, expected);
        QVERIFY2(worst <= 64, qPrintable(QString::number(worst)));  // a quarter of 1/255
    }

    void framesOfAPageAreAdjustedEachByItself() {
        OnePhoto photo = exactPage(gray(60, 60), Orientation::Upright, {60, 30});
        photo.recipe.frames[0].box = {0, 0, 30, 30};
        photo.recipe.frames.push_back(photo.recipe.frames[0]);
        photo.recipe.frames[1].box = {30, 0, 30, 30};
        const std::vector<RowStages> second{{}, {std::make_shared<MappedExposure>(1, PhotoMap(1, 1, 1, {-1.0F}))}};
        for (const int opacity : {1000, 999}) {  // straight to the device, and composed
            photo.recipe.frames[0].opacityPermille = opacity;
            image::PictureSink sink;
            QVERIFY(renderAdjusted(photo.recipe, second, photo.ingredients, sink));
            QVERIFY(std::fabs(stopsAt(sink.picture(), 10, 10)) < 0.01);
            QVERIFY(std::fabs(stopsAt(sink.picture(), 40, 10) + 1) < 0.01);
        }
    }
};

QTEST_GUILESS_MAIN(AdjustmentTest)
#include "adjustment_test.moc"
