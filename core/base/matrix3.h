// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Matrix3: three by three numbers, row by row, for colours.
#pragma once

#include <array>
#include <optional>

namespace contone {

using Matrix3 = std::array<double, 9>;
using Vector3 = std::array<double, 3>;

Matrix3 multiply(const Matrix3& a, const Matrix3& b);
Vector3 multiply(const Matrix3& m, const Vector3& v);
/// Empty when the matrix is (nearly) singular.
std::optional<Matrix3> inverse(const Matrix3& m);

}  // namespace contone
