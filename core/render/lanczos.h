// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Lanczos3 weights, in floats and in the fixed point of the 8-bit kernels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace contone::render {

/// For each output sample: the first input sample, and `taps` weights from there that sum to 1.
template <class Weight>
struct WeightTable {
    int taps = 0;
    std::vector<int> first;
    std::vector<Weight> weight;  ///< first.size() * taps
    const Weight* of(int out) const {
        return weight.data() + static_cast<std::size_t>(out) * static_cast<std::size_t>(taps);
    }
};
using Weights = WeightTable<float>;
using FixedWeights = WeightTable<std::int16_t>;

/// Lanczos3: sinc(x)·sinc(x/3) for |x| < 3, stretched by the reduction factor when reducing (Turkowski 1990, "Filters
/// for common resampling tasks"). Samples beyond the input's ends are left out and the rest renormalised.
/// `origin`, `extent`: the part of the input, in input samples, that becomes `out` samples. Input samples outside that
/// part but inside 0…in are used by the filter's skirts.
Weights lanczos3(int in, double origin, double extent, int out);

/// The same with as many taps as a kernel likes to take at once: added ones weigh nothing, but lie behind the others,
/// so that first + taps may be beyond the input.
Weights padded(const Weights& weights, int group);
/// In units of 1 / (1 << kernels::weightBits), padded; every sample's weights sum to exactly 1 << weightBits, so that a
/// flat area stays exactly flat.
FixedWeights quantised(const Weights& weights, int group);

}  // namespace contone::render
