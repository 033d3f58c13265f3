// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What a person waits for at a slider: the table of the new colours, then the proof of a screen of pixels, on one core.
// A line for each, separated by tabs: what, median, least and most milliseconds of processor time.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <vector>

#include "icc/source.h"
#include "icc/transforms.h"

using namespace contone;

namespace {

constexpr int width = 1920, height = 1080;

template <class T>
T sure(Result<T> result) {
    if (result) return std::move(*result);
    std::fprintf(stderr, "%s (%s)\n", result.error().message.c_str(), result.error().detail.c_str());
    std::exit(1);
}

double now() {
    timespec t{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return 1e3 * static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_nsec);
}

void time(const char* what, const std::function<void()>& work) {
    std::vector<double> all;
    work();
    for (int i = 0; i < 15; ++i) {
        const double before = now();
        work();
        all.push_back(now() - before);
    }
    std::ranges::sort(all);
    std::printf("%s\t%.2f\t%.2f\t%.2f\n", what, all[all.size() / 2], all.front(), all.back());
}

/// Smooth, with all hues: as neighbouring as a photo's pixels are.
std::vector<float> scene() {
    std::vector<float> all;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (int c = 0; c < 3; ++c)
                all.push_back(static_cast<float>(0.5 + 0.5 * std::sin(x * 0.003 * (c + 1) + y * 0.005 * (3 - c))));
    return all;
}

}  // namespace

int main() {
    const icc::Profile device = icc::Profile::syntheticPhotoRgb(), srgb = icc::Profile::srgb();
    const auto input = sure(icc::InputTransform::create(srgb, {}));
    const auto output =
        sure(icc::OutputTransform::create(device, {icc::Intent::Relative, icc::BlackPoint::Compensate, input.gamut()}));
    const auto proof = sure(icc::ProofTransform::create(device, srgb, icc::ProofTransform::Simulate::Adapted));
    time("new table of 33³ from the halves at hand", [&] { icc::FusedTable::ofHalves(input, output); });
    const auto table = icc::FusedTable::ofHalves(input, output);
    const std::vector<float> photo = scene();
    std::vector<std::uint16_t> inks(width * 3);
    std::vector<float> device01(width * 3), screen(width * 3);
    std::vector<std::uint8_t> view(std::size_t{width} * height * 3);
    time("proof of 1920×1080 pixels: photo to printer to monitor, 8 bits", [&] {
        for (int y = 0; y < height; ++y) {
            table.apply(photo.data() + std::ptrdiff_t{y} * width * 3, inks.data(), width);
            for (std::size_t i = 0; i < inks.size(); ++i) device01[i] = static_cast<float>(inks[i]) / 65535.0F;
            proof.apply(device01.data(), screen.data(), width);
            std::uint8_t* row = view.data() + std::ptrdiff_t{y} * width * 3;
            for (std::size_t i = 0; i < screen.size(); ++i)
                row[i] = static_cast<std::uint8_t>(std::clamp(screen[i], 0.0F, 1.0F) * 255.0F + 0.5F);
        }
    });
}
