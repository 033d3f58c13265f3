// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The matrices around the cut.
#include "icc/working_space_p.h"

#include <cmath>

namespace contone::icc {

Affine compose(const Affine& second, const Affine& first) {
    Affine result{multiply(second.matrix, first.matrix), multiply(second.matrix, first.offset)};
    for (int i = 0; i < 3; ++i) result.offset[i] += second.offset[i];
    return result;
}

PixelAffine::PixelAffine(const Affine& affine) {
    for (int row = 0; row < 3; ++row) {
        for (int column = 0; column < 3; ++column)
            m_values[row * 4 + column] = static_cast<float>(affine.matrix[row * 3 + column]);
        m_values[row * 4 + 3] = static_cast<float>(affine.offset[row]);
    }
}

void PixelAffine::operator()(const float* in, float* out, int pixels) const {
    for (int i = 0; i < pixels; ++i, in += 3, out += 3) {
        const auto mapped = (*this)(in[0], in[1], in[2]);
        out[0] = mapped[0];
        out[1] = mapped[1];
        out[2] = mapped[2];
    }
}

ProfileHandle workingProfile(const Context& context, WorkingGamut gamut) {
    // ITU-R BT.2020 table 3; ISO 22028-2 table 1 (ROMM RGB, whose white is D50 itself).
    constexpr cmsCIExyY d65{0.3127, 0.3290, 1.0}, d50White{0.3457, 0.3585, 1.0};
    constexpr cmsCIExyYTRIPLE rec2020{{0.708, 0.292, 1.0}, {0.170, 0.797, 1.0}, {0.131, 0.046, 1.0}};
    constexpr cmsCIExyYTRIPLE romm{{0.7347, 0.2653, 1.0}, {0.1596, 0.8404, 1.0}, {0.0366, 0.0001, 1.0}};
    const bool wide = gamut == WorkingGamut::Wide;
    cmsToneCurve* linear = cmsBuildGamma(context.get(), 1.0);
    cmsToneCurve* curves[3] = {linear, linear, linear};
    ProfileHandle profile(
        cmsCreateRGBProfileTHR(context.get(), wide ? &d50White : &d65, wide ? &romm : &rec2020, curves));
    cmsFreeToneCurve(linear);
    return profile;
}

std::optional<Matrix> colorants(cmsHPROFILE profile) {
    const auto* r = static_cast<const cmsCIEXYZ*>(cmsReadTag(profile, cmsSigRedColorantTag));
    const auto* g = static_cast<const cmsCIEXYZ*>(cmsReadTag(profile, cmsSigGreenColorantTag));
    const auto* b = static_cast<const cmsCIEXYZ*>(cmsReadTag(profile, cmsSigBlueColorantTag));
    if (!r || !g || !b) return {};
    return Matrix{r->X, g->X, b->X, r->Y, g->Y, b->Y, r->Z, g->Z, b->Z};
}

Matrix3 workingToXyz(WorkingGamut gamut) {
    return workingToXyz(Context(), gamut);
}

Matrix workingToXyz(const Context& context, WorkingGamut gamut) {
    const ProfileHandle profile = workingProfile(context, gamut);
    return colorants(profile.get()).value_or(Matrix{});
}

namespace {

Affine diagonal(const Vector& scale, const Vector& offset) {
    return {{scale[0], 0, 0, 0, scale[1], 0, 0, 0, scale[2]}, offset};
}

/// `black` goes to 0 and D50 stays, per axis.
Affine compensation(const Vector& black) {
    Vector scale{}, offset{};
    for (int i = 0; i < 3; ++i) {
        scale[i] = d50[i] / (d50[i] - black[i]);
        offset[i] = -black[i] * scale[i];
    }
    return diagonal(scale, offset);
}

}  // namespace

Vector mediaWhiteScale(cmsHPROFILE profile) {
    const bool isOldDisplay =
        cmsGetEncodedICCversion(profile) < 0x4000000 && cmsGetDeviceClass(profile) == cmsSigDisplayClass;
    const auto* white = static_cast<const cmsCIEXYZ*>(cmsReadTag(profile, cmsSigMediaWhitePointTag));
    if (!white || isOldDisplay || !(white->X > 0.01) || !(white->Y > 0.01) || !(white->Z > 0.01)) return {1, 1, 1};
    return {white->X / d50[0], white->Y / d50[1], white->Z / d50[2]};
}

Vector sourceBlack(cmsHPROFILE source, Intent intent) {
    cmsCIEXYZ black{};
    if (!cmsDetectBlackPoint(&black, source, toLcms(intent), 0)) return {};
    return {black.X, black.Y, black.Z};
}

Affine towardsCut(cmsHPROFILE source, Intent intent, BlackPoint blackPoint) {
    if (intent == Intent::Absolute) return diagonal(mediaWhiteScale(source), {});
    if (blackPoint == BlackPoint::AsIs) return {};
    return compensation(sourceBlack(source, intent));
}

Affine towardsCut(const image::SourceColour& source, Intent intent, BlackPoint blackPoint) {
    if (source.kind == image::SourceColour::Kind::Converted) return {};
    Vector numbers{};
    if (intent == Intent::Absolute) {
        for (int i = 0; i < 3; ++i) numbers[i] = source.mediaWhite[i] / 16777216.0;
        return diagonal(numbers, {});
    }
    if (blackPoint == BlackPoint::AsIs) return {};
    for (int i = 0; i < 3; ++i) numbers[i] = source.blackPoint[static_cast<std::size_t>(intent)][i] / 1073741824.0;
    return compensation(numbers);
}

Affine fromCut(cmsHPROFILE device, Intent intent, BlackPoint blackPoint) {
    if (intent == Intent::Absolute) {
        const Vector white = mediaWhiteScale(device);
        return diagonal({1 / white[0], 1 / white[1], 1 / white[2]}, {});
    }
    cmsCIEXYZ black{};
    const bool compensates = blackPoint == BlackPoint::Compensate || alwaysCompensates(device, intent);
    if (!compensates || !cmsDetectDestinationBlackPoint(&black, device, toLcms(intent), 0)) return {};
    const Vector to{black.X, black.Y, black.Z};
    Vector scale{};
    for (int i = 0; i < 3; ++i) scale[i] = (d50[i] - to[i]) / d50[i];
    return diagonal(scale, to);
}

std::optional<Curve> readCurve(cmsHPROFILE profile, cmsTagSignature tag) {
    const auto* stored = static_cast<const cmsToneCurve*>(cmsReadTag(profile, tag));
    if (!stored) return {};
    return Curve([stored](double x) { return evaluate(stored, x); });
}

}  // namespace contone::icc
