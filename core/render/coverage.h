// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Coverage: how much of each pixel of its box a frame or an area covers; and how dark its shadow falls.
#pragma once

#include <memory>
#include <vector>

#include "core/base/length.h"
#include "core/image/stencil.h"
#include "core/render/area.h"

namespace contone::render {

/// A value; at() may be called by several threads at once. The edges of outlines are smoothed over one pixel.
class Coverage {
  public:
    struct Parts {
        image::PixelRect box;
        Dpi dpiX{300}, dpiY{300};
        Shape shape = {};
        int softEdgeUm = 0;  ///< it fades in from nothing at its outline over so much paper
        int opacityPermille = 1000;
        std::shared_ptr<const image::Stencil> stencil = {};  ///< null: none
    };
    explicit Coverage(Parts parts);
    const image::PixelRect& box() const { return m_parts.box; }
    const Parts& parts() const { return m_parts; }
    /// Whether every pixel of the box is covered wholly.
    bool isWhole() const { return m_isWhole; }
    /// 0…1; `x` and `y` on the page, inside the box.
    float at(int x, int y) const;

  private:
    float outlineAt(int x, int y) const;
    Parts m_parts;
    bool m_isWhole;
    std::vector<float> m_across, m_down;  ///< of a rectangle, by column and row of the box
    double m_pixelUm = 0;                 ///< how long a pixel is, the mean of both ways
};

/// The blurred coverage, moved. The blur is a Gaussian curve with a third of Shadow::blurUm as its sigma.
class ShadowCoverage {
  public:
    /// Of a frame or an area that covers so much, itself without opacity: a see-through frame casts a weaker shadow by
    /// `shadow.opacityPermille` alone. Only what falls upon the page is kept.
    ShadowCoverage(const Coverage& of, const Shadow& shadow, image::PixelSize raster);
    const image::PixelRect& box() const { return m_box; }  ///< empty (width 0) where nothing falls upon the page
    float at(int x, int y) const;

  private:
    image::PixelRect m_box;
    int m_columns = 0, m_rows = 0;  ///< of the small picture of the blurred coverage
    double m_left = 0, m_top = 0, m_cellX = 1,
           m_cellY = 1;  ///< where its first cell begins on the page, and its cells' size
    float m_opacity = 1;
    std::vector<float> m_cells;
};

}  // namespace contone::render
