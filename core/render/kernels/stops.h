// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Light to stops and back for a row of pixels, for the processor at hand: the same bytes as core/render/adjustments/
// stops.h, on every one.
#pragma once

#include <array>

namespace contone::render::kernels {

/// stops[i] = stopsOf of the luminance of pixel i. `rgb`: pixels * 3.
void rowStops(const float* rgb, const std::array<float, 3>& weights, float* stops, int pixels);
/// All three channels of pixel i times lightOfStops(stops[i]).
void lightenRow(const float* stops, float* rgb, int pixels);

}  // namespace contone::render::kernels
