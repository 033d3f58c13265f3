// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The oracle of docs/colour.md: unoptimised float Little CMS, colours where tables are worst, and differences as
// CIEDE2000 through the device's own table to the connection space, relative colorimetric.
#pragma once

#include <lcms2.h>

#include <QString>
#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <vector>

#include "icc/transforms.h"
#include "tests/places.h"

namespace contone::icc::oracle {

inline constexpr cmsUInt32Number exact = cmsFLAGS_NOOPTIMIZE | cmsFLAGS_NOCACHE;

inline cmsUInt32Number formatOf(const Profile& profile) {
    return profile.channels() == 1 ? TYPE_GRAY_FLT : profile.channels() == 4 ? TYPE_CMYK_FLT : TYPE_RGB_FLT;
}

inline cmsHPROFILE open(const Profile& profile) {
    return cmsOpenProfileFromMem(profile.bytes().data(), static_cast<cmsUInt32Number>(profile.bytes().size()));
}

/// Runs in 0…1 on both sides and clips, as a file would.
inline std::vector<float> oracle(cmsHTRANSFORM transform, std::vector<float> in, int inChannels, int outChannels) {
    const std::size_t pixels = in.size() / inChannels;
    if (inChannels == 4)
        for (float& v : in) v *= 100;
    std::vector<float> out(pixels * outChannels);
    cmsDoTransform(transform, in.data(), out.data(), static_cast<cmsUInt32Number>(pixels));
    for (float& v : out) v = std::clamp(outChannels == 4 ? v / 100 : v, 0.0F, 1.0F);
    return out;
}

inline std::vector<float> littleCms(const Profile& source, const Profile& device, Intent intent, BlackPoint black,
                                    const std::vector<float>& in) {
    cmsHPROFILE a = open(source), b = open(device);
    const cmsUInt32Number bpc = black == BlackPoint::Compensate ? cmsFLAGS_BLACKPOINTCOMPENSATION : 0;
    cmsHTRANSFORM t =
        cmsCreateTransform(a, formatOf(source), b, formatOf(device), static_cast<int>(intent), exact | bpc);
    auto out = oracle(t, in, source.channels(), device.channels());
    cmsDeleteTransform(t);
    cmsCloseProfile(a);
    cmsCloseProfile(b);
    return out;
}

inline std::vector<double> toLab(const Profile& device, std::vector<float> in) {
    cmsHPROFILE a = open(device), b = cmsCreateLab4Profile(nullptr);
    cmsHTRANSFORM t = cmsCreateTransform(a, formatOf(device), b, TYPE_Lab_DBL, INTENT_RELATIVE_COLORIMETRIC, exact);
    if (device.channels() == 4)
        for (float& v : in) v *= 100;
    const std::size_t pixels = in.size() / device.channels();
    std::vector<double> out(pixels * 3);
    cmsDoTransform(t, in.data(), out.data(), static_cast<cmsUInt32Number>(pixels));
    cmsDeleteTransform(t);
    cmsCloseProfile(a);
    cmsCloseProfile(b);
    return out;
}

/// Cells of B's table from black to white along each axis (icc/output_transform.cpp).
inline unsigned stepsOf(Intent intent) {
    return intent == Intent::Saturation || intent == Intent::Absolute ? 105 : 76;
}

/// The source colours (of a matrix profile) that fall on the centres of cells of B's table, where interpolation is
/// worst.
inline std::vector<float> cellCentres(const Profile& source, std::size_t wanted, unsigned steps) {
    const auto a = InputTransform::create(source, {}).value();
    const auto back = OutputTransform::create(source, {.gamut = a.gamut()}).value();
    std::mt19937 random(81);
    const auto centre = [&] {
        const double l = (static_cast<double>(random() % steps) + 0.5) / steps, root = (l + 0.16) / 1.16;
        return static_cast<float>(l <= 0.08 ? l * 2700.0 / 24389.0 : root * root * root);  // CIE 15:2004
    };
    std::vector<float> out;
    while (out.size() < wanted * 3) {
        const std::array<float, 3> light{centre(), centre(), centre()};
        std::array<float, 3> encoded{}, again{};
        back.apply(light.data(), encoded.data(), 1);
        a.apply(encoded.data(), again.data(), 1);
        bool inside = true;  // else the source does not have this colour
        for (int c = 0; c < 3; ++c) inside = inside && std::fabs(again[c] - light[c]) < 1e-4F;
        if (inside) out.insert(out.end(), encoded.begin(), encoded.end());
    }
    return out;
}

/// 12,000 random colours, 9,600 on the faces of the cube (where gamut clipping happens), and 8,000 at cell centres: of
/// B's table for matrix sources, of a 65³ grid of the source for others.
inline std::vector<float> colours(const Profile& source, Intent intent = Intent::Relative) {
    const int channels = source.channels();
    std::mt19937 random(20260101);
    const auto unit = [&] { return static_cast<float>(random() & 0xffffff) / 16777215.0F; };
    std::vector<float> out;
    for (int i = 0; i < 12000 * channels; ++i) out.push_back(unit());
    for (int i = 0; i < 9600; ++i) {
        std::vector<float> point(channels);
        for (float& v : point) v = unit();
        point[random() % channels] = static_cast<float>(random() & 1);
        out.insert(out.end(), point.begin(), point.end());
    }
    if (source.kind() == ProfileKind::MatrixTrc) {
        const auto centres = cellCentres(source, 8000, stepsOf(intent));
        out.insert(out.end(), centres.begin(), centres.end());
    } else {
        for (int i = 0; i < 8000 * channels; ++i) out.push_back((static_cast<float>(random() % 64) + 0.5F) / 64.0F);
    }
    return out;
}

struct Figures {
    double mean = 0, p999 = 0, max = 0;
};

inline Figures figures(const Profile& device, const std::vector<float>& a, const std::vector<float>& b) {
    const auto labA = toLab(device, a), labB = toLab(device, b);
    std::vector<double> d(labA.size() / 3);
    for (std::size_t i = 0; i < d.size(); ++i) d[i] = deltaE2000(&labA[i * 3], &labB[i * 3]);
    std::ranges::sort(d);
    Figures f;
    for (const double v : d) f.mean += v / static_cast<double>(d.size());
    f.p999 = d[d.size() * 999 / 1000];
    f.max = d.back();
    return f;
}

inline Profile fixture(const char* name) {
    return Profile::fromFile(Path(contone::tests::sourceFolder) / "tests/data/profiles" / name).value();
}

inline Profile named(const QString& name) {
    if (name == "sRGB") return Profile::srgb();
    if (name == "Adobe RGB") return Profile::adobeRgbCompatible();
    if (name == "Display P3") return Profile::displayP3();
    if (name == "gray") return Profile::grayWithSrgbCurve();
    if (name == "photo RGB") return Profile::syntheticPhotoRgb();
    if (name == "photo CMYK") return Profile::syntheticPhotoCmyk();
    if (name == "offset CMYK") return Profile::offsetCmyk();
    return fixture(name.toUtf8().constData());
}

}  // namespace contone::icc::oracle
