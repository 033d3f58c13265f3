// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Matrices between linear lights.
#include "core/render/adjustments/coded_light.h"

#include <algorithm>
#include <cassert>

namespace contone::render {

OtherPrimaries::OtherPrimaries(const icc::Profile& profile, icc::WorkingGamut working) {
    const auto input = icc::InputTransform::create(profile, {});
    assert(input && input->gamut() == icc::WorkingGamut::Rec2020);
    Matrix3 toRec2020{};
    std::ranges::copy(input->primaries().toWorking, toRec2020.begin());
    const Matrix3 fromRec2020 =
        multiply(inverse(icc::workingToXyz(working)).value(), icc::workingToXyz(icc::WorkingGamut::Rec2020));
    const Matrix3 back = multiply(fromRec2020, toRec2020), to = inverse(back).value();
    for (std::size_t i = 0; i < 9; i++) {
        m_to[i] = static_cast<float>(to[i]);
        m_back[i] = static_cast<float>(back[i]);
    }
}

}  // namespace contone::render
