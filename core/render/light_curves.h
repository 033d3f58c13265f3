// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// LightCurves: the code in which linear working RGB is sharpened, as tables.
#pragma once

#include <vector>

#include "core/render/kernels/sharpen.h"
#include "icc/transforms.h"

namespace contone::render {

/// What a photo is encoded in: its primaries and its curve (of the green channel). For photos that have no primaries,
/// and those whose code is proportional to light, where a halo would be far too bright in the dark: sRGB (IEC
/// 61966-2-1), which is close to CIE L*. So a frame that is sharpened behind its adjustments looks like one that is
/// sharpened in its own encoding (docs/decisions/0021). Tables are quantised: a libm that differs in its last bit gives
/// the same.
class LightCurves {
  public:
    LightCurves();  ///< sRGB's curve over the primaries of the samples
    explicit LightCurves(const icc::InputTransform& photo);
    /// Valid as long as this.
    kernels::Curves plain() const {
        return {m_primaries.fromWorking.data(), m_primaries.toWorking.data(), m_slope, m_code.data(), m_light.data()};
    }

  private:
    icc::LinearPrimaries m_primaries;
    float m_slope = 0;
    std::vector<float> m_code, m_light;
};

}  // namespace contone::render
