// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Noise: how much there is is seen, grain and spots go, and means, edges and clean photos stay.
#include <QTest>
#include <random>

#include "core/render/denoised_source.h"
#include "tests/core/render/memory_source.h"

using namespace contone;
using namespace contone::render;
using render::testing::colourful;
using render::testing::MemorySource;
using render::testing::OnePhoto;
using render::testing::rendered;

namespace {

using Codes = std::array<double, 3>;

image::Picture words(int width, int height) {
    return image::Picture::ofSize({width, height}, {image::Channels::Rgb, image::Depth::U16});
}
std::uint16_t* at(image::Picture& picture, int x, int y) {
    return picture.strip().row<std::uint16_t>(y) + static_cast<std::ptrdiff_t>(x) * 3;
}
/// Each pixel's `code`, with noise of `sigma` in each channel by itself.
template <class CodesAt>
image::Picture noisy(int width, int height, double sigma, const CodesAt& code) {
    image::Picture picture = words(width, height);
    std::mt19937 random(11);
    std::normal_distribution<double> noise(0, 1);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            const Codes c = code(x, y);
            for (std::size_t k = 0; k < 3; k++)
                at(picture, x, y)[k] =
                    static_cast<std::uint16_t>(std::lround(65535 * std::clamp(c[k] + sigma * noise(random), 0.0, 1.0)));
        }
    return picture;
}
image::Picture flat(double sigma) {
    return noisy(256, 192, sigma, [](int, int) { return Codes{0.55, 0.45, 0.4}; });
}

NoiseLevel levelOf(const image::Picture& picture) {
    MemorySource source(picture, image::Orientation::Upright);
    return *measureNoise(source);
}

/// All rows, `rows` at a read.
image::Picture read(image::PhotoSource& source, int rows) {
    image::Picture all = image::Picture::ofSize(source.facts().size, source.facts().pixels);
    for (int y = 0; y < all.size.height;) {
        image::MutableStrip strip = all.strip();
        strip.data += strip.stride * static_cast<std::size_t>(y);
        strip.rows = std::min(rows, all.size.height - y);
        const auto got = source.read(strip);
        if (!got || *got == 0) qFatal("read");
        y += *got;
    }
    return all;
}
image::Picture denoised(const image::Picture& picture, NoiseReduction wanted, int threads = 1, int rows = 1000,
                        int stripRows = 1000, image::PixelSize fullSize = {}) {
    auto photo = std::make_unique<MemorySource>(picture, image::Orientation::Upright, fullSize);
    photo->setStripRows(stripRows);
    DenoisedSource source(std::move(photo), wanted, levelOf(picture), threads);
    return read(source, rows);
}

struct Statistics {
    Codes mean{};
    double luma = 0, chroma = 0;  ///< standard deviations; chroma: of R' - Y'
};
Statistics statisticsOf(const image::Picture& picture) {
    Statistics s;
    double sum[2]{}, squares[2]{};
    const auto* samples = reinterpret_cast<const std::uint16_t*>(picture.bytes.data());
    const auto pixels = static_cast<double>(picture.bytes.size() / 6);
    for (std::size_t i = 0; i < picture.bytes.size() / 2; i += 3) {
        const double c[3] = {samples[i] / 65535.0, samples[i + 1] / 65535.0, samples[i + 2] / 65535.0};
        for (std::size_t k = 0; k < 3; k++) s.mean[k] += c[k] / pixels;
        const double y = 0.299 * c[0] + 0.587 * c[1] + 0.114 * c[2], seen[2] = {y, c[0] - y};
        for (std::size_t k = 0; k < 2; k++) {
            sum[k] += seen[k];
            squares[k] += seen[k] * seen[k];
        }
    }
    s.luma = std::sqrt(squares[0] / pixels - std::pow(sum[0] / pixels, 2));
    s.chroma = std::sqrt(squares[1] / pixels - std::pow(sum[1] / pixels, 2));
    return s;
}

/// CIELAB a* (D50) of sRGB codes.
double aOf(const Codes& code) {
    float rgb[3] = {static_cast<float>(code[0]), static_cast<float>(code[1]), static_cast<float>(code[2])};
    static const auto input = icc::InputTransform::create(icc::Profile::srgb(), {});
    input->apply(rgb, rgb, 1);
    const Vector3 xyz = multiply(icc::workingToXyz(input->gamut()), Vector3{rgb[0], rgb[1], rgb[2]});
    return 500 * (std::cbrt(xyz[0] / 0.9642) - std::cbrt(xyz[1]));
}

}  // namespace

