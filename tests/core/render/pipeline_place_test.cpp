// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Where a photo lands on its page: in every orientation, reduced or not, to a tenth of a pixel.
#include <QTest>

#include "core/render/dither.h"
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

class PipelinePlaceTest : public QObject {
    Q_OBJECT
  private slots:
    void allEightOrientationsGiveTheSamePage() {
        const image::Picture upright = colourful(140, 90);
        const icc::Profile output = icc::Profile::syntheticPhotoRgb();
        for (const Orientation turn :
             {Orientation::Upright, Orientation::Rotate90, Orientation::Rotate180, Orientation::Rotate270}) {
            image::Picture expected;
            for (int o = 1; o <= 8; o++) {
                const image::PixelSize raster = image::oriented({70, 50}, turn);
                OnePhoto photo(upright, static_cast<Orientation>(o), raster, output);
                photo.recipe.device.depth = Depth::U16;
                photo.recipe.frames[0].turn = turn;
                photo.recipe.frames[0].crop = {0.05, 0.2, 0.9, 0.7};
                const image::Picture page = rendered(photo);
                if (o == 1) expected = page;
                // Rows and columns are summed in another order when the photo lies on its side: float rounding only.
                const int worst = worstDifference(page, expected);
                QVERIFY2(worst <= 16, qPrintable(QString("orientation %1 differs by %2 of 65535").arg(o).arg(worst)));
            }
        }
    }

    void theTurnedPageIsTheUprightPageTurned() {
        const image::Picture upright = colourful(140, 90);
        OnePhoto straight(upright, Orientation::Upright, {70, 45}, icc::Profile::syntheticPhotoRgb());
        OnePhoto turned(upright, Orientation::Upright, {45, 70}, icc::Profile::syntheticPhotoRgb());
        straight.recipe.device.depth = turned.recipe.device.depth = Depth::U16;
        turned.recipe.frames[0].turn = Orientation::Rotate90;
        // Rotating clockwise: what stood left below stands left above.
        const image::Picture page = rendered(straight), side = rendered(turned);
        for (int y = 0; y < 45; y++)
            for (int x = 0; x < 70; x++)
                for (int c = 0; c < 3; c++)
                    QCOMPARE(page.strip().row<std::uint16_t>(y)[x * 3 + c],
                             side.strip().row<std::uint16_t>(x)[(44 - y) * 3 + c]);
    }

    void outsideTheFramesThereIsNoInk() {
        const image::Picture upright = colourful(100, 100);
        for (const auto& profile : {icc::Profile::syntheticPhotoRgb(), icc::Profile::syntheticPhotoCmyk()}) {
            OnePhoto photo(upright, Orientation::Upright, {80, 90}, profile);
            photo.recipe.device.channels = static_cast<Channels>(profile.channels());
            photo.recipe.frames[0].box = {10, 20, 50, 40};
            const image::Picture page = rendered(photo);
            const int paper = profile.channels() == 4 ? 0 : 255;
            for (int y = 0; y < 90; y++)
                for (int x = 0; x < 80; x++) {
                    if (x >= 10 && x < 60 && y >= 20 && y < 60) continue;
                    for (int c = 0; c < profile.channels(); c++)
                        QCOMPARE(static_cast<int>(page.strip().row<std::uint8_t>(y)[x * profile.channels() + c]),
                                 paper);
                }
        }
    }

    void aMarkLandsWhereItShouldToATenthOfAPixel() {
        // A soft spot at (0.3, 0.7) of the photo; crop from (0.1, 0.2), 0.6 x 0.7; box at (8, 12), 90 x 70.
        image::Picture spot = image::Picture::ofSize({300, 200}, {Channels::Rgb, Depth::U8});
        for (int y = 0; y < 200; y++)
            for (int x = 0; x < 300; x++) {
                const double d = std::hypot(x + 0.5 - 90, y + 0.5 - 140) / 6;
                for (int c = 0; c < 3; c++)
                    spot.bytes[static_cast<std::size_t>((y * 300 + x) * 3 + c)] =
                        static_cast<std::byte>(std::lround(255 * std::exp(-d * d)));
            }
        for (int o = 1; o <= 8; o++) {
            OnePhoto photo(spot, static_cast<Orientation>(o), {110, 100}, icc::Profile::srgb());
            photo.recipe.dither = false;
            photo.recipe.device.depth = Depth::U16;
            photo.recipe.frames[0].crop = {0.1, 0.2, 0.6, 0.7};
            photo.recipe.frames[0].box = {8, 12, 90, 70};
            const image::Picture page = rendered(photo);
            double sum = 0, sx = 0, sy = 0;
            for (int y = 12; y < 82; y++)
                for (int x = 8; x < 98; x++) {
                    const double v = page.strip().row<std::uint16_t>(y)[x * 3] > 2000
                                         ? page.strip().row<std::uint16_t>(y)[x * 3]
                                         : 0;
                    sum += v;
                    sx += v * (x + 0.5);
                    sy += v * (y + 0.5);
                }
            QVERIFY(std::fabs(sx / sum - (8 + (0.3 - 0.1) / 0.6 * 90)) < 0.1);
            QVERIFY(std::fabs(sy / sum - (12 + (0.7 - 0.2) / 0.7 * 70)) < 0.1);
        }
    }

