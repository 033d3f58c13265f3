// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// YCbCr to RGB against the formulas of H.273 in double precision.
#include <QTest>
#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "core/image/codecs/ycbcr_p.h"

namespace contone::image {
namespace {

struct Form {
    int bits;
    bool isHalfWidth, isHalfHeight;
};
struct Known {
    int matrix, primaries;
    double kr, kb;
};
constexpr int width = 37, height = 23;  // odd, so that the last chroma sample stands alone

int sampleOf(const std::vector<std::uint16_t>& plane, int across, int x, int y) {
    return plane[static_cast<std::size_t>(y * across + x)];
}

/// Linear interpolation between the middles of chroma samples, the border repeated.
double chromaAt(const std::vector<std::uint16_t>& plane, const Form& form, int x, int y) {
    const int across = form.isHalfWidth ? (width + 1) / 2 : width, down = form.isHalfHeight ? (height + 1) / 2 : height;
    const double u = form.isHalfWidth ? (x + 0.5) / 2 - 0.5 : x, v = form.isHalfHeight ? (y + 0.5) / 2 - 0.5 : y;
    const double left = std::floor(u), top = std::floor(v);
    const auto at = [&](double i, double j) {
        return sampleOf(plane, across, std::clamp(static_cast<int>(i), 0, across - 1),
                        std::clamp(static_cast<int>(j), 0, down - 1));
    };
    const double a = u - left, b = v - top;
    return (1 - b) * ((1 - a) * at(left, top) + a * at(left + 1, top)) +
           b * ((1 - a) * at(left, top + 1) + a * at(left + 1, top + 1));
}

struct Planes {
    std::array<std::vector<std::uint16_t>, 3> deep;
    std::array<std::vector<std::uint8_t>, 3> bytes;
};

class YCbCrTest : public QObject {
    Q_OBJECT

    static double worst(const Form& form, const YCbCrCoding& coding, const Known& known) {
        std::mt19937 random(7);
        const int top = (1 << form.bits) - 1;
        Planes in, out;
        YCbCrPlanes from;
        RgbPlanes to;
        from.width = width;
        from.height = height;
        from.bits = form.bits;
        from.isHalfWidth = form.isHalfWidth;
        from.isHalfHeight = form.isHalfHeight;
        const std::ptrdiff_t unit = form.bits > 8 ? 2 : 1;
        for (std::size_t c = 0; c < 3; ++c) {
            const int across = c > 0 && form.isHalfWidth ? (width + 1) / 2 : width;
            const int down = c > 0 && form.isHalfHeight ? (height + 1) / 2 : height;
            for (int i = 0; i < across * down; ++i)
                in.deep[c].push_back(static_cast<std::uint16_t>(random() % static_cast<unsigned>(top + 1)));
            in.bytes[c].assign(in.deep[c].begin(), in.deep[c].end());
            out.deep[c].resize(static_cast<std::size_t>(width * height));
            out.bytes[c].resize(out.deep[c].size());
            const bool isDeep = form.bits > 8;
            from.data[c] = isDeep ? reinterpret_cast<const std::uint8_t*>(in.deep[c].data()) : in.bytes[c].data();
            to.data[c] = isDeep ? reinterpret_cast<std::uint8_t*>(out.deep[c].data()) : out.bytes[c].data();
            from.stride[c] = across * unit;
            to.stride[c] = width * unit;
        }
        toRgb(from, coding, to);
        double most = 0;
        const double scale = 1 << (form.bits - 8), kg = 1 - known.kr - known.kb;
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
                const double luma = sampleOf(in.deep[0], width, x, y);
                const double middle = 128 * scale;
                const double y1 = coding.isFullRange ? luma / top : (luma - 16 * scale) / (219 * scale);
                const double range = coding.isFullRange ? top : 224 * scale;
                const double cb = (chromaAt(in.deep[1], form, x, y) - middle) / range,
                             cr = (chromaAt(in.deep[2], form, x, y) - middle) / range;
                std::array<double, 3> rgb{};
                rgb[0] = y1 + 2 * (1 - known.kr) * cr;
                rgb[2] = y1 + 2 * (1 - known.kb) * cb;
                rgb[1] = (y1 - known.kr * rgb[0] - known.kb * rgb[2]) / kg;
                if (coding.matrix == 8) rgb = {y1 - cb + cr, y1 + cb, y1 - cb - cr};
                for (std::size_t c = 0; c < 3; ++c) {
                    const auto i = static_cast<std::size_t>(y * width + x);
                    const double got = form.bits > 8 ? out.deep[c][i] : out.bytes[c][i];
                    most = std::max(most, std::abs(got - std::clamp(rgb[c] * top, 0.0, double(top))));
                }
            }
        return most;
    }

  private slots:
    void everyMatrixRangeAndSubsamplingIsWithinRounding() {
        // H.273 table 4; the last from the primaries of table 2 by equations 32 to 37.
        const Known knowns[] = {{1, 1, 0.2126, 0.0722}, {2, 2, 0.299, 0.114},    {5, 5, 0.299, 0.114},
                                {6, 6, 0.299, 0.114},   {7, 7, 0.212, 0.087},    {9, 9, 0.2627, 0.0593},
                                {8, 1, 0.299, 0.114},   {12, 1, 0.2126, 0.0722}, {12, 9, 0.2627, 0.0593}};
        for (const Known& known : knowns)
            for (const bool isFullRange : {true, false})
                for (const Form form : {Form{8, true, true},
                                        {8, true, false},
                                        {8, false, false},
                                        {10, true, true},
                                        {12, false, false},
                                        {16, true, true}}) {
                    const YCbCrCoding coding{known.matrix, isFullRange, known.primaries};
                    // Half a level of rounding, and what 13-bit coefficients cost: it grows with the depth.
                    const double allowed = 0.5 + (form.bits == 16   ? 16.0
                                                  : form.bits == 12 ? 0.7
                                                  : form.bits == 10 ? 0.25
                                                                    : 0.1);
                    const double error = worst(form, coding, known);
                    QVERIFY2(error <= allowed,
                             qPrintable(QString("matrix %1 bits %2: %3").arg(known.matrix).arg(form.bits).arg(error)));
                }
    }

    void neutralChromaIsExactlyGray() {
        std::vector<std::uint8_t> luma(256), chroma(256, 128), out[3];
        for (int i = 0; i < 256; ++i) luma[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(i);
        YCbCrPlanes from{{luma.data(), chroma.data(), chroma.data()}, {256, 256, 256}, 256, 1, false, false, 8};
        RgbPlanes to;
        for (std::size_t c = 0; c < 3; ++c) {
            out[c].resize(256);
            to.data[c] = out[c].data();
            to.stride[c] = 256;
        }
        toRgb(from, {6, true, 1}, to);
        for (const auto& plane : out) QVERIFY(plane == luma);
    }

    void matrixZeroIsGreenBlueRed() {
        std::uint8_t g = 10, b = 20, r = 30, out[3] = {};
        toRgb({{&g, &b, &r}, {1, 1, 1}, 1, 1, false, false, 8}, {0, true, 1}, {{&out[0], &out[1], &out[2]}, {1, 1, 1}});
        QCOMPARE(out[0], r);
        QCOMPARE(out[1], g);
        QCOMPARE(out[2], b);
    }
};

}  // namespace
}  // namespace contone::image

QTEST_APPLESS_MAIN(contone::image::YCbCrTest)
#include "ycbcr_test.moc"
