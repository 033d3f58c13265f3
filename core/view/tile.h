// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// TileKey: what decides the pixels of one tile on the screen. TileSource: where tiles come from.
#pragma once

#include <compare>

#include "core/base/cancel.h"
#include "core/base/sha256.h"
#include "core/image/strip_sink.h"
#include "core/view/grade.h"

namespace contone::view {

/// Pixels a side; tiles at the right and bottom edge are smaller.
constexpr int tileSide = 256;

/// What decides the pixels of a page on the screen.
struct PageKey {
    Sha256 recipe;   ///< of the page; none: nothing that can be told by a recipe
    Sha256 proof;    ///< of the output profile and of how paper and ink are simulated; none: the photo as it is
    Sha256 monitor;  ///< its profile
    auto operator<=>(const PageKey&) const = default;
};

struct TileKey {
    PageKey page;
    int level = 0;     ///< 0: the page's own pixels; each level further has half as many a side
    int x = 0, y = 0;  ///< 0…, counted in tiles from the left top of that level
    auto operator<=>(const TileKey&) const = default;
};

/// Tiles a row and a column of a page of `page` pixels at `level`.
image::PixelSize tileCount(image::PixelSize page, int level);
/// The pixels of a tile, in pixels of its level. `x`, `y` less than tileCount().
image::PixelRect tileRect(image::PixelSize page, int level, int x, int y);

/// A port: the canvas asks by key and draws what it gets.
class TileSource {
  public:
    virtual ~TileSource() = default;
    /// Monitor pixels, RGB8, of tileRect() at most in size. Any thread. Fails: NotFound "no-tile" (the key is of
    /// another page, or outside it); Cancelled; as what renders the page.
    virtual Result<image::Picture> tile(const TileKey& key, Grade grade, const CancelToken& cancel) = 0;
};

}  // namespace contone::view
