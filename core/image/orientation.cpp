// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Turns small pictures in memory. Pages are turned by the renderer, strip by strip.
#include "core/image/orientation.h"

#include <cstring>

namespace contone::image {

Picture upright(const Picture& stored, Orientation orientation) {
    if (orientation == Orientation::Upright) return stored;
    const OrientationParts p = parts(orientation);
    Picture result = Picture::ofSize(oriented(stored.size, orientation), stored.format);
    const std::size_t pixel = stored.format.bytesPerPixel();
    for (int y = 0; y < stored.size.height; ++y) {
        const std::byte* from = stored.strip().row<std::byte>(y);
        for (int x = 0; x < stored.size.width; ++x, from += pixel) {
            const int tx = p.swap ? y : x, ty = p.swap ? x : y;
            const int rx = p.flipX ? result.size.width - 1 - tx : tx, ry = p.flipY ? result.size.height - 1 - ty : ty;
            std::memcpy(result.strip().row<std::byte>(ry) + static_cast<std::size_t>(rx) * pixel, from, pixel);
        }
    }
    return result;
}

}  // namespace contone::image
