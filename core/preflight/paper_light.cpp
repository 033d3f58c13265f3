// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Working colours → the printer's → the paper's own, as lightness.
#include "core/preflight/paper_light.h"

#include <algorithm>
#include <cmath>

namespace contone::preflight {
namespace {

constexpr double asDark = 1;  ///< L*

double lightnessOf(double light) {
    const double y = std::max(0.0, light);
    return y > 216.0 / 24389 ? 116 * std::cbrt(y) - 16 : 24389.0 / 27 * y;
}

/// IEC 61966-2-1: of encoded sRGB.
double lightOf(const float* rgb) {
    const auto linear = [](float v) { return v <= 0.04045F ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
}

}  // namespace

Result<PaperLight> paperLightOf(const render::WorkingPicture& shown, const icc::Profile& paper, icc::Intent intent,
                                icc::BlackPoint blackPoint, render::ColourTables& tables) {
    CONTONE_TRY(const icc::OutputTransform output, tables.output(paper, {intent, blackPoint, shown.gamut}));
    CONTONE_TRY(const icc::ProofTransform seen,
                icc::ProofTransform::create(paper, icc::Profile::srgb(), icc::ProofTransform::Simulate::PaperAndInk));
    const std::size_t pixels = shown.rgb.size() / 3;
    std::vector<float> working = shown.rgb;
    working.resize(working.size() + 3);  // the last is black
    std::vector<float> device((pixels + 1) * static_cast<std::size_t>(output.channels())), rgb((pixels + 1) * 3);
    output.apply(working.data(), device.data(), static_cast<int>(pixels + 1));
    seen.apply(device.data(), rgb.data(), static_cast<int>(pixels + 1));
    const double black = lightnessOf(lightOf(rgb.data() + 3 * pixels));
    const Matrix3 toXyz = icc::workingToXyz(shown.gamut);
    std::vector<double> own(pixels);
    std::size_t dark = 0;
    for (std::size_t i = 0; i < pixels; i++) {
        const float* p = shown.rgb.data() + 3 * i;
        own[i] = lightnessOf(multiply(toXyz, Vector3{p[0], p[1], p[2]})[1]);
        dark += lightnessOf(lightOf(rgb.data() + 3 * i)) <= black + asDark ? 1 : 0;
    }
    PaperLight light;
    if (pixels == 0) return light;
    const auto at = own.begin() + static_cast<std::ptrdiff_t>(pixels / 20);
    std::ranges::nth_element(own, at);
    light.photoDarkL = *at;
    light.atPaperBlackPercent = 100.0 * static_cast<double>(dark) / static_cast<double>(pixels);
    return light;
}

}  // namespace contone::preflight
