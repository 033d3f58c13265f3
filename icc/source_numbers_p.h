// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Between the numbers of a SourceColour (integers, safe to send) and the doubles of this folder.
#pragma once

#include <functional>
#include <optional>

#include "core/image/source_colour.h"
#include "icc/profile.h"
#include "icc/working_space_p.h"

namespace contone::icc {

/// `value` as a whole number of 2^-bits, kept inside the type; not-a-number is 0.
std::int32_t fixedPoint(double value, int bits);

/// Samples a curve; values outside 0…1 are clipped.
image::ToneCurve toneCurve(const std::function<double(double)>& function);
/// The curve at x, 0…1, linear between the samples.
double lightOf(const image::ToneCurve& curve, double x);

/// Row-major XYZ of red, green, blue.
Matrix colorantsOf(const image::SourceColour& colour);
void setColorants(image::SourceColour& colour, const Matrix& colorants);

/// Which well-known space the numbers are (within 1e-3), Matrix only.
KnownProfile recognise(const image::SourceColour& colour);

/// ISO 22028-2: signal → light and back.
double rommToLinear(double x);
double linearToRomm(double x);

/// The light of converted photos, on its way into the ROMM curve: profiles with tables reach a little below black and
/// above white, and clipping that would cost up to ΔE2000 2. What -1/128…1 + 1/16 does not hold, B clips as well.
inline constexpr double wideFloor = -1.0 / 128, wideRange = 1.0 + 1.0 / 16 - wideFloor;
/// Sample 0…1 of a converted photo → light.
double wideToLinear(double x);

}  // namespace contone::icc
