// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Masks: what was packed comes back, what is too much becomes smaller, what lies is refused.
#include <QTest>
#include <random>

#include "core/image/mask.h"

using namespace contone;
using image::Mask, image::PixelSize;

namespace {

std::vector<std::uint8_t> noise(std::size_t count, int levels) {
    std::mt19937 random(7);
    std::vector<std::uint8_t> samples(count);
    for (std::uint8_t& sample : samples) sample = static_cast<std::uint8_t>(random() % levels * (255 / (levels - 1)));
    return samples;
}

std::vector<std::uint8_t> samplesOf(const Mask& mask) {
    auto samples = image::coverageOf(mask);
    if (!samples) qFatal("%s", samples.error().detail.c_str());
    return *std::move(samples);
}

Bytes bytes(std::initializer_list<int> values) {
    Bytes all;
    for (const int value : values) all.push_back(static_cast<std::byte>(value));
    return all;
}

}  // namespace

class MaskTest : public QObject {
    Q_OBJECT
  private slots:
    void everySampleComesBack() {
        for (const int levels : {2, 3, 256})
            for (const PixelSize size : {PixelSize{1, 1}, {7, 3}, {129, 2}, {400, 300}}) {
                const auto samples = noise(static_cast<std::size_t>(size.width * size.height), levels);
                const Mask mask = image::maskOf(size, samples);
                QCOMPARE(mask.size, size);
                QVERIFY(samplesOf(mask) == samples);
            }
    }

    void aLongRunIsShort() {
        const std::vector<std::uint8_t> samples(1024 * 1024, 255);
        const Mask mask = image::maskOf({1024, 1024}, samples);
        QVERIFY(mask.packed.size() <= 1024 * 1024 / 128 * 2);
        QVERIFY(samplesOf(mask) == samples);
    }

    void whatIsTooLargeIsMadeSmallerAndCoversAsMuch() {
        // A quarter is covered; as noise, so that it cannot be packed.
        std::vector<std::uint8_t> samples = noise(3000 * 2000, 256);
        double sum = 0;
        for (const std::uint8_t sample : samples) sum += sample;
        const Mask mask = image::maskOf({3000, 2000}, samples);
        QVERIFY(mask.size.width <= Mask::maxSide && mask.packed.size() <= Mask::mostPacked);
        double after = 0;
        for (const std::uint8_t sample : samplesOf(mask)) after += sample;
        QVERIFY(std::abs(after / (mask.size.width * mask.size.height) - sum / (3000.0 * 2000)) < 0.5);
    }

    void aMaskThatLiesIsRefused() {
        const auto isRefused = [](PixelSize size, Bytes packed) {
            const auto samples = image::coverageOf({size, std::move(packed)});
            return !samples && samples.error().reason == "mask-damaged";
        };
        QVERIFY(image::coverageOf({{2, 2}, bytes({253, 9})}));
        QVERIFY(isRefused({2, 2}, bytes({254, 9})));      // too few
        QVERIFY(isRefused({2, 2}, bytes({252, 9})));      // too many
        QVERIFY(isRefused({2, 2}, bytes({253})));         // ends within a run
        QVERIFY(isRefused({2, 2}, bytes({3, 1, 2, 3})));  // ends within samples
        QVERIFY(isRefused({2, 2}, {}));
        QVERIFY(isRefused({0, 2}, bytes({253, 9})));
        QVERIFY(isRefused({-1, -4}, bytes({253, 9})));
        QVERIFY(isRefused({2000, 2000}, bytes({253, 9})));
        QVERIFY(isRefused({1024, 1024}, Bytes(Mask::mostPacked + 1, std::byte{128})));
    }
};

QTEST_GUILESS_MAIN(MaskTest)
#include "mask_test.moc"
