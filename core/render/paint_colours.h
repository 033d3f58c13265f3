// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PaintColours: the colours of an area in linear working RGB, at each of its pixels.
#pragma once

#include <array>
#include <vector>

#include "core/render/area.h"
#include "icc/transforms.h"

namespace contone::render {

/// A value. Read-only once made.
class PaintColours {
  public:
    /// `input`: of sRGB, as the page wants it; `gamut`: of the page.
    PaintColours(const Paint& paint, image::PixelSize box, const icc::InputTransform& input, icc::WorkingGamut gamut);
    bool isFlat() const { return m_colours.size() == 1; }
    const std::array<float, 3>& first() const { return m_colours.front(); }
    /// `x`, `y` in the box.
    const std::array<float, 3>& at(int x, int y) const {
        if (isFlat()) return m_colours.front();
        const double along = m_start + m_perColumn * x + m_perRow * y;
        return m_colours[static_cast<std::size_t>(along < 0 ? 0 : along > steps ? steps : along + 0.5)];
    }
    /// What an sRGB colour of 3 bytes is: for stencils that bring their own.
    std::array<float, 3> own(const std::uint8_t* srgb) const;

  private:
    static constexpr int steps = 4095;  ///< finer than any device's dither
    std::vector<std::array<float, 3>> m_colours;
    double m_start = 0, m_perColumn = 0, m_perRow = 0;
    void toWorking(std::array<float, 3>& colour) const;
    icc::InputTransform m_input;
    icc::GamutConversion m_toPage;
    bool m_isOfPage;  ///< the input's working space is the page's
};

}  // namespace contone::render
