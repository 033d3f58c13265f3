// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The resampler against the double-precision oracle and against itself on other processors, and dither against
// arithmetic.
#include <hwy/targets.h>
#include <QTest>
#include <algorithm>
#include <cstring>
#include <functional>
#include <limits>
#include <random>

#include "core/render/dither.h"
#include "core/render/kernels/resample.h"
#include "core/render/resampler.h"
#include "tests/core/render/reference.h"

using namespace contone;
using namespace contone::render;

namespace {

struct Size {
    int width = 0, height = 0;
};

/// A picture of samples as a file has them, rows apart as the kernels want them.
template <class T>
struct Samples {
    Size size;
    int channels = 3;
    std::vector<T> values;
    std::size_t stride() const { return static_cast<std::size_t>(size.width * channels) + kernels::slack / sizeof(T); }
    T& at(int x, int y, int c) {
        return values[static_cast<std::size_t>(y) * stride() + static_cast<std::size_t>(x * channels + c)];
    }
    static Samples of(Size size, int channels, const std::function<T()>& next) {
        Samples s{size, channels, {}};
        // What lies between the rows must not matter.
        s.values.resize(s.stride() * static_cast<std::size_t>(size.height), static_cast<T>(1));
        for (int y = 0; y < size.height; y++)
            for (int x = 0; x < size.width; x++)
                for (int c = 0; c < channels; c++) s.at(x, y, c) = next();
        return s;
    }
    /// As 0…1, packed.
    std::vector<double> exact() {
        const double one = std::is_integral_v<T> ? static_cast<double>(std::numeric_limits<T>::max()) : 1.0;
        std::vector<double> result;
        for (int y = 0; y < size.height; y++)
            for (int x = 0; x < size.width; x++)
                for (int c = 0; c < channels; c++) result.push_back(static_cast<double>(at(x, y, c)) / one);
        return result;
    }
};

template <class T>
constexpr RowSamples kindOf() {
    return std::is_same_v<T, std::uint8_t>    ? RowSamples::Bytes
           : std::is_same_v<T, std::uint16_t> ? RowSamples::Words
                                              : RowSamples::Floats;
}

template <class T>
std::vector<float> resample(const Samples<T>& in, const Crop& crop, Size out) {
    FrameGeometry geometry;
    geometry.x = crop.left * in.size.width;
    geometry.y = crop.top * in.size.height;
    geometry.width = crop.width * in.size.width;
    geometry.height = crop.height * in.size.height;
    geometry.size = {out.width, out.height};
    const Resampler resampler(kindOf<T>(), in.channels, {in.size.width, in.size.height}, geometry);
    Resampler::Scratch scratch = resampler.scratch();
    const auto samples = static_cast<std::size_t>(out.width * in.channels);
    std::vector<float> row(samples + kernels::slack / sizeof(float)), result;
    std::vector<const std::byte*> taps(static_cast<std::size_t>(resampler.tapRows()));
    for (int y = 0; y < out.height; y++) {
        for (std::size_t t = 0; t < taps.size(); t++)
            taps[t] = reinterpret_cast<const std::byte*>(
                in.values.data() + in.stride() * (static_cast<std::size_t>(resampler.firstRow(y)) + t));
        resampler.row(taps, y, scratch, row.data());
        result.insert(result.end(), row.begin(), row.begin() + static_cast<std::ptrdiff_t>(samples));
    }
    return result;
}

/// The largest difference to double precision; a photo has nothing beyond its black and white.
template <class T>
double worstError(Samples<T>& in, const Crop& crop, Size out) {
    const std::vector<double> expected = render::testing::referenceResample(in.exact(), in.size.width, in.size.height,
                                                                            in.channels, crop, out.width, out.height);
    const std::vector<float> got = resample(in, crop, out);
    double worst = 0;
    for (std::size_t i = 0; i < expected.size(); i++)
        worst = std::max(worst, std::fabs(std::clamp(expected[i], 0.0, 1.0) - static_cast<double>(got[i])));
    return worst;
}

void addShapes() {
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<double>("left");
    QTest::addColumn<double>("extent");
    QTest::addColumn<int>("outWidth");
    QTest::addColumn<int>("outHeight");
    QTest::newRow("reducing, whole") << 200 << 131 << 0.0 << 1.0 << 47 << 60;
    QTest::newRow("reducing by much") << 500 << 301 << 0.0 << 1.0 << 13 << 7;
    QTest::newRow("enlarging, whole") << 40 << 31 << 0.0 << 1.0 << 133 << 90;
    QTest::newRow("cropped, fractional") << 160 << 120 << 0.137 << 0.581 << 61 << 77;
    QTest::newRow("cropped at the far edge") << 160 << 120 << 0.419 << 0.581 << 61 << 77;
    QTest::newRow("fewer pixels than taps") << 3 << 2 << 0.0 << 1.0 << 17 << 9;
    QTest::newRow("one pixel") << 1 << 1 << 0.0 << 1.0 << 5 << 4;
    QTest::newRow("same size") << 64 << 48 << 0.0 << 1.0 << 64 << 48;
    for (int width = 1; width <= 40; width++)
        QTest::addRow("%d pixels wide", width) << width + 3 << 9 << 0.0 << 1.0 << width << 5;
}

/// One row of a test's table, for 1, 3 and 4 channels; noise between black and white, and nothing but the two.
template <class T>
void comparePrecision(double bound) {
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(double, left);
    QFETCH(double, extent);
    QFETCH(int, outWidth);
    QFETCH(int, outHeight);
    std::mt19937 random(7);
    const auto noise = [&] {
        if constexpr (std::is_integral_v<T>)
            return static_cast<T>(random());
        else
            return std::uniform_real_distribution<T>(0, 1)(random);
    };
    constexpr T white = std::is_integral_v<T> ? std::numeric_limits<T>::max() : T(1);
    for (const int channels : {1, 3, 4})
        for (const bool extreme : {false, true}) {
            const auto value = [&]() -> T { return extreme ? (random() % 2 == 0 ? T(0) : white) : noise(); };
            auto in = Samples<T>::of({width, height}, channels, value);
            const double worst = worstError(in, {left, left, extent, extent}, {outWidth, outHeight});
            QVERIFY2(worst < bound, qPrintable(QString("%1 of 1/255 with %2 channels").arg(worst * 255).arg(channels)));
        }
}

/// Chooses the kernels of one kind of processor until the end of its life.
class Processor {
  public:
    explicit Processor(std::int64_t target) { hwy::GetChosenTarget().Update(target); }
    ~Processor() { hwy::GetChosenTarget().DeInit(); }
    Processor(const Processor&) = delete;
    Processor& operator=(const Processor&) = delete;
};

template <class T>
void compareProcessors() {
    std::mt19937 random(11);
    for (const int channels : {1, 3, 4})
        for (int width = 1; width < 70; width++) {
            auto in = Samples<T>::of({width, 23}, channels, [&] {
                return std::is_integral_v<T> ? static_cast<T>(random()) : static_cast<T>(random() % 4096) / T(4095);
            });
            const Crop crop{0.05, 0.1, 0.9, 0.8};
            for (const Size out : {Size{(width + 1) / 2, 9}, Size{width * 2 + 1, 31}}) {
                std::vector<std::vector<float>> results;
                for (const std::int64_t target : {std::int64_t{HWY_AVX2}, std::int64_t{HWY_SSE4},
                                                  std::int64_t{HWY_SCALAR} | std::int64_t{HWY_EMU128}}) {
                    if (target == HWY_AVX2 && (hwy::SupportedTargets() & HWY_AVX2) == 0) continue;
                    const Processor processor(target);
                    results.push_back(resample(in, crop, out));
                }
                QVERIFY(results.size() >= 2);
                for (const auto& result : results)
                    QCOMPARE(std::memcmp(result.data(), results.front().data(), result.size() * sizeof(float)), 0);
            }
        }
}

/// The R2 sequence as its paper gives it: thresholds from the page position, in 32-bit integers.
int dithered(std::uint32_t value, int x, int y, int channel) {
    const std::uint32_t phase = static_cast<std::uint32_t>(y) * 0x91E10DA5U +
                                static_cast<std::uint32_t>(x) * 0xC13FA9A9U +
                                static_cast<std::uint32_t>(channel) * 0x55555555U;
    const std::uint64_t threshold = (std::uint64_t{phase} * 257) >> 32;
    return static_cast<int>(value / 257 + (value % 257 > threshold ? 1 : 0));
}

}  // namespace

