// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A profile's curves, colorants, white and black as integers.
#include "icc/source_numbers_p.h"

#include <algorithm>
#include <cmath>

#include "icc/source.h"

namespace contone::icc {

using image::SourceColour;
using image::ToneCurve;

std::int32_t fixedPoint(double value, int bits) {
    const double scaled = std::nearbyint(std::ldexp(value, bits));
    if (!(scaled == scaled)) return 0;
    return static_cast<std::int32_t>(std::clamp(scaled, -2147483648.0, 2147483647.0));
}

ToneCurve toneCurve(const std::function<double(double)>& function) {
    ToneCurve curve;
    curve.values.reserve(ToneCurve::steps + 1);
    for (int i = 0; i <= ToneCurve::steps; ++i) {
        const double light = function(static_cast<double>(i) / ToneCurve::steps);
        curve.values.push_back(static_cast<std::uint32_t>(fixedPoint(light > 0 ? std::min(light, 1.0) : 0.0, 30)));
    }
    return curve;
}

double lightOf(const ToneCurve& curve, double x) {
    const double position = (x > 0 ? std::min(x, 1.0) : 0.0) * ToneCurve::steps;
    const auto index = std::min(static_cast<std::size_t>(position), static_cast<std::size_t>(ToneCurve::steps - 1));
    const double low = curve.values[index], high = curve.values[index + 1];
    return (low + (position - static_cast<double>(index)) * (high - low)) / 1073741824.0;
}

Matrix colorantsOf(const SourceColour& colour) {
    Matrix matrix{};
    for (std::size_t i = 0; i < 9; ++i) matrix[i] = colour.colorants[i] / 16777216.0;
    return matrix;
}

void setColorants(SourceColour& colour, const Matrix& colorants) {
    for (std::size_t i = 0; i < 9; ++i) colour.colorants[i] = fixedPoint(colorants[i], 24);
}

double rommToLinear(double x) {
    return x < 16.0 / 512.0 ? x / 16.0 : std::pow(x, 1.8);
}
double linearToRomm(double x) {
    return x < 1.0 / 512.0 ? x * 16.0 : std::pow(x, 1 / 1.8);
}

double wideToLinear(double x) {
    return rommToLinear(x) * wideRange + wideFloor;
}

namespace {

/// Empty when a tag is missing.
std::vector<ToneCurve> curvesOf(cmsHPROFILE profile, ProfileKind kind) {
    std::vector<ToneCurve> curves;
    for (const cmsTagSignature tag : {cmsSigRedTRCTag, cmsSigGreenTRCTag, cmsSigBlueTRCTag}) {
        const auto* stored = static_cast<const cmsToneCurve*>(
            cmsReadTag(profile, kind == ProfileKind::GrayTrc ? cmsSigGrayTRCTag : tag));
        if (!stored) return {};
        curves.push_back(toneCurve([stored](double x) { return evaluate(stored, x); }));
        if (kind == ProfileKind::GrayTrc) return curves;
    }
    if (curves[1] == curves[0] && curves[2] == curves[0]) curves.resize(1);
    return curves;
}

}  // namespace

SourceColour sourceColour(const Profile& profile, SourceBasis basis) {
    SourceColour colour;
    colour.basis = basis;
    colour.profile = profile.hash();
    colour.isKnown = profile.known() != KnownProfile::None;
    colour.name = colour.isKnown ? toString(profile.known()) : profile.description();
    colour.kind = SourceColour::Kind::Converted;
    if (profile.kind() == ProfileKind::Lut) return colour;
    const bool isGray = profile.kind() == ProfileKind::GrayTrc;
    colour.kind = isGray ? SourceColour::Kind::Gray : SourceColour::Kind::Matrix;
    const Context context;
    const ProfileHandle handle = context.open(profile.bytes());
    if (!handle) return colour;  // without curves: check() refuses it
    colour.curves = curvesOf(handle.get(), profile.kind());
    if (!isGray) {
        const auto matrix = colorants(handle.get());
        if (!matrix) colour.curves.clear();
        setColorants(colour, matrix.value_or(Matrix{}));
    }
    const Vector white = mediaWhiteScale(handle.get());
    for (std::size_t i = 0; i < 3; ++i) colour.mediaWhite[i] = fixedPoint(white[i], 24);
    for (const Intent intent : {Intent::Perceptual, Intent::Relative, Intent::Saturation}) {
        const Vector black = sourceBlack(handle.get(), intent);
        for (std::size_t i = 0; i < 3; ++i)
            colour.blackPoint[static_cast<std::size_t>(intent)][i] = fixedPoint(black[i], 30);
    }
    return colour;
}

}  // namespace contone::icc
