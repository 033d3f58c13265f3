// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The colour kernels: the same bits as the plain C++ beside them, on every processor that this machine can be; and the
// fused table against an unoptimised float transform of Little CMS.
#include <hwy/targets.h>

#include <QTest>
#include <cmath>
#include <random>

#include "icc/curve_p.h"
#include "icc/lattice_p.h"
#include "icc/source.h"
#include "icc/transforms.h"
#include "icc/working_space_p.h"

using namespace contone;
using namespace contone::icc;

namespace {

/// Runs `work` once for each kind of processor that Highway compiled for and this machine is.
template <class F>
void onEveryTarget(F&& work) {
    const auto all = hwy::SupportedTargets();
    for (auto rest = all; rest != 0; rest &= rest - 1) {
        hwy::GetChosenTarget().Update(rest & -rest);
        work();
    }
    hwy::GetChosenTarget().DeInit();
}

std::vector<float> numbers(int count, float low, float high) {
    std::mt19937 random(20261122);
    std::vector<float> out;
    for (int i = 0; i < count; ++i)
        out.push_back(low + (high - low) * static_cast<float>(random() & 0xffffff) / 16777215.0F);
    return out;
}

Lattice noise(int grid, int channels) {
    std::mt19937 random(3);
    std::vector<std::uint16_t> nodes(Lattice::valueCount(grid, channels));
    for (auto& n : nodes) n = static_cast<std::uint16_t>(random());
    return Lattice(grid, channels, nodes);
}

}  // namespace

class KernelsTest : public QObject {
    Q_OBJECT
  private slots:
    void rootsAreThoseOfThePlainCode() {
        const RootCurve curve(-8, 1, [](double x) { return std::cbrt(x) - 0.01; });
        auto in = numbers(10'007, -0.2F, 2.2F);
        for (const float special : {0.0F, -0.0F, 1.0F, 2.0F, 3.0F, -1.0F, 0x1p-8F, std::nanf(""), 1e-30F, 1e30F})
            in.push_back(special);
        onEveryTarget([&] {
            std::vector<float> out(in.size());
            kernels::root(curve.plain(), in.data(), out.data(), static_cast<int>(in.size()));
            for (std::size_t i = 0; i < in.size(); ++i) QCOMPARE(out[i], curve(in[i]));
        });
    }

    void curvesAndMatrixAreThoseOfThePlainCode() {
        const Curve red([](double x) { return x * x; }), green(srgbToLinear), blue([](double x) { return x; });
        const PixelAffine map(Affine{{0.7, 0.2, 0.1, -0.1, 1.1, 0, 0.01, 0.02, 0.97}, {0.001, -0.002, 0.003}});
        kernels::CurvesAndMatrix how{
            {red.values().data(), green.values().data(), blue.values().data()}, Curve::steps, {}};
        std::ranges::copy(map.values(), how.map);
        const auto in = numbers(3 * 1003, -0.1F, 1.1F);
        onEveryTarget([&] {
            std::vector<float> out = in;
            kernels::curvesAndMatrix(how, out.data(), out.data(), static_cast<int>(out.size()) / 3);
            for (std::size_t i = 0; i < in.size(); i += 3) {
                const auto expected = map(red(in[i]), green(in[i + 1]), blue(in[i + 2]));
                for (std::size_t c = 0; c < 3; ++c) QCOMPARE(out[i + c], expected[c]);
            }
        });
    }

    void aCubeIsInterpolatedAsByThePlainCode_data() {
        QTest::addColumn<int>("channels");
        for (const int channels : {1, 3, 4}) QTest::newRow(QByteArray::number(channels).constData()) << channels;
    }
    void aCubeIsInterpolatedAsByThePlainCode() {
        QFETCH(int, channels);
        constexpr int grid = 17;
        const Lattice lattice = noise(grid, channels);
        auto in = numbers(3 * 5003, 0, 1);
        for (int corner = 0; corner < 27; ++corner)  // corners, edges and equal coordinates
            for (const int digit : {corner % 3, corner / 3 % 3, corner / 9})
                in.push_back(static_cast<float>(digit) / 2);
        const int pixels = static_cast<int>(in.size()) / 3;
        onEveryTarget([&] {
            for (const int count : {pixels, 1, 7, 8, 9}) {
                const std::size_t samples = static_cast<std::size_t>(count) * channels;
                std::vector<float> floats(samples + 1, -7);
                std::vector<std::uint16_t> shorts(samples + 1, 777);
                kernels::interpolate(lattice.plain(), in.data(), grid - 1, floats.data(), count);
                kernels::interpolate(lattice.plain(), in.data(), grid - 1, shorts.data(), count);
                for (int i = 0; i < count; ++i) {
                    const auto node =
                        lattice.at(in[i * 3] * (grid - 1), in[i * 3 + 1] * (grid - 1), in[i * 3 + 2] * (grid - 1));
                    for (int c = 0; c < channels; ++c) {
                        QCOMPARE(floats[i * channels + c], node[c]);
                        QCOMPARE(int{shorts[i * channels + c]}, static_cast<int>(node[c] * 65535.0F + 0.5F));
                    }
                }
                QCOMPARE(floats[samples], -7.0F);  // nothing is written behind the last pixel
                QCOMPARE(int{shorts[samples]}, 777);
            }
        });
    }

    void previewsOfHalvesTakeTheSameWayWithFewerNodes() {
        const auto source = sourceColour(Profile::srgb(), SourceBasis::EmbeddedProfile);
        const auto input = InputTransform::create(source, {}).value();
        const auto output = OutputTransform::create(Profile::syntheticPhotoRgb(), {}).value();
        const auto preview = FusedTable::ofHalves(input, output);
        auto colours = numbers(3 * 4000, 0, 1);
        std::vector<std::uint16_t> quick(colours.size()), exact(colours.size());
        preview.apply(colours.data(), quick.data(), 4000);
        input.apply(colours.data(), colours.data(), 4000);
        output.apply(colours.data(), exact.data(), 4000);
        double sum = 0;
        for (std::size_t i = 0; i < quick.size(); ++i) sum += std::abs(quick[i] - exact[i]) / 65535.0;
        QVERIFY(sum / static_cast<double>(quick.size()) < 0.001);
    }
};

QTEST_GUILESS_MAIN(KernelsTest)
#include "kernels_test.moc"
