// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Pointwise adjustments as tests and plots need them: plain functions on linear working RGB, between A and B. What they
// give is clipped to what paper can be told: 0…1.
#pragma once

#include <lcms2.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/icc/lcms_oracle.h"

namespace contone::icc::oracle {

using Adjust = void (*)(float* rgb);

struct Adjustment {
    const char* name;
    Adjust apply;
};

inline void lightness(float* rgb, float (*curve)(float)) {
    for (int c = 0; c < 3; ++c) rgb[c] = std::pow(curve(std::pow(std::max(rgb[c], 0.0F), 1 / 2.4F)), 2.4F);
}
inline float gray(const float* rgb) {
    return 0.2627F * rgb[0] + 0.678F * rgb[1] + 0.0593F * rgb[2];  // ITU-R BT.2020
}

inline constexpr Adjustment adjustments[] = {
    {"nothing", [](float*) {}},
    {"+2 EV",
     [](float* rgb) {
         for (int c = 0; c < 3; ++c) rgb[c] *= 4;
     }},
    {"-2 EV",
     [](float* rgb) {
         for (int c = 0; c < 3; ++c) rgb[c] /= 4;
     }},
    {"steep curve",  // three times the contrast around middle gray, soft at both ends
     [](float* rgb) { lightness(rgb, [](float v) { return 1 / (1 + std::exp(-12 * (std::min(v, 1.0F) - 0.5F))); }); }},
    {"saturation × 1.6",
     [](float* rgb) {
         const float y = gray(rgb);
         for (int c = 0; c < 3; ++c) rgb[c] = y + 1.6F * (rgb[c] - y);
     }},
    {"black and white", [](float* rgb) { rgb[0] = rgb[1] = rgb[2] = gray(rgb); }},
};

inline std::vector<float> adjusted(std::vector<float> working, Adjust adjust) {
    for (std::size_t i = 0; i + 2 < working.size(); i += 3) adjust(&working[i]);
    for (float& v : working) v = std::clamp(v, 0.0F, 1.0F);
    return working;
}

/// Linear RGB of the working space's primaries as a profile, as icc/ defines it, made anew from the standards: ITU-R
/// BT.2020 with D65, adapted; ISO 22028-2 (ROMM), whose white is D50.
inline cmsHPROFILE workingSpace(WorkingGamut gamut) {
    constexpr cmsCIExyY d65{0.3127, 0.3290, 1.0}, d50{0.3457, 0.3585, 1.0};
    constexpr cmsCIExyYTRIPLE rec2020{{0.708, 0.292, 1.0}, {0.170, 0.797, 1.0}, {0.131, 0.046, 1.0}};
    constexpr cmsCIExyYTRIPLE romm{{0.7347, 0.2653, 1.0}, {0.1596, 0.8404, 1.0}, {0.0366, 0.0001, 1.0}};
    const bool isWide = gamut == WorkingGamut::Wide;
    cmsToneCurve* linear = cmsBuildGamma(nullptr, 1.0);
    cmsToneCurve* curves[3] = {linear, linear, linear};
    cmsHPROFILE profile = cmsCreateRGBProfile(isWide ? &d50 : &d65, isWide ? &romm : &rec2020, curves);
    cmsFreeToneCurve(linear);
    return profile;
}

/// Working → device by one unoptimised float transform of Little CMS.
inline std::vector<float> workingToDevice(const std::vector<float>& working, WorkingGamut gamut, const Profile& device,
                                          Intent intent, BlackPoint black) {
    cmsHPROFILE from = workingSpace(gamut), to = open(device);
    const cmsUInt32Number bpc = black == BlackPoint::Compensate ? cmsFLAGS_BLACKPOINTCOMPENSATION : 0;
    cmsHTRANSFORM t =
        cmsCreateTransform(from, TYPE_RGB_FLT, to, formatOf(device), static_cast<int>(intent), exact | bpc);
    auto out = oracle(t, working, 3, device.channels());
    cmsDeleteTransform(t);
    cmsCloseProfile(from);
    cmsCloseProfile(to);
    return out;
}

/// sRGB primaries, linear: what a linear 16-bit TIFF says it is in.
inline Profile linearSrgb() {
    constexpr cmsCIExyY d65{0.3127, 0.3290, 1.0};
    constexpr cmsCIExyYTRIPLE primaries{{0.64, 0.33, 1.0}, {0.30, 0.60, 1.0}, {0.15, 0.06, 1.0}};
    cmsToneCurve* linear = cmsBuildGamma(nullptr, 1.0);
    cmsToneCurve* curves[3] = {linear, linear, linear};
    cmsHPROFILE profile = cmsCreateRGBProfile(&d65, &primaries, curves);
    cmsFreeToneCurve(linear);
    cmsUInt32Number size = 0;
    cmsSaveProfileToMem(profile, nullptr, &size);
    Bytes bytes(size);
    cmsSaveProfileToMem(profile, bytes.data(), &size);
    cmsCloseProfile(profile);
    return Profile::fromBytes(bytes).value();
}

/// What 16 bits hold of encoded samples. A linear source is drawn by lightness first, else all of it were highlights.
inline std::vector<float> sixteenBits(std::vector<float> encoded, bool isLinear) {
    for (float& v : encoded) v = std::floor((isLinear ? std::pow(v, 2.4F) : v) * 65535.0F + 0.5F) / 65535.0F;
    return encoded;
}

}  // namespace contone::icc::oracle