class NoiseTest : public QObject {
    Q_OBJECT
  private slots:
    void noiseIsMeasured() {
        // White noise of 1 in R', G' and B' is 0.669 in Y' and 1.10 in B' - Y', by the weights of BT.601.
        for (const double sigma : {0.005, 0.02, 0.05}) {
            const NoiseLevel level = levelOf(flat(sigma));
            QVERIFY2(std::fabs(static_cast<double>(level.luma) / sigma / 0.669 - 1) < 0.2,
                     qPrintable(QString::number(static_cast<double>(level.luma) / sigma)));
            QVERIFY2(std::fabs(static_cast<double>(level.chroma) / sigma / 1.104 - 1) < 0.25,
                     qPrintable(QString::number(static_cast<double>(level.chroma) / sigma)));
        }
        const NoiseLevel none = levelOf(colourful(256, 192));
        QVERIFY(none.luma < 0.002F && none.chroma < 0.004F);
        QVERIFY(levelOf(words(8, 8)) == NoiseLevel{});
    }
    void grainAndSpotsGoAndTheMeanStays() {
        const image::Picture before = flat(0.02);
        const Statistics was = statisticsOf(before);
        const Statistics grain = statisticsOf(denoised(before, {1, 0}));
        const Statistics spots = statisticsOf(denoised(before, {0, 1}));
        const Statistics both = statisticsOf(denoised(before, {1, 1}));
        qInfo("luma %.4f to %.4f, chroma %.4f to %.4f", was.luma, grain.luma, was.chroma, spots.chroma);
        QVERIFY(grain.luma < was.luma / 2 && std::fabs(grain.chroma / was.chroma - 1) < 0.01);
        QVERIFY(spots.chroma < was.chroma / 2 && std::fabs(spots.luma / was.luma - 1) < 0.01);
        QVERIFY(both.luma < was.luma / 2 && both.chroma < was.chroma / 2);
        for (const Statistics& is : {grain, spots, both})
            for (std::size_t k = 0; k < 3; k++)
                QVERIFY2(std::fabs(is.mean[k] / was.mean[k] - 1) < 0.001, qPrintable(QString::number(is.mean[k])));
        // Half of the way is less.
        const Statistics half = statisticsOf(denoised(before, {0.5F, 0.5F}));
        QVERIFY(half.luma > both.luma && half.luma < was.luma && half.chroma > both.chroma && half.chroma < was.chroma);
    }
    void coloursDoNotBleedOverAnEdge() {
        // Two colours of one lightness, 18 apart in a*, with an edge through the middle of a quarter.
        const Codes left{0.532, 0.450, 0.470}, right{0.413, 0.494, 0.470};
        QVERIFY2(std::fabs(aOf(left) - aOf(right) - 18) < 1, qPrintable(QString::number(aOf(left) - aOf(right))));
        for (const int edge : {128, 130}) {
            const image::Picture before = noisy(256, 512, 0.01, [&](int x, int) { return x < edge ? left : right; });
            const image::Picture after = denoised(before, {1, 1});
            const auto columnOf = [&](const image::Picture& picture, int x) {
                Codes mean{};
                for (int y = 0; y < 512; y++)
                    for (std::size_t k = 0; k < 3; k++)
                        mean[k] +=
                            picture.strip().row<std::uint16_t>(y)[static_cast<std::size_t>(x) * 3 + k] / 65535.0 / 512;
                return aOf(mean);
            };
            double worst = 0;
            for (int x = edge - 12; x < edge + 12; x++)
                worst = std::max(worst, std::fabs(columnOf(after, x) - columnOf(before, x)));
            qInfo("edge at %d: %.2f a*", edge, worst);
            QVERIFY2(worst <= 1, qPrintable(QString::number(worst)));
        }
    }
    void theSameRowsHoweverTheyAreReadAndForAnyThreads() {
        const image::Picture photo = noisy(150, 203, 0.03, [](int x, int y) {
            return Codes{0.2 + 0.004 * x, 0.3 + 0.002 * y, x / 20 % 2 == 0 ? 0.7 : 0.3};
        });
        const image::Picture once = denoised(photo, {0.8F, 0.7F});
        QVERIFY(once.bytes != photo.bytes);
        for (const int rows : {1, 7, 64, 100})
            for (const int threads : {1, 2, 8})
                QVERIFY(denoised(photo, {0.8F, 0.7F}, threads, rows, 110 - rows) == once);
    }
    void whatIsCleanStaysAndWhatIsSmallerThanAPixelIsLeftOut() {
        const image::Picture clean = noisy(64, 80, 0, [](int, int) { return Codes{0.5, 0.4, 0.3}; });
        QVERIFY(denoised(clean, {1, 1}) == clean);
        // Rows that come eight times smaller than the file: noise is below a pixel.
        const image::Picture small = flat(0.02);
        const image::Picture same = denoised(small, {1, 1}, 1, 1000, 1000, {256 * 8, 192 * 8});
        for (std::size_t i = 0; i < small.bytes.size() / 2; i++)
            QVERIFY(std::abs(reinterpret_cast<const std::uint16_t*>(small.bytes.data())[i] -
                             reinterpret_cast<const std::uint16_t*>(same.bytes.data())[i]) <= 1);
    }
    void pagesAreTheSameForAnyThreadsAndGrayPhotosHaveGrainOnly() {
        OnePhoto photo(flat(0.03), image::Orientation::Rotate90, {96, 64}, icc::Profile::srgb());
        photo.recipe.device.depth = image::Depth::U16;
        photo.recipe.dither = false;
        const image::Picture plain = rendered(photo);
        photo.recipe.frames[0].adjustments.set("luma-noise", 60);
        photo.recipe.frames[0].adjustments.set("colour-noise", 80);
        const image::Picture page = rendered(photo, 1);
        QVERIFY(page.bytes != plain.bytes);
        for (const int threads : {2, 3, 8}) QVERIFY(rendered(photo, threads) == page);
        const Statistics was = statisticsOf(plain), is = statisticsOf(page);
        QVERIFY(is.luma < was.luma && is.chroma < was.chroma);

        image::Picture gray = image::Picture::ofSize({128, 128}, {image::Channels::Gray, image::Depth::U8});
        std::mt19937 random(4);
        std::normal_distribution<double> noise(128, 6);
        for (std::byte& b : gray.bytes) b = static_cast<std::byte>(std::lround(noise(random)));
        DenoisedSource source(std::make_unique<MemorySource>(gray, image::Orientation::Upright), {1, 1}, levelOf(gray),
                              1);
        const image::Picture smooth = read(source, 50);
        double squares = 0;
        for (std::size_t i = 0; i < gray.bytes.size(); i++)
            squares += std::pow(reinterpret_cast<const std::uint16_t*>(smooth.bytes.data())[i] / 257.0 - 128, 2);
        QVERIFY(std::sqrt(squares / (128 * 128)) < 3);
    }
};

QTEST_GUILESS_MAIN(NoiseTest)
#include "noise_test.moc"
