// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PaperMask: where nothing lies on a composed page there is no ink.
#pragma once

#include <array>

#include "core/render/composition.h"
#include "core/render/row_stage.h"

namespace contone::render {

/// Sets the device samples of bare pixels to the paper's own value, whatever half B made of what stood there.
class PaperMask final : public RowStage {
  public:
    /// `paper`: icc::paperOf the device; `channels` of the device. `page` stays.
    PaperMask(const Composition& page, const std::array<float, 4>& paper, int channels);
    void run(Row& row) const override;

  private:
    const Composition& m_page;
    std::array<std::uint16_t, 4> m_paper{};
    int m_channels;
};

}  // namespace contone::render
