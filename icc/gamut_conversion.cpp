// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From one linear space to another: one matrix.
#include "icc/transforms.h"
#include "icc/working_space_p.h"

namespace contone::icc {

struct GamutConversion::Impl {
    PixelAffine affine;
};

GamutConversion::GamutConversion(WorkingGamut from, WorkingGamut to) {
    const Context context;
    // Both are sets of real primaries: their matrices have inverses.
    const Matrix fromXyz = inverse(workingToXyz(context, to)).value_or(Matrix{});
    m_impl = std::make_shared<const Impl>(PixelAffine({multiply(fromXyz, workingToXyz(context, from)), {}}));
}

void GamutConversion::apply(float* rgb, int pixels) const {
    m_impl->affine(rgb, rgb, pixels);
}

}  // namespace contone::icc
