// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Lattice: a 65³ table of 1…4 channels, 16-bit nodes, interpolated within tetrahedra in float.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/base/result.h"

namespace contone::icc {

class Lattice {
  public:
    static constexpr int grid = 65;
    static constexpr int nodeCount = grid * grid * grid;

    /// Fills one plane of the table: `grid` * `grid` triples of node positions 0…64 (red is constant, blue is fastest)
    /// to as many device pixels of `channels` floats 0…1. Called from several threads.
    using FillPlane = std::function<void(const float* positions, float* device)>;
    /// The nodes, red slowest, quantised. The same for any number of threads. Empty when a value is not finite.
    static std::vector<std::uint16_t> sample(int channels, const FillPlane& fill);

    /// `nodes`: nodeCount * channels.
    Lattice(int channels, std::span<const std::uint16_t> nodes);
    int channels() const { return m_channels; }

    /// Four floats; the SIMD registers of every machine we run on hold them, and lane arithmetic is exact to the bit.
    using Node = float __attribute__((vector_size(16)));

    /// Position of each coordinate 0…64, not outside. The method: Kasson, Nin, Plouffe, Hafner 1995, "Performing color
    /// space conversions with three-dimensional linear interpolation".
    Node at(float r, float g, float b) const {
        constexpr int strideR = grid * grid, strideG = grid, strideB = 1, diagonal = strideR + strideG + strideB;
        const int ir = std::min(static_cast<int>(r), grid - 2), ig = std::min(static_cast<int>(g), grid - 2),
                  ib = std::min(static_cast<int>(b), grid - 2);
        const float fr = r - static_cast<float>(ir), fg = g - static_cast<float>(ig), fb = b - static_cast<float>(ib);
        const float most = std::max(fr, std::max(fg, fb)), least = std::min(fr, std::min(fg, fb));
        const float middle = std::max(std::min(fr, fg), std::min(std::max(fr, fg), fb));
        const int first = fr == most ? strideR : fg == most ? strideG : strideB;
        const int last = fb == least ? strideB : fg == least ? strideG : strideR;
        const Node* cell = m_nodes.data() + ir * strideR + ig * strideG + ib;
        return cell[0] * (1.0F - most) + cell[first] * (most - middle) + cell[diagonal - last] * (middle - least) +
               cell[diagonal] * least;
    }

  private:
    int m_channels;
    std::vector<Node> m_nodes;
};

}  // namespace contone::icc
