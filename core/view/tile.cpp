// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The grid of tiles.
#include "core/view/tile.h"

#include <algorithm>

namespace contone::view {
namespace {

/// Half as many a side each level, rounded up, never less than one.
image::PixelSize levelSize(image::PixelSize page, int level) {
    const auto side = [level](int pixels) {
        return std::max(1, int((std::int64_t(pixels) + (1LL << level) - 1) >> level));
    };
    return {side(page.width), side(page.height)};
}

}  // namespace

image::PixelSize tileCount(image::PixelSize page, int level) {
    const image::PixelSize size = levelSize(page, level);
    return {(size.width + tileSide - 1) / tileSide, (size.height + tileSide - 1) / tileSide};
}

image::PixelRect tileRect(image::PixelSize page, int level, int x, int y) {
    const image::PixelSize size = levelSize(page, level);
    return {x * tileSide, y * tileSide, std::min(tileSide, size.width - x * tileSide),
            std::min(tileSide, size.height - y * tileSide)};
}

}  // namespace contone::view
