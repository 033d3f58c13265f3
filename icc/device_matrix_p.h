// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// DeviceMatrix: half B for profiles of three curves and a matrix (sRGB as a printer takes it). Exact, no table.
#pragma once

#include <array>
#include <memory>

#include "icc/curve_p.h"
#include "icc/transforms.h"
#include "icc/working_space_p.h"

namespace contone::icc {

using InverseCurves = std::array<std::shared_ptr<const RootCurve>, 3>;
/// The inverse of the three tone curves of a matrix profile; equal ones are shared.
Result<InverseCurves> inverseCurves(cmsHPROFILE profile);

class DeviceMatrix {
  public:
    /// `device`: MatrixTrc. Fails: Unsupported "profile-no-output" when the matrix or a curve has no inverse.
    static Result<DeviceMatrix> create(const Profile& device, const OutputTransform::Options& options);
    void apply(const float* in, float* out, int pixels) const;
    /// Hash of the matrix and the curves.
    Sha256 hash() const;

  private:
    DeviceMatrix(const Affine& affine, InverseCurves curves) : m_toLight(affine), m_curves(std::move(curves)) {}
    PixelAffine m_toLight;
    InverseCurves m_curves;
};

}  // namespace contone::icc