    void onlyTheFastLaneAsksForReductionAndOnlyByWhatTheFrameShows() {
        // The crop is 0.5 x 0.8 of 600 x 400 upright pixels on 100 x 50: 3 across, 6.4 down; the lesser counts.
        for (int o = 1; o <= 8; o++) {
            OnePhoto photo(colourful(600, 400), static_cast<Orientation>(o), {100, 50}, icc::Profile::srgb());
            photo.recipe.frames[0].crop = {0.1, 0.1, 0.5, 0.8};
            photo.recipe.intent = icc::Intent::Perceptual;
            std::vector<image::PhotoRequest> requests;
            const auto open = photo.ingredients.openPhoto;
            photo.ingredients.openPhoto = [&](int index, const image::PhotoRequest& request) {
                requests.push_back(request);
                return open(index, request);
            };
            rendered(photo);
            photo.recipe.lane = Lane::Archival;
            rendered(photo);
            photo.recipe.lane = Lane::Fast;
            photo.recipe.frames[0].crop = {0.1, 0.1, 0.1, 0.1};  // enlarged
            rendered(photo);
            QCOMPARE(requests.size(), 3u);
            QVERIFY(std::fabs(requests[0].reducible - 3) < 1e-9);
            QCOMPARE(requests[1].reducible, 1.0);
            QCOMPARE(requests[2].reducible, 1.0);
            // Perceptual to a version 4 device always compensates.
            QVERIFY(requests[0].intent == icc::Intent::Perceptual);
            QVERIFY(requests[0].blackPoint == icc::BlackPoint::Compensate);
        }
    }

    void aPhotoThatComesReducedLandsInTheSamePlace() {
        // A soft spot at (0.3, 0.7) of 599 x 401 pixels; they come at half size, so 300 x 201, the last ones half
        // empty.
        for (int o = 1; o <= 8; o++) {
            const auto orientation = static_cast<Orientation>(o);
            const image::PixelSize full = image::oriented({599, 401}, orientation),
                                   half{(full.width + 1) / 2, (full.height + 1) / 2};
            const auto p = image::parts(orientation);
            double u = p.flipX ? 0.7 : 0.3, v = p.flipY ? 0.3 : 0.7;
            if (p.swap) std::swap(u, v);
            image::Picture spot = image::Picture::ofSize(half, {Channels::Rgb, Depth::U8});
            for (int y = 0; y < half.height; y++)
                for (int x = 0; x < half.width; x++) {
                    const double d = std::hypot(2 * (x + 0.5) - u * full.width, 2 * (y + 0.5) - v * full.height) / 12;
                    for (int c = 0; c < 3; c++)
                        spot.strip().row<std::uint8_t>(y)[x * 3 + c] =
                            static_cast<std::uint8_t>(std::lround(255 * std::exp(-d * d)));
                }
            OnePhoto photo(colourful(599, 401), orientation, {110, 100}, icc::Profile::srgb());
            photo.recipe.dither = false;
            photo.recipe.device.depth = Depth::U16;
            photo.ingredients.openPhoto =
                [&](int, const image::PhotoRequest&) -> Result<std::unique_ptr<image::PhotoSource>> {
                return std::make_unique<render::testing::MemorySource>(spot, orientation, full);
            };
            const image::Picture page = rendered(photo);
            double sum = 0, sx = 0, sy = 0;
            for (int y = 0; y < 100; y++)
                for (int x = 0; x < 110; x++) {
                    const int value = page.strip().row<std::uint16_t>(y)[x * 3];
                    if (value <= 2000) continue;
                    sum += value;
                    sx += value * (x + 0.5);
                    sy += value * (y + 0.5);
                }
            QVERIFY2(std::fabs(sx / sum - 0.3 * 110) < 0.05, qPrintable(QString("%1: %2").arg(o).arg(sx / sum)));
            QVERIFY2(std::fabs(sy / sum - 0.7 * 100) < 0.05, qPrintable(QString("%1: %2").arg(o).arg(sy / sum)));
        }
    }

    void theWorkingPictureLiesUpright() {
        for (int o = 1; o <= 8; o++) {
            OnePhoto photo(colourful(200, 100), static_cast<Orientation>(o), {100, 200},
                           icc::Profile::syntheticPhotoRgb());
            photo.recipe.frames[0].turn = Orientation::Rotate90;
            const auto working = renderWorking(photo.recipe, photo.ingredients, 50);
            QCOMPARE(working->size.width, 50);
            QCOMPARE(working->size.height, 25);
            // Red grows to the right, green downwards.
            QVERIFY(working->rgb[0] < working->rgb[49 * 3]);
            QVERIFY(working->rgb[1] < working->rgb[24 * 50 * 3 + 1]);
        }
    }
};

QTEST_GUILESS_MAIN(PipelinePlaceTest)
#include "pipeline_place_test.moc"
