// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Lanczos3 weights and the two passes of a separable resampler over four-channel float rows.
#pragma once

#include <vector>

namespace contone::render {

/// For each output sample: the first input sample, and `taps` weights from there that sum to 1.
/// Lanczos3: sinc(x)·sinc(x/3) for |x| < 3, stretched by the reduction factor when reducing (Turkowski 1990, "Filters
/// for common resampling tasks"). Samples beyond the input's ends are left out and the rest renormalised.
struct Weights {
    int taps = 0;
    std::vector<int> first;
    std::vector<float> weight;  ///< first.size() * taps
    const float* of(int out) const {
        return weight.data() + static_cast<std::size_t>(out) * static_cast<std::size_t>(taps);
    }
};

/// `origin`, `extent`: the part of the input, in input samples, that becomes `out` samples. Input samples outside that
/// part but inside 0…in are used by the filter's skirts.
Weights lanczos3(int in, double origin, double extent, int out);

/// One row: `in` has at least max(first) + taps pixels of 4 floats, `out` receives weights.first.size() pixels.
/// Additions run in tap order: the same bytes on every machine.
void resampleRow(const float* in, float* out, const Weights& weights);
/// out[i] = sum over taps of rows[tap][i] * weight[tap], for `floats` values.
void combineRows(const float* const* rows, const float* weight, int taps, float* out, int floats);

}  // namespace contone::render
