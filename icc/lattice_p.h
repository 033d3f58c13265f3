// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Lattice: a cube of nodes (65³ or finer) of 1…4 channels, 16 bits each, interpolated within tetrahedra in float.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "icc/kernels/kernels_p.h"

namespace contone::icc {

class Lattice {
  public:
    /// Fills one plane of the table: `grid` * `grid` triples of node positions 0…grid - 1 (red is constant, blue is
    /// fastest) to as many device pixels of `channels` floats 0…1. Called from several threads.
    using FillPlane = std::function<void(const float* positions, float* device)>;
    static std::size_t valueCount(int grid, int channels) {
        return static_cast<std::size_t>(grid) * grid * grid * channels;
    }
    /// The nodes, red slowest, quantised. The same for any number of threads. Empty when a value is not finite.
    static std::vector<std::uint16_t> sample(int grid, int channels, const FillPlane& fill);

    /// `nodes`: valueCount(grid, channels).
    Lattice(int grid, int channels, std::span<const std::uint16_t> nodes);
    int channels() const { return m_channels; }
    int grid() const { return m_grid; }

    /// Four floats; the SIMD registers of every machine we run on hold them, and lane arithmetic is exact to the bit.
    using Node = float __attribute__((vector_size(16)));

    /// Position of each coordinate 0…grid - 1, not outside. The method: Kasson, Nin, Plouffe, Hafner 1995, "Performing
    /// color space conversions with three-dimensional linear interpolation".
    Node at(float r, float g, float b) const {
        const int strideG = m_grid, strideR = m_grid * m_grid, diagonal = strideR + strideG + 1, last = m_grid - 2;
        const int ir = std::min(static_cast<int>(r), last), ig = std::min(static_cast<int>(g), last),
                  ib = std::min(static_cast<int>(b), last);
        const float fr = r - static_cast<float>(ir), fg = g - static_cast<float>(ig), fb = b - static_cast<float>(ib);
        const float most = std::max(fr, std::max(fg, fb)), least = std::min(fr, std::min(fg, fb));
        const float middle = std::max(std::min(fr, fg), std::min(std::max(fr, fg), fb));
        const int first = fr == most ? strideR : fg == most ? strideG : 1;
        const int third = fb == least ? 1 : fg == least ? strideG : strideR;
        const Node* cell = m_nodes.data() + ir * strideR + ig * strideG + ib;
        return cell[0] * (1.0F - most) + cell[first] * (most - middle) + cell[diagonal - third] * (middle - least) +
               cell[diagonal] * least;
    }

    /// The nodes as sample() gave them: a float holds them to the bit.
    std::vector<std::uint16_t> nodes() const;
    /// For the kernels, which do what at() does for many pixels; valid as long as this lattice.
    kernels::Cube plain() const { return {reinterpret_cast<const float*>(m_nodes.data()), m_grid, m_channels}; }

  private:
    int m_grid, m_channels;
    std::vector<Node> m_nodes;
};

}  // namespace contone::icc
