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

#include "core/render/preview.h"
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
    const render::Show show = [&](float* working, float* out, int pixels) {
        output.apply(working, working, pixels);
        proof.apply(working, out, pixels);
    };
    const render::Frame frame{.box = {0, 0, width, height}};
    time("a slider: new table of 33³, photo to printer to monitor, from the halves at hand",
         [&] { render::PreviewColours(frame, input, {.gamut = input.gamut()}, show); });
    const render::PreviewColours colours(frame, input, {.gamut = input.gamut()}, show);
    render::EncodedPicture photo{.raster = {width, height}, .box = {0, 0, width, height}};
    photo.colour = icc::sourceColour(srgb, image::SourceBasis::Assumed);
    for (const float v : scene()) photo.rgb.push_back(static_cast<std::uint16_t>(v * 65535.0F + 0.5F));
    time("the proofed view, 1920×1080, of a photo that is resampled already", [&] { colours.page(photo, {1, 1, 1}); });
}
