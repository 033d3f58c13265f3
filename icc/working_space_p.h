// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The linear working space as a matrix to XYZ (D50) and as a virtual profile; affine maps of XYZ.
#pragma once

#include <array>
#include <optional>

#include "core/base/matrix3.h"
#include "core/image/source_colour.h"
#include "icc/curve_p.h"
#include "icc/lcms_p.h"

namespace contone::icc {

/// Row-major.
using Matrix = Matrix3;
using Vector = Vector3;

/// out = matrix * in + offset.
struct Affine {
    Matrix matrix{1, 0, 0, 0, 1, 0, 0, 0, 1};
    Vector offset{};
};
/// `second` after `first`.
Affine compose(const Affine& second, const Affine& first);
/// Maps `pixels` float triples; `in` may be `out`.
class PixelAffine {
  public:
    explicit PixelAffine(const Affine& affine);
    void operator()(const float* in, float* out, int pixels) const;
    std::span<const float> values() const { return m_values; }
    std::array<float, 3> operator()(float r, float g, float b) const {
        const auto& m = m_values;
        return {m[0] * r + m[1] * g + m[2] * b + m[3], m[4] * r + m[5] * g + m[6] * b + m[7],
                m[8] * r + m[9] * g + m[10] * b + m[11]};
    }

  private:
    std::array<float, 12> m_values;
};

inline constexpr Vector d50{0.9642, 1.0, 0.8249};

/// The virtual profile of the working space: three linear curves and the matrix, version 4, D50.
ProfileHandle workingProfile(const Context& context, WorkingGamut gamut);
/// Working RGB → XYZ (D50), as the virtual profile says.
Matrix workingToXyz(const Context& context, WorkingGamut gamut);

/// Working → device by Little CMS itself, unoptimised, in floats. Null when the library refuses.
TransformHandle exactOutput(const Context& context, const Profile& device, const OutputTransform::Options& options);

/// XYZ of the colorants of a matrix profile; empty when a tag is missing.
std::optional<Matrix> colorants(cmsHPROFILE profile);

/// What the source half does to XYZ before the cut. Relative and friends with compensation: the source's black point
/// goes to 0 and D50 stays, per axis, as Little CMS (and ISO 18619) does. Absolute: relative XYZ is scaled to the
/// source's media white; the observer is fully adapted, so no chromatic adaptation happens on top.
Affine towardsCut(cmsHPROFILE source, Intent intent, BlackPoint blackPoint);
/// The same from the numbers that travel. Converted sources: nothing, it was done where they were converted.
Affine towardsCut(const image::SourceColour& source, Intent intent, BlackPoint blackPoint);
/// Per axis: the value that scales D50 to the media white. Version 2 display profiles count as D50 whatever their tag
/// says (Little CMS does the same).
Vector mediaWhiteScale(cmsHPROFILE profile);
/// XYZ of the black point that compensation takes to 0 (cmsDetectBlackPoint); 0 when there is none.
Vector sourceBlack(cmsHPROFILE source, Intent intent);
/// What the device half does to XYZ after the cut: 0 goes to the device's black point, or D50 to its media white.
Affine fromCut(cmsHPROFILE device, Intent intent, BlackPoint blackPoint);

/// A tone curve of a profile, sampled; empty when the tag is missing.
std::optional<Curve> readCurve(cmsHPROFILE profile, cmsTagSignature tag);

}  // namespace contone::icc
