// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Which well-known colour space a profile is: by the hash of the file, else by its primaries and curve.
#include <array>
#include <cmath>
#include <string_view>

#include "icc/lcms_p.h"
#include "icc/source_numbers_p.h"

namespace contone::icc {
namespace {

struct KnownFile {
    std::string_view hash;
    KnownProfile known;
};

/// Files that cameras, phones and editors embed every day.
constexpr std::array knownFiles{
    // "sRGB IEC61966-2.1", 3144 bytes, Hewlett-Packard 1998: what most software embeds
    KnownFile{"2b3aa1645779a9e634744faf9b01e9102b0c9b88fd6deced7934df86b949af7e", KnownProfile::Srgb},
    // "Adobe RGB (1998)", 560 bytes, Adobe 1999
    KnownFile{"e5f6ffb83b6d3491301dd750975684cc5cc2a1951c994a14b08cfdaa0d75a041", KnownProfile::AdobeRgb},
    // "Display P3", 548 and 536 bytes, Apple: iPhones
    KnownFile{"e468e89239fc0493d5e8fb9b014e91b210c6caa73c81edf04c3d21a734f377cc", KnownProfile::DisplayP3},
    KnownFile{"20789fdbea9835251a4f0796c8bf45cbd964896044886540da21ffc7457af0ab", KnownProfile::DisplayP3},
};

using Curve = double (*)(double);

double srgbCurve(double x) {
    return x <= 0.04045 ? x / 12.92 : std::pow((x + 0.055) / 1.055, 2.4);
}
double adobeCurve(double x) {
    return std::pow(x, 563.0 / 256.0);
}
double rommCurve(double x) {
    return x < 16.0 / 512.0 ? x / 16.0 : std::pow(x, 1.8);
}
double rommPureCurve(double x) {
    return std::pow(x, 1.8);
}
double rec2020Curve(double x) {
    return x < 0.0812428583 ? x / 4.5 : std::pow((x + 0.0992968268) / 1.0992968268, 1.0 / 0.45);
}

/// XYZ of red, green and blue, adapted to D50 (Bradford), as the ICC profiles of these spaces store them, and the
/// curves in use for them. Sources: IEC 61966-2-1; Adobe RGB (1998) 2005-05; SMPTE EG 432-1 with D65 and the sRGB
/// curve; ISO 22028-2; ITU-R BT.2020.
struct Colorimetry {
    KnownProfile known;
    std::array<std::array<double, 3>, 3> primaries;
    std::array<Curve, 2> curves;
};

constexpr std::array spaces{
    Colorimetry{KnownProfile::Srgb,
                {{{0.43607, 0.22249, 0.01392}, {0.38515, 0.71687, 0.09708}, {0.14307, 0.06061, 0.71410}}},
                {srgbCurve, srgbCurve}},
    Colorimetry{KnownProfile::AdobeRgb,
                {{{0.60974, 0.31111, 0.01947}, {0.20528, 0.62567, 0.06087}, {0.14919, 0.06322, 0.74457}}},
                {adobeCurve, adobeCurve}},
    Colorimetry{KnownProfile::DisplayP3,
                {{{0.51512, 0.24120, -0.00105}, {0.29198, 0.69225, 0.04189}, {0.15710, 0.06657, 0.78407}}},
                {srgbCurve, srgbCurve}},
    Colorimetry{KnownProfile::ProPhoto,
                {{{0.79767, 0.28804, 0.0}, {0.13519, 0.71188, 0.0}, {0.03134, 0.00009, 0.82491}}},
                {rommCurve, rommPureCurve}},
    Colorimetry{KnownProfile::Rec2020,
                {{{0.67348, 0.27904, -0.00193}, {0.16567, 0.67536, 0.02998}, {0.12505, 0.04560, 0.79686}}},
                {rec2020Curve, rec2020Curve}},
};

constexpr double tolerance = 1e-3;

using Colorants = std::array<std::array<double, 3>, 3>;

bool primariesMatch(const Colorants& xyz, const Colorimetry& space) {
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t axis = 0; axis < 3; ++axis)
            if (!(std::fabs(xyz[i][axis] - space.primaries[i][axis]) <= tolerance)) return false;
    return true;
}

/// `light(channel, signal)` is the tone curve of the channel.
template <class Light>
bool curvesMatch(const Light& light, Curve curve) {
    for (int channel = 0; channel < 3; ++channel)
        for (int i = 0; i <= 255; ++i)
            if (!(std::fabs(light(channel, i / 255.0) - curve(i / 255.0)) <= tolerance)) return false;
    return true;
}

template <class Light>
KnownProfile byNumbers(const Colorants& xyz, const Light& light) {
    for (const Colorimetry& space : spaces)
        if (primariesMatch(xyz, space) && (curvesMatch(light, space.curves[0]) || curvesMatch(light, space.curves[1])))
            return space.known;
    return KnownProfile::None;
}

}  // namespace

KnownProfile recognise(const Sha256& hash, cmsHPROFILE profile, ProfileKind kind) {
    const std::string text = hash.toString();
    for (const KnownFile& file : knownFiles)
        if (text == file.hash) return file.known;
    if (kind != ProfileKind::MatrixTrc) return KnownProfile::None;
    constexpr std::array colorantTags{cmsSigRedColorantTag, cmsSigGreenColorantTag, cmsSigBlueColorantTag};
    constexpr std::array curveTags{cmsSigRedTRCTag, cmsSigGreenTRCTag, cmsSigBlueTRCTag};
    Colorants xyz{};
    std::array<const cmsToneCurve*, 3> curves{};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto* colorant = static_cast<const cmsCIEXYZ*>(cmsReadTag(profile, colorantTags[i]));
        curves[i] = static_cast<const cmsToneCurve*>(cmsReadTag(profile, curveTags[i]));
        if (!colorant || !curves[i]) return KnownProfile::None;
        xyz[i] = {colorant->X, colorant->Y, colorant->Z};
    }
    return byNumbers(xyz, [&](int channel, double x) { return evaluate(curves[channel], x); });
}

KnownProfile recognise(const image::SourceColour& colour) {
    if (colour.kind != image::SourceColour::Kind::Matrix || colour.curves.empty()) return KnownProfile::None;
    Colorants xyz{};
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t axis = 0; axis < 3; ++axis) xyz[i][axis] = colour.colorants[axis * 3 + i] / 16777216.0;
    return byNumbers(xyz, [&](std::size_t channel, double x) {
        return lightOf(colour.curves[colour.curves.size() == 3 ? channel : 0], x);
    });
}

}  // namespace contone::icc
