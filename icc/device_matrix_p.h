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

class DeviceMatrix {
  public:
    /// `device`: MatrixTrc. Fails: Unsupported "profile-no-output" when the matrix or a curve has no inverse.
    static Result<DeviceMatrix> create(const Profile& device, const OutputTransform::Options& options);
    void apply(const float* in, float* out, int pixels) const;
    /// Hash of the matrix and the curves.
    Sha256 hash() const;

  private:
    explicit DeviceMatrix(const Affine& affine) : m_toLight(affine) {}
    PixelAffine m_toLight;
    std::array<std::shared_ptr<const RootCurve>, 3> m_curves;
};

}  // namespace contone::icc
