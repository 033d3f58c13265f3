// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What the steps of a network compute. Places and shapes were checked when the network was made.
#pragma once

#include "core/vision/finder/network.h"

namespace contone::vision::kernels {

/// Channels that a convolution computes at once; its weights are packed for that.
constexpr int lanes = 8;

/// `patch`: windowX · windowY · channels for each of `patchPixels` pixels.
constexpr int patchPixels = 4;
void convolve(const Step& step, const Weights& weights, const float* in, float* out, float* patch);
void convolveDepthwise(const Step& step, const Weights& weights, const float* in, float* out);
void add(const Step& step, const float* a, const float* b, float* out);
void cutAtZero(const Step& step, const float* in, float* out);
void padChannels(const Step& step, const float* in, float* out);
void poolMaximum(const Step& step, const float* in, float* out);
/// Half-pixel centres, edges repeated.
void resizeBilinear(const Step& step, const float* in, float* out);

}  // namespace contone::vision::kernels
