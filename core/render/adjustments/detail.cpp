// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sharpening and noise: sliders of what needs the pixels around. They have no stage here: noise goes before the photo
// is resampled (DenoisedSource), and sharpening is the paper's own (Sharpener), more or less of it.
#include "core/render/adjustments/detail.h"

#include <algorithm>
#include <cmath>

#include "core/render/adjustments/list_p.h"

namespace contone::render {
namespace {

constexpr const char *sharpening = "sharpening", *lumaNoise = "luma-noise", *colourNoise = "colour-noise";
constexpr NumberDescriptor numbers[] = {
    {sharpening, "Sharpening", "", -100, 100, 1, "More, or less, of the sharpening for the paper"},
    {lumaNoise, "Grain", "", 0, 100, 1, "Takes away grain; fine texture goes with it"},
    {colourNoise, "Colour noise", "", 0, 100, 1, "Takes away spots of colour that are not in the scene"},
};

std::shared_ptr<const RowStage> make(const image::Adjustments&, const Surroundings&) {
    return nullptr;
}

}  // namespace

const Adjustment detail{numbers, PixelSpace::Light, Reach::Everywhere, make};

Sharpening sharpened(Sharpening paper, const image::Adjustments& adjustments) {
    const double slider = adjustments.number(sharpening);
    if (slider == 0 || paper.level == SharpenLevel::None) return paper;
    const double amount = std::round(paper.amountPermille * (1 + slider / 100));
    paper.amountPermille = static_cast<int>(std::clamp(amount, 0.0, maxAmountPermille * 1.0));
    return paper.amountPermille == 0 ? Sharpening{} : paper;
}

NoiseReduction noiseReductionOf(const image::Adjustments& adjustments) {
    return {static_cast<float>(adjustments.number(lumaNoise) / 100),
            static_cast<float>(adjustments.number(colourNoise) / 100)};
}

image::Adjustments beforeResampling(const image::Adjustments& adjustments) {
    image::Adjustments some;
    for (const char* id : {lumaNoise, colourNoise}) some.set(id, adjustments.number(id));
    return some;
}

}  // namespace contone::render
