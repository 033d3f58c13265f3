// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// GamutEdge: how much chroma a working space has at a lightness and hue, so that a stronger colour keeps its hue and
// lightness instead of turning at the edge.
#pragma once

#include <vector>

#include "core/render/adjustments/bounds.h"
#include "core/render/adjustments/oklab.h"

namespace contone::render {

/// The angle of (a, b), in turns, -0.5…0.5; within 1e-5 of a turn. Arithmetic only.
inline float hueTurns(float a, float b) {
    const float x = std::fabs(a), y = std::fabs(b), most = atLeast(x, y), least = atMost(x, y);
    const float t = least / (most + 1e-20F), s = t * t;
    // arctan t / 2π on 0…1: C. Hastings, Approximations for Digital Computers (1955), sheet 11.
    float turns = t * (0.1591336F + s * (-0.0525688F + s * (0.0286703F + s * (-0.0135493F + s * 0.0033160F))));
    if (y > x) turns = 0.25F - turns;
    if (a < 0) turns = 0.5F - turns;
    return b < 0 ? -turns : turns;
}

class GamutEdge {
  public:
    /// Of light 0…1. Takes some milliseconds.
    explicit GamutEdge(icc::WorkingGamut gamut);
    /// The largest chroma at lightness 0…1 and a hue in turns.
    float at(float lightness, float hue) const {
        const float row = atMost(atLeast(lightness, 0.0F), 1.0F) * rows;
        const float column = (hue - std::floor(hue)) * columns;
        const auto r = static_cast<int>(atMost(row, rows - 1.0F)), c = static_cast<int>(column);
        const float down = row - static_cast<float>(r), across = column - static_cast<float>(c);
        const float* first = m_chroma.data() + r * (columns + 1) + c;
        const float* second = first + columns + 1;
        const float above = first[0] + (first[1] - first[0]) * across;
        const float below = second[0] + (second[1] - second[0]) * across;
        return above + (below - above) * down;
    }

  private:
    static constexpr int rows = 64, columns = 180;
    std::vector<float> m_chroma;  ///< (rows + 1) * (columns + 1), and a cell more
};

}  // namespace contone::render