class ResampleTest : public QObject {
    Q_OBJECT
  private slots:
    void bytesAgreeWithDoublePrecision_data() { addShapes(); }
    // Issue bound: one step of 8 bits. Weights of 14 bits and rows of 7 bits behind the point are worth a quarter.
    void bytesAgreeWithDoublePrecision() { comparePrecision<std::uint8_t>(0.25 / 255); }
    void wordsAgreeWithDoublePrecision_data() { addShapes(); }
    void wordsAgreeWithDoublePrecision() { comparePrecision<std::uint16_t>(1.0 / 65535); }
    // The bound of the archival lane: one step of 16 bits.
    void floatsAgreeWithDoublePrecision_data() { addShapes(); }
    void floatsAgreeWithDoublePrecision() { comparePrecision<float>(1.0 / 65535); }

    void everyProcessorGivesTheSameBytes() {
        compareProcessors<std::uint8_t>();
        compareProcessors<std::uint16_t>();
        compareProcessors<float>();
    }
    void aFlatPictureOfBytesStaysExactlyFlat() {
        for (int level = 0; level < 256; level++) {
            auto flat = Samples<std::uint8_t>::of({30, 20}, 3, [&] { return static_cast<std::uint8_t>(level); });
            const std::vector<float> out = resample(flat, {0.1, 0.1, 0.5, 0.7}, {17, 41});
            for (const float v : out) QCOMPARE(v, out.front());
            // Two roundings of a float at most.
            QVERIFY(std::fabs(static_cast<double>(out.front()) - level / 255.0) < 1.2e-7);
        }
        for (const int level : {0, 255}) {
            auto flat = Samples<std::uint8_t>::of({30, 20}, 3, [&] { return static_cast<std::uint8_t>(level); });
            QCOMPARE(resample(flat, {0, 0, 1, 1}, {9, 9}).front(), static_cast<float>(level) / 255.0F);
        }
    }
    void aFlatPictureOfFloatsStaysFlat() {
        auto flat = Samples<float>::of({30, 20}, 4, [] { return 0.4F; });
        for (const float v : resample(flat, {0.1, 0.1, 0.5, 0.7}, {17, 41})) QVERIFY(std::fabs(v - 0.4F) < 1e-6F);
    }
    void quantisedWeightsSumToExactlyOne() {
        for (const auto& [in, out] : {std::pair{4000, 1201}, {333, 2000}, {5, 90}, {6000, 77}}) {
            const Weights exact = lanczos3(in, 0.3, in - 0.6, out);
            const FixedWeights fixed = quantised(exact, 4);
            QCOMPARE(fixed.taps % 4, 0);
            for (int o = 0; o < out; o++) {
                int sum = 0;
                for (int t = 0; t < fixed.taps; t++) {
                    sum += fixed.of(o)[t];
                    const float wanted = t < exact.taps ? exact.of(o)[t] : 0;
                    QVERIFY(std::fabs(static_cast<float>(fixed.of(o)[t]) - wanted * 16384.0F) < 1.01F);
                }
                QCOMPARE(sum, 16384);
            }
        }
    }
    void ditherLeavesBlackWhiteAndExactLevelsAlone() {
        for (int level = 0; level < 256; level++) {
            const std::vector<std::uint16_t> in(300, static_cast<std::uint16_t>(level * 257));
            std::vector<std::uint8_t> out(300);
            for (const int y : {0, 1, 77}) {
                ditherRow(in.data(), out.data(), 100, 3, {0, y});
                for (const std::uint8_t v : out) QCOMPARE(static_cast<int>(v), level);
            }
        }
    }
    void ditherKeepsTheMean() {
        for (const int value : {1, 100, 128, 200, 30000, 65400}) {
            const std::vector<std::uint16_t> in(256, static_cast<std::uint16_t>(value));
            std::vector<std::uint8_t> out(256);
            double sum = 0;
            for (int y = 0; y < 256; y++) {
                ditherRow(in.data(), out.data(), 256, 1, {0, y});
                for (const std::uint8_t v : out) sum += v;
            }
            // 65,536 pixels: the mean must be within 1/500 of a level.
            QVERIFY(std::fabs(sum / 65536 - value / 257.0) < 0.002);
        }
    }
    void everyProcessorDithersAndRoundsAsArithmeticSays() {
        std::mt19937 random(5);
        std::vector<std::uint16_t> in(65536);
        for (std::size_t i = 0; i < in.size(); i++) in[i] = static_cast<std::uint16_t>(i);
        std::shuffle(in.begin(), in.end(), random);
        std::vector<std::uint8_t> out(in.size());
        const RowOnPage places[] = {{0, 0}, {7, 3}, {2399, 20, -1, 0}, {11, 4999, 0, -1}, {0, 31, 0, 1}};
        for (const std::int64_t target :
             {std::int64_t{HWY_AVX2}, std::int64_t{HWY_SSE4}, std::int64_t{HWY_SCALAR} | std::int64_t{HWY_EMU128}}) {
            if (target == HWY_AVX2 && (hwy::SupportedTargets() & HWY_AVX2) == 0) continue;
            const Processor processor(target);
            roundRow(in.data(), out.data(), 65536);
            for (std::size_t i = 0; i < in.size(); i++) QCOMPARE(static_cast<int>(out[i]), (in[i] + 128) / 257);
            for (const int channels : {1, 3, 4})
                for (const RowOnPage& at : places) {
                    const int width = 65536 / channels;
                    ditherRow(in.data(), out.data(), width, channels, at);
                    for (int i = 0; i < width * channels; i++) {
                        const int x = at.x + i / channels * at.stepX, y = at.y + i / channels * at.stepY;
                        QCOMPARE(static_cast<int>(out[static_cast<std::size_t>(i)]),
                                 dithered(in[static_cast<std::size_t>(i)], x, y, i % channels));
                    }
                }
        }
    }
    void roundingIsToNearest() {
        const std::uint16_t in[] = {0, 128, 129, 65535, 65407, 65406};
        std::uint8_t out[6];
        roundRow(in, out, 6);
        const std::uint8_t expected[] = {0, 0, 1, 255, 255, 254};
        for (int i = 0; i < 6; i++) QCOMPARE(out[i], expected[i]);
    }
};

QTEST_GUILESS_MAIN(ResampleTest)
#include "resample_test.moc"
