// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// FreeSpace: what is still free on one sheet while prints are laid on it, and where the next one fits best.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/layout/nesting.h"

namespace contone::layout {

/// In micrometres, from the upper left corner of what may be used.
struct Rect {
    std::int64_t x = 0, y = 0, w = 0, h = 0;
    bool operator==(const Rect&) const = default;
};

/// A print as the search sees it: grown by the gap on its right and below.
struct Piece {
    std::int64_t w = 0, h = 0;
    Turning turning = Turning::Allowed;
    std::size_t print = 0;  ///< its number among the prints
    std::int64_t area() const { return w * h; }
};

/// Which free place suits a piece best: the one that leaves the least beside it (ShortSide), in both directions
/// (LongSide), in area, or where it ends highest up on the sheet.
enum class Fit { ShortSide, LongSide, Area, Topmost };
constexpr int fitCount = 4;

/// How a free place is cut when prints are parted by a guillotine: so that the larger rest stays whole, or the smaller.
enum class Split { KeepLarger, KeepSmaller };

struct Rules {
    Fit fit = Fit::ShortSide;
    Split split = Split::KeepLarger;
    bool operator==(const Rules&) const = default;
};

/// The height of a sheet that has no end.
constexpr std::int64_t endless = 100'000'000'000;

/// Free cutting: the maximal free rectangles (J. Jylänki, A Thousand Ways to Pack the Bin, 2010, MaxRects). Guillotine:
/// disjoint ones, each of which can be cut out from edge to edge. One thread at a time.
class FreeSpace {
  public:
    /// @param least  no piece that will come has a shorter side: what is narrower is forgotten.
    FreeSpace(std::int64_t width, std::int64_t height, Cutting cutting, std::int64_t least);
    struct Spot {
        Rect at;
        Turned turned = Turned::No;
        std::size_t in = 0;  ///< which free rectangle
    };
    /// Nothing when the piece fits nowhere. Between equals the first found wins, so the answer is always the same.
    std::optional<Spot> find(const Piece& piece, Fit fit) const;
    void take(const Spot& spot, Split split);

  private:
    void keep(const Rect& rect, std::vector<Rect>& list) const;
    void takeFreely(const Rect& used);
    void cut(const Spot& spot, Split split);

    Cutting m_cutting;
    std::int64_t m_least;
    std::vector<Rect> m_free, m_fresh;
};

}  // namespace contone::layout
