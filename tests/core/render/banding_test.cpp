// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A 16-bit ramp in 8 bits has no bands: what it differs from the ideal ramp has the spectrum of noise.
#include <QTest>
#include <complex>
#include <numbers>

#include "tests/core/render/memory_source.h"

using namespace contone;
using namespace contone::render;
using image::Channels;
using image::Depth;
using image::Orientation;
using render::testing::OnePhoto;
using render::testing::rendered;

namespace {

constexpr int width = 2048, height = 96;
constexpr double from = 0.30, to = 0.35;  // 12.75 steps of 8 bits, 160 pixels each: as visible as bands get

image::Picture ramp() {
    image::Picture picture = image::Picture::ofSize({width, height}, {Channels::Rgb, Depth::U16});
    auto* sample = reinterpret_cast<std::uint16_t*>(picture.bytes.data());
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            for (int c = 0; c < 3; c++)
                *sample++ = static_cast<std::uint16_t>(std::lround((from + (to - from) * x / (width - 1)) * 65535));
    return picture;
}

/// Power at 1…bins cycles a width of the mean column's difference from the ideal, in squared steps of 8 bits, through a
/// Hann window. Bands run down the page: columns are averaged, as the eye does along a band.
std::vector<double> spectrum(const image::Picture& page, const image::Picture& ideal, int channel, int bins) {
    std::vector<double> difference(width);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            difference[static_cast<std::size_t>(x)] += (page.strip().row<std::uint8_t>(y)[x * 3 + channel] -
                                                        ideal.strip().row<std::uint16_t>(y)[x * 3 + channel] / 257.0) /
                                                       height;
    std::vector<double> power;
    for (int k = 1; k <= bins; k++) {
        std::complex<double> sum = 0;
        for (int x = 0; x < width; x++) {
            const double window = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * (x + 0.5) / width);
            sum += difference[static_cast<std::size_t>(x)] * window *
                   std::polar(1.0, -2 * std::numbers::pi * k * x / width);
        }
        power.push_back(std::norm(sum * (2.0 / width)));
    }
    return power;
}

/// What rounding up or down at random leaves of such a spectrum: noise of variance 1/6 a pixel (the mean of p (1 - p)),
/// averaged over the rows, through the window (3/8) and the scale (2 / width) squared.
constexpr double noiseFloor = 4.0 / width * 3 / 8 / 6 / height;

}  // namespace

class BandingTest : public QObject {
    Q_OBJECT
  private slots:
    void aSixteenBitRampHasNoBands_data() {
        QTest::addColumn<bool>("fused");
        QTest::addColumn<bool>("photoPaper");
        for (const bool fused : {false, true})
            for (const bool photoPaper : {false, true})
                QTest::addRow("%s, %s", fused ? "fused" : "two halves", photoPaper ? "photo paper" : "sRGB")
                    << fused << photoPaper;
    }
    void aSixteenBitRampHasNoBands() {
        QFETCH(bool, fused);
        QFETCH(bool, photoPaper);
        OnePhoto photo(ramp(), Orientation::Upright, {width, height},
                       photoPaper ? icc::Profile::syntheticPhotoRgb() : icc::Profile::srgb());
        photo.recipe.photos[0].conversion = fused ? Conversion::Fused : Conversion::TwoHalves;
        const image::Picture dithered = rendered(photo);
        photo.recipe.sharpening = {SharpenLevel::High, 90, 1600, 80};
        QVERIFY(rendered(photo) == dithered);  // a ramp has no edges to sharpen
        photo.recipe.sharpening = {};
        photo.recipe.dither = false;
        const image::Picture rounded = rendered(photo);
        // For sRGB the ideal is the ramp itself; for photo paper what the page is in 16 bits, before dither.
        photo.recipe.device.depth = Depth::U16;
        const image::Picture ideal = photoPaper ? rendered(photo) : ramp();
        for (int c = 0; c < 3; c++) {
            constexpr int bins = 256;  // up to 8 pixels a cycle: 1.5 cycles/mm at 300 dpi, past where eyes are keenest
            const double bands = std::ranges::max(spectrum(rounded, ideal, c, bins));
            const double left = std::ranges::max(spectrum(dithered, ideal, c, bins));
            qInfo("channel %d, strongest line over the noise floor: %.0f rounded, %.2f dithered", c, bands / noiseFloor,
                  left / noiseFloor);
            QVERIFY(bands > 1000 * noiseFloor);  // the test can see bands
            // The strongest of 256 bins of plain noise is ln 256 = 5.5 times its floor; ours is below that.
            QVERIFY(left < 4 * noiseFloor);
        }
    }
};

QTEST_GUILESS_MAIN(BandingTest)
#include "banding_test.moc"
