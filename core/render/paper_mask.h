// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PaperMask: where nothing lies on a composed page there is no ink.
#pragma once

#include <array>

#include "core/image/pixels.h"
#include "core/render/row_stage.h"

namespace contone::render {

/// Sets the device samples outside all boxes to the paper's own value, whatever half B made of what stood there.
class PaperMask final : public RowStage {
  public:
    /// `paper`: icc::paperOf the device; `channels` of the device; boxes inside the page.
    PaperMask(int pageWidth, const std::vector<image::PixelRect>& boxes, const std::array<float, 4>& paper,
              int channels);
    void run(Row& row) const override;

  private:
    struct Span {
        int begin, end;
    };
    /// Rows of the page that have the same bare spans: from `top` to the next band's.
    struct Band {
        int top;
        std::vector<Span> bare;
    };
    std::vector<Band> m_bands;
    std::array<std::uint16_t, 4> m_paper{};
    int m_channels;
};

}  // namespace contone::render
