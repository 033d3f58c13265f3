// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// NestingSearch: looks for layouts of one owner's prints, on whole numbers and for a counted number of tries.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/cancel.h"
#include "core/layout/chance_p.h"
#include "core/layout/free_space_p.h"

namespace contone::layout {

/// A piece where it lies.
struct Laid {
    std::size_t piece = 0;
    Rect at;
    Turned turned = Turned::No;
};

/// A sheet, a section of a roll, or a block: prints side by side on the whole width of a roll.
struct Filled {
    std::vector<Laid> laid;
    std::int64_t area = 0;  ///< of all pieces
    std::int64_t end = 0;   ///< of the piece that lies furthest down
};

/// One thread at a time.
class NestingSearch {
  public:
    /// @param pieces  each fits on a sheet of this width; lives as long as the search
    NestingSearch(const std::vector<Piece>& pieces, std::int64_t width, Cutting cutting, const NestingEffort& effort,
                  const CancelToken& cancel);
    /// All pieces on one section without an end. Fails: Cancelled "cancelled".
    Result<Filled> onRoll();
    /// All pieces on sheets, the fullest first. Fails: Cancelled "cancelled".
    Result<std::vector<Filled>> onSheets(std::int64_t height);
    /// The same pieces so that they end as far up as is found, never further down. Fails: Cancelled "cancelled".
    Result<Filled> shortened(const Filled& sheet);

  private:
    using Order = std::vector<std::size_t>;
    /// What a search of groups (sheets or blocks) is for.
    enum class Goal { FullSheets, ShortBlocks };

    Rules anyRules();
    Order sorted(Order order, int by) const;
    void disturb(Order& order);
    std::optional<Filled> fillStrip(const Order& order, Rules rules, std::int64_t longest);
    std::vector<Filled> fillGroups(const Order& order, Rules rules, std::int64_t height, std::size_t most);
    Result<std::optional<Filled>> bestStrip(const Order& all, std::int64_t longest);
    Result<std::vector<Filled>> bestGroups(const Order& all, std::int64_t height, Goal goal);
    double cost(const std::vector<Filled>& groups, Goal goal, std::int64_t height) const;
    Result<Filled> roll(const Order& all, std::int64_t tries);
    std::vector<std::size_t> someOf(const std::vector<Filled>& groups, Goal goal);
    void regroup(std::vector<Filled>& groups, std::int64_t height, Goal goal);

    const std::vector<Piece>& m_pieces;
    std::int64_t m_width;
    Cutting m_cutting;
    std::int64_t m_least = endless;  ///< the shortest side of any piece
    std::int64_t m_tallest = 0;      ///< the least height of a block in which each piece has room
    std::int64_t m_tries;            ///< how often a piece may be laid down in trying
    std::int64_t m_laidDown = 0;     ///< how often one was
    Chance m_chance;
    CancelToken m_cancel;
};

}  // namespace contone::layout
