// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Rows of a tile are rows of the page, copied.
#include "core/view/page_tiles.h"

#include <cstring>

namespace contone::view {

Result<image::Picture> PageTiles::tile(const TileKey& key, Grade /*grade*/, const CancelToken& cancel) {
    CONTONE_CHECK(cancel.check());
    const image::PixelSize count = tileCount(m_page->size, 0);
    const bool isHere =
        key.page == m_key && key.level == 0 && key.x >= 0 && key.y >= 0 && key.x < count.width && key.y < count.height;
    if (!isHere)
        return fail(Code::NotFound, "no-tile", "This part of the picture is not there any more. Show it again.");
    const image::PixelRect at = tileRect(m_page->size, 0, key.x, key.y);
    image::Picture tile = image::Picture::ofSize({at.width, at.height}, m_page->format);
    const std::size_t pixel = m_page->format.bytesPerPixel();
    for (int y = 0; y < at.height; y++)
        std::memcpy(tile.strip().row<std::byte>(y),
                    m_page->strip().row<std::byte>(at.y + y) + pixel * static_cast<std::size_t>(at.x), tile.stride());
    return tile;
}

}  // namespace contone::view
