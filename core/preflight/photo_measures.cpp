// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Parts of the small picture.
#include "core/preflight/photo_measures.h"

#include <algorithm>
#include <cmath>

namespace contone::preflight {

image::PixelRect pixelsOf(image::PixelSize small, const image::Crop& shown) {
    const auto place = [](double from, double size, int pixels) {
        const int first = std::clamp(static_cast<int>(std::lround(from * pixels)), 0, pixels - 1);
        const int end = std::clamp(static_cast<int>(std::lround((from + size) * pixels)), first + 1, pixels);
        return std::pair(first, end - first);
    };
    const auto [x, width] = place(shown.left, shown.width, small.width);
    const auto [y, height] = place(shown.top, shown.height, small.height);
    return {x, y, width, height};
}

Result<render::WorkingPicture> workingOf(const PhotoMeasures& measures, const image::SourceColour& colour,
                                         const image::Crop& shown) {
    CONTONE_TRY(const icc::InputTransform input, icc::InputTransform::create(colour, {}));
    const image::Picture& small = measures.small;
    const auto channels = static_cast<std::size_t>(image::count(small.format.channels));
    const image::PixelRect part = pixelsOf(small.size, shown);
    render::WorkingPicture working{{part.width, part.height}, input.gamut(), {}};
    const auto width = static_cast<std::size_t>(part.width);
    working.rgb.resize(width * static_cast<std::size_t>(part.height) * 3);
    std::vector<float> row(width * channels);
    for (int y = 0; y < part.height; y++) {
        const auto* from = small.strip().row<std::uint16_t>(part.y + y) + static_cast<std::size_t>(part.x) * channels;
        for (std::size_t i = 0; i < row.size(); i++) row[i] = static_cast<float>(from[i]) / 65'535.0F;
        input.apply(row.data(), working.rgb.data() + static_cast<std::size_t>(y) * width * 3, part.width);
    }
    return working;
}

}  // namespace contone::preflight
