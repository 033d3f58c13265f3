// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Luma and chroma of both at one small size.
#include "core/decode/worker/same_picture.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/decode/worker/area_average_p.h"
#include "core/image/orientation.h"

namespace contone::decode {
namespace {

using image::Picture;
using image::PixelSize;

struct Planes {
    PixelSize size;
    std::vector<double> luma, blue, red;
};

/// As large as `size`, or as the picture where that is smaller; then nearest pixels.
Planes planesOf(const Picture& picture, PixelSize size) {
    const PixelSize reduced{std::min(size.width, picture.size.width), std::min(size.height, picture.size.height)};
    AreaAverage average(picture.size, reduced, picture.format);
    for (int y = 0; y < picture.size.height; ++y) average.add(picture.strip(), y);
    const Picture mean = average.take();
    Planes planes{size, {}, {}, {}};
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x) {
            const int column = x * reduced.width / size.width, row = y * reduced.height / size.height;
            const auto* p = mean.strip().row<std::uint16_t>(row) + static_cast<std::ptrdiff_t>(column) * 3;
            const double r = p[0] / 257.0, g = p[1] / 257.0, b = p[2] / 257.0;
            const double luma = 0.299 * r + 0.587 * g + 0.114 * b;
            planes.luma.push_back(luma);
            planes.blue.push_back(0.564 * (b - luma));
            planes.red.push_back(0.713 * (r - luma));
        }
    return planes;
}

struct Spread {
    double mean = 0, deviation = 0;
};
Spread spreadOf(const std::vector<double>& values) {
    Spread spread;
    const auto n = static_cast<double>(values.size());
    for (const double v : values) spread.mean += v / n;
    for (const double v : values) spread.deviation += (v - spread.mean) * (v - spread.mean) / n;
    spread.deviation = std::sqrt(spread.deviation);
    return spread;
}

/// Contrast below this is noise: nothing can be told from where it is.
constexpr double kFlat = 2;

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
    const Spread sa = spreadOf(a), sb = spreadOf(b);
    if (sa.deviation < kFlat && sb.deviation < kFlat) return 1;
    if (sa.deviation < kFlat || sb.deviation < kFlat) return 0;
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - sa.mean) * (b[i] - sb.mean);
    return sum / (static_cast<double>(a.size()) * sa.deviation * sb.deviation);
}

}  // namespace

PictureDifference differenceOf(const Picture& photo, const Picture& small) {
    const PixelSize size = fitted(photo.size, comparedSide);
    const Planes a = planesOf(photo, size), b = planesOf(small, size);
    const Spread sa = spreadOf(a.luma), sb = spreadOf(b.luma);
    PictureDifference d;
    d.contrast = sa.deviation;
    d.likeness = correlation(a.luma, b.luma);
    // A camera's small picture may be flatter or steeper, within reason.
    const double gain = std::clamp(sa.deviation / std::max(sb.deviation, kFlat), 0.5, 2.0);
    const auto n = static_cast<double>(a.luma.size());
    for (std::size_t i = 0; i < a.luma.size(); ++i) {
        d.residue += std::abs((b.luma[i] - sb.mean) * gain - (a.luma[i] - sa.mean)) / n;
        d.colour += std::hypot(b.blue[i] - a.blue[i], b.red[i] - a.red[i]) / n;
    }
    for (int turn = 2; turn <= 8; ++turn) {
        const Picture turned = image::upright(small, image::orientationFromExif(turn));
        d.better = std::max(d.better, correlation(a.luma, planesOf(turned, size).luma));
    }
    return d;
}

bool showsThePhoto(const PictureDifference& d) {
    constexpr double kLikeness = 0.9, kColour = 6;
    return d.likeness >= kLikeness && d.likeness >= d.better - 0.01 && d.colour <= kColour;
}

}  // namespace contone::decode
