// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// DCF 2.0 §3.3.4 wants 160×120 thumbnails; cameras of other shapes fill up with black.
#include "core/image/codecs/preview_shape_p.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace contone::image {

namespace {

constexpr double kSame = 1.5, kSameShare = 0.015;
constexpr int kDark = 32;  // of 255, on average over a bar: black as JPEG leaves it

// Mean of the samples in a rectangle; 0 is white for ink.
int meanOf(const Picture& picture, PixelRect at) {
    const auto pixel = picture.format.bytesPerPixel();
    std::int64_t sum = 0;
    const std::int64_t samples = static_cast<std::int64_t>(at.width) * at.height * static_cast<std::int64_t>(pixel);
    for (int y = at.y; y < at.y + at.height; ++y) {
        const auto* row = picture.strip().row<std::uint8_t>(y) + static_cast<std::size_t>(at.x) * pixel;
        for (std::size_t i = 0; i < static_cast<std::size_t>(at.width) * pixel; ++i) sum += row[i];
    }
    return samples == 0 ? 0 : static_cast<int>(sum / samples);
}

Picture cut(const Picture& from, PixelRect at) {
    Picture result = Picture::ofSize({at.width, at.height}, from.format);
    for (int y = 0; y < at.height; ++y)
        std::memcpy(
            result.strip().row<std::byte>(y),
            from.strip().row<std::byte>(at.y + y) + static_cast<std::size_t>(at.x) * from.format.bytesPerPixel(),
            result.stride());
    return result;
}

}  // namespace

std::optional<Picture> shapedLike(Picture preview, PixelSize photo) {
    const PixelSize size = preview.size;
    const double width = std::min<double>(size.width, 1.0 * size.height * photo.width / photo.height);
    const double height = std::min<double>(size.height, 1.0 * size.width * photo.height / photo.width);
    const double spareX = size.width - width, spareY = size.height - height;
    if (spareX <= std::max(kSame, kSameShare * size.width) && spareY <= std::max(kSame, kSameShare * size.height))
        return preview;
    if (preview.format.depth != Depth::U8 || preview.format.channels == Channels::Cmyk) return {};
    // A row that is half bar goes too: a dark line would show.
    const int barX = static_cast<int>(std::ceil(spareX / 2)), barY = static_cast<int>(std::ceil(spareY / 2));
    const PixelRect inside{barX, barY, size.width - 2 * barX, size.height - 2 * barY};
    if (inside.width < 1 || inside.height < 1) return {};
    // The last rows of a bar may have caught light from the picture (JPEG blocks): only its outer part is judged.
    const int outerX = (barX + 1) / 2, outerY = (barY + 1) / 2;
    const PixelRect bars[] = {{0, 0, barX > 0 ? outerX : size.width, barX > 0 ? size.height : outerY},
                              {barX > 0 ? size.width - outerX : 0, barX > 0 ? 0 : size.height - outerY,
                               barX > 0 ? outerX : size.width, barX > 0 ? size.height : outerY}};
    for (const PixelRect& bar : bars)
        if (meanOf(preview, bar) > kDark) return {};
    return cut(preview, inside);
}

}  // namespace contone::image
