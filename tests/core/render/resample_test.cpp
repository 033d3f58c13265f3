// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The resampler against the double-precision oracle, and dither against arithmetic.
#include <QTest>
#include <random>

#include "core/render/dither.h"
#include "core/render/lanczos.h"
#include "core/render/reference.h"

using namespace contone::render;

namespace {

/// Both passes of the fast resampler over a picture of three channels.
std::vector<float> resample(const std::vector<float>& in, int width, int height, const Crop& crop, int outWidth,
                            int outHeight) {
    const Weights across = lanczos3(width, crop.left * width, crop.width * width, outWidth);
    const Weights down = lanczos3(height, crop.top * height, crop.height * height, outHeight);
    std::vector<float> middle(static_cast<std::size_t>(outWidth * height * 4)),
        out(static_cast<std::size_t>(outWidth * outHeight * 4));
    for (int y = 0; y < height; y++)
        resampleRow(in.data() + static_cast<std::ptrdiff_t>(y) * width * 4,
                    middle.data() + static_cast<std::ptrdiff_t>(y) * outWidth * 4, across);
    for (int y = 0; y < outHeight; y++) {
        std::vector<const float*> rows;
        for (int t = 0; t < down.taps; t++)
            rows.push_back(middle.data() +
                           static_cast<std::ptrdiff_t>(down.first[static_cast<std::size_t>(y)] + t) * outWidth * 4);
        combineRows(rows.data(), down.of(y), down.taps, out.data() + static_cast<std::ptrdiff_t>(y) * outWidth * 4,
                    outWidth * 4);
    }
    return out;
}

}  // namespace

class ResampleTest : public QObject {
    Q_OBJECT
  private slots:
    void theResamplerAgreesWithDoublePrecision_data() {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<double>("left");
        QTest::addColumn<double>("extent");
        QTest::addColumn<int>("outWidth");
        QTest::addColumn<int>("outHeight");
        QTest::newRow("reducing, whole") << 200 << 131 << 0.0 << 1.0 << 47 << 60;
        QTest::newRow("enlarging, whole") << 40 << 31 << 0.0 << 1.0 << 133 << 90;
        QTest::newRow("cropped, fractional") << 160 << 120 << 0.137 << 0.581 << 61 << 77;
        QTest::newRow("cropped at the far edge") << 160 << 120 << 0.419 << 0.581 << 61 << 77;
        QTest::newRow("fewer pixels than taps") << 3 << 2 << 0.0 << 1.0 << 17 << 9;
        QTest::newRow("one pixel") << 1 << 1 << 0.0 << 1.0 << 5 << 4;
        QTest::newRow("same size") << 64 << 48 << 0.0 << 1.0 << 64 << 48;
    }
    void theResamplerAgreesWithDoublePrecision() {
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(double, left);
        QFETCH(double, extent);
        QFETCH(int, outWidth);
        QFETCH(int, outHeight);
        std::mt19937 random(7);
        std::uniform_real_distribution<double> value(0, 1);
        std::vector<double> exact;
        std::vector<float> wide;
        for (int i = 0; i < width * height; i++) {
            for (int c = 0; c < 3; c++) {
                const auto v = static_cast<float>(value(random));
                exact.push_back(v);
                wide.push_back(v);
            }
            wide.push_back(0);
        }
        const Crop crop{left, left, extent, extent};
        const std::vector<double> expected = referenceResample(exact, width, height, 3, crop, outWidth, outHeight);
        const std::vector<float> got = resample(wide, width, height, crop, outWidth, outHeight);
        double worst = 0;
        for (int i = 0; i < outWidth * outHeight; i++)
            for (int c = 0; c < 3; c++)
                worst = std::max(worst, std::fabs(expected[static_cast<std::size_t>(i * 3 + c)] -
                                                  static_cast<double>(got[static_cast<std::size_t>(i * 4 + c)])));
        // The bound of the archival lane: one step of 16 bits.
        QVERIFY2(worst < 1.0 / 65535, qPrintable(QString::number(worst)));
    }
    void aFlatPictureStaysFlat() {
        const std::vector<float> flat(static_cast<std::size_t>(30 * 20 * 4), 0.4F);
        for (const float v : resample(flat, 30, 20, {0.1, 0.1, 0.5, 0.7}, 17, 41)) QVERIFY(std::fabs(v - 0.4F) < 1e-6F);
    }
    void ditherLeavesBlackWhiteAndExactLevelsAlone() {
        for (int level = 0; level < 256; level++) {
            const std::vector<std::uint16_t> in(300, static_cast<std::uint16_t>(level * 257));
            std::vector<std::uint8_t> out(300);
            for (const int y : {0, 1, 77}) {
                ditherRow(in.data(), out.data(), 100, 3, y);
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
                ditherRow(in.data(), out.data(), 256, 1, y);
                for (const std::uint8_t v : out) sum += v;
            }
            // 65,536 pixels: the mean must be within 1/500 of a level.
            QVERIFY(std::fabs(sum / 65536 - value / 257.0) < 0.002);
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
