// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CubeLook: a look of the shop's own, out of a .cube file (Adobe, "Cube LUT Specification 1.0", 2013; with a shaper of
// one dimension before the cube, as DaVinci Resolve writes them).
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "core/base/file.h"

namespace contone::render {

/// A value; read-only once it is made, so threads may share it. A cube of 65 nodes a side takes 3.3 MB.
class CubeLook {
  public:
    static constexpr int largestCube = 65, longestCurve = 65'536;
    static constexpr std::size_t largestFile = std::size_t{32} << 20;  ///< bytes
    static constexpr double farthest = 1000;  ///< numbers of a file lie within so much of 0, far beyond any look

    /// Nothing is allocated before the rows were counted: a file cannot ask for memory that it does not bring. Values
    /// outside 0…1 are kept. Fails: Corrupt "cube-damaged", with the line; Invalid "file-too-large".
    static Result<CubeLook> parse(std::string_view text);

    /// `rgb`: `pixels` * 3 encoded samples, in place. In the cube by tetrahedra, on a curve by straight lines; beyond
    /// the domain the outermost piece goes straight on, for half of the domain at most.
    void apply(float* rgb, int pixels) const;

  private:
    struct Stage {
        int size = 0;  ///< of a side; 0: there is none
        std::array<float, 3> least{}, scale{};
        std::vector<float> rows;  ///< three values each, red fastest
    };
    class Reader;
    void applyCurve(float* rgb, int pixels) const;
    void applyCube(float* rgb, int pixels) const;
    Stage m_curve, m_cube;
};

}  // namespace contone::render
