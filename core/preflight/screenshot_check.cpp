// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Pictures of a screen: a screen's size, nothing of a camera, large parts of exactly one colour, few colours.
#include <algorithm>
#include <array>

#include "core/preflight/checks_p.h"

namespace contone::preflight {

using findings::FindingCode, findings::Severity;

namespace {

/// Of phones, tablets and computers, the shorter side first.
constexpr std::array screens = std::to_array<image::PixelSize>({
    {640, 960},   {640, 1136},  {720, 1280},  {720, 1520},  {720, 1560},  {720, 1600},  {720, 1612},  {750, 1334},
    {768, 1024},  {768, 1366},  {800, 1280},  {828, 1792},  {900, 1440},  {900, 1600},  {1024, 1280}, {1050, 1680},
    {1080, 1920}, {1080, 2160}, {1080, 2220}, {1080, 2280}, {1080, 2340}, {1080, 2376}, {1080, 2400}, {1080, 2408},
    {1080, 2412}, {1125, 2436}, {1170, 2532}, {1179, 2556}, {1200, 1920}, {1200, 2000}, {1206, 2622}, {1220, 2712},
    {1242, 2208}, {1242, 2688}, {1284, 2778}, {1290, 2796}, {1320, 2868}, {1344, 2992}, {1440, 2560}, {1440, 2960},
    {1440, 3040}, {1440, 3088}, {1440, 3120}, {1440, 3200}, {1440, 3440}, {1488, 2266}, {1536, 2048}, {1600, 2560},
    {1620, 2160}, {1640, 2360}, {1668, 2224}, {1668, 2388}, {1800, 2880}, {1964, 3024}, {2048, 2732}, {2160, 3840},
    {2234, 3456}, {2880, 5120},
});

bool isScreen(image::PixelSize size) {
    const image::PixelSize upright{std::min(size.width, size.height), std::max(size.width, size.height)};
    return std::ranges::find(screens, upright) != screens.end();
}

}  // namespace

Findings screenshot(const PhotoToCheck& photo, const PageToCheck&) {
    constexpr double flatFrom = 25;
    constexpr int fewColours = 4000;
    const bool isFromNoCamera = photo.facts.format == image::PhotoFormat::Png || photo.facts.camera.empty();
    if (!isScreen(photo.facts.storedSize) || !isFromNoCamera || photo.measures.flatBlockPercent <= flatFrom ||
        photo.measures.colours >= fewColours)
        return {};
    return {{.code = FindingCode::Screenshot, .severity = Severity::Look}};
}

}  // namespace contone::preflight
