// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sharpener: output sharpening of a frame whose rows come one after another. A row is finished as soon as the rows that
// its blur reaches are there.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/length.h"
#include "core/image/pixels.h"
#include "core/render/light_curves.h"
#include "core/render/sharpening.h"

namespace contone::render {

constexpr int farthestReach = 16;  ///< rows or columns that a blur reaches at most

/// The blur along one axis, in weights of 15 bits (kernels/sharpen.h).
struct SharpenAxis {
    std::vector<std::int16_t> weight;  ///< at the distances 1…
    int hood = 1;                      ///< neighbours on each side whose luma limits the halo
    int radius() const { return static_cast<int>(weight.size()); }
    int reach() const { return radius() > hood ? radius() : hood; }
    /// A Gaussian of `radiusUm` on paper, cut at two standard deviations; at most 8 pixels.
    static SharpenAxis of(int radiusUm, Dpi dpi);
};

/// Prepare rows in any order and in parallel, `room` at a time, each once; then finish those that are ready. Beyond the
/// frame its outermost rows and columns count as repeated: neither paper nor another frame is looked at.
class Sharpener {
  public:
    struct Options {
        Sharpening sharpening;
        Dpi acrossDpi{300}, downDpi{300};  ///< of the rows as they come, before they are turned
        /// Null: the rows hold the photo's encoding. Else they hold linear working RGB, sharpened in this code.
        std::shared_ptr<const LightCurves> light;
        int room = 8;  ///< rows prepared between two calls of finish
    };
    /// Below this many pixels of radius there is nothing to sharpen: small previews.
    static constexpr double leastRadius = 0.3;
    static bool isNeeded(const Options& options);

    /// `frame`: the size of the rows as they come.
    Sharpener(const Options& options, image::PixelSize frame);
    /// Row y: RGB packed, with room for four floats each and the kernels' slack. It is there until row y + room + 2
    /// * the reach is prepared.
    float* row(int y) { return m_packed.data() + at(y) * m_packedStride; }
    /// Row y is filled, with samples in 0…1 (light may lie outside: that part of it stays as it is).
    void prepare(int y);
    /// Rows 0…ready - 1 can be finished when rows 0…prepared - 1 are prepared.
    int ready(int prepared) const;
    /// Sharpens row y in place.
    void finish(int y);
    /// As many rows become ready at once, at most.
    int most() const { return m_options.room + m_down.reach(); }

  private:
    std::size_t at(int y) const { return static_cast<std::size_t>(y % m_rows); }
    std::int16_t* plane(int index, int y) {
        return m_planes[static_cast<std::size_t>(index)].data() + at(y) * m_planeStride + m_margin;
    }
    Options m_options;
    image::PixelSize m_frame;
    SharpenAxis m_across, m_down;
    int m_rows;
    std::size_t m_margin, m_packedStride, m_planeStride;
    std::vector<float> m_packed;
    std::array<std::vector<std::int16_t>, 4> m_planes;  ///< luma, blurred along the row, least, most
};

}  // namespace contone::render
