// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What the sliders of detail come to, for those who do the work.
#pragma once

#include "core/image/adjustments.h"
#include "core/render/noise.h"
#include "core/render/sharpening.h"

namespace contone::render {

/// The paper's sharpening with so much more or less of its amount: -100 none of it, 100 twice as much.
Sharpening sharpened(Sharpening paper, const image::Adjustments& adjustments);
NoiseReduction noiseReductionOf(const image::Adjustments& adjustments);
/// Those that change the photo before it is resampled: previews keep what they resampled while the others move.
image::Adjustments beforeResampling(const image::Adjustments& adjustments);

}  // namespace contone::render
