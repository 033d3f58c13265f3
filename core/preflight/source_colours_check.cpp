// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What a person may want to know of a photo's colours: nothing here is a fault.
#include <algorithm>
#include <cmath>

#include "core/preflight/checks_p.h"
#include "icc/transforms.h"

namespace contone::preflight {

using findings::Finding, findings::FindingCode;

namespace {

constexpr double seenDeltaE = 3;  ///< so far from its nearest in sRGB, a colour is noticeably another
constexpr double noticedPercent = 1;

/// Linear sRGB of XYZ (D50), IEC 61966-2-1 with its primaries adapted by Bradford.
constexpr Matrix3 sRgbOfXyz{3.1338561, -1.6168667, -0.4906146, -0.9787684, 1.9161415,
                            0.0334540, 0.0719453,  -0.2289914, 1.4052427};

struct Lab {
    double values[3];
};
Lab labOf(const Vector3& xyz) {
    const auto f = [](double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; };
    const double x = f(xyz[0] / 0.9642), y = f(xyz[1]), z = f(xyz[2] / 0.8249);
    return {{116 * y - 16, 500 * (x - y), 200 * (y - z)}};
}

double percentOutsideSrgb(const render::WorkingPicture& picture) {
    const Matrix3 toXyz = icc::workingToXyz(picture.gamut), back = inverse(sRgbOfXyz).value_or(Matrix3{});
    const std::size_t pixels = picture.rgb.size() / 3;
    std::size_t outside = 0;
    for (std::size_t i = 0; i < pixels; i++) {
        const float* p = picture.rgb.data() + 3 * i;
        const Vector3 xyz = multiply(toXyz, Vector3{p[0], p[1], p[2]});
        Vector3 rgb = multiply(sRgbOfXyz, xyz);
        if (std::ranges::all_of(rgb, [](double v) { return v > -0.002 && v < 1.002; })) continue;
        for (double& v : rgb) v = std::clamp(v, 0.0, 1.0);
        outside += icc::deltaE2000(labOf(xyz).values, labOf(multiply(back, rgb)).values) > seenDeltaE ? 1 : 0;
    }
    return pixels == 0 ? 0 : 100.0 * static_cast<double>(outside) / static_cast<double>(pixels);
}

}  // namespace

Findings sourceColours(const PhotoToCheck& photo, const PageToCheck& page) {
    Findings found;
    if (photo.facts.colour.basis == image::SourceBasis::Assumed) found.push_back({.code = FindingCode::NoProfile});
    const auto picture = workingOf(photo.measures, photo.facts.colour, shownOf(page.plan));
    const double percent = picture ? percentOutsideSrgb(*picture) : 0;
    if (percent >= noticedPercent)
        found.push_back({.code = FindingCode::RicherThanSrgb, .numbers = {{"percent", std::round(percent)}}});
    return found;
}

}  // namespace contone::preflight
