// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Previews: a picture that was resampled once, in ever new light and colours.
#pragma once

#include <array>
#include <functional>

#include "core/render/adjustments/adjustment.h"
#include "core/render/pipeline.h"

namespace contone::render {

/// The photo's samples → working RGB → what `show` makes of it for the screen, three channels.
using Show = std::function<void(float* working, float* out, int pixels)>;

/// A page that was resampled, in the colours of now. Made anew for every change: one small table (33 nodes a side;
/// p99.9 within ΔE2000 1.5 of the exact colours), and for adjustments that differ by place their own functions besides.
class PreviewColours {
  public:
    /// `frame`: as in the recipe; it lies upright. `around`: surroundingsOf() it.
    PreviewColours(const Frame& frame, const icc::InputTransform& input, const Surroundings& around, const Show& show);
    /// The page as RGB8, `paper` around the photo, 0…1. No dither. The same for any number of threads.
    image::Picture page(const EncodedPicture& encoded, const std::array<float, 3>& paper, int threads = 1) const;

  private:
    Frame m_frame;
    icc::InputTransform m_input;
    RowStages m_byPlace;  ///< up to the last that differs by place; the table stands for the rest
    icc::FusedTable m_table;
};

}  // namespace contone::render
