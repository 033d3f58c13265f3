// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sorted orders first, then chance: a few sheets, or a few blocks of a roll, are laid anew and kept when that is
// better.
#include "core/layout/nesting_search_p.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <utility>

namespace contone::layout {
namespace {

constexpr int orderCount = 6;

/// Larger first.
std::int64_t keyOf(const Piece& piece, int by) {
    switch (by) {
        case 0:
            return piece.area();
        case 1:
            return std::max(piece.w, piece.h);
        case 2:
            return std::min(piece.w, piece.h);
        case 3:
            return piece.w + piece.h;
        case 4:
            return std::abs(piece.w - piece.h);
        default:
            return piece.h;
    }
}

void lay(Filled& group, std::size_t piece, const FreeSpace::Spot& spot) {
    group.laid.push_back({piece, spot.at, spot.turned});
    group.area += spot.at.w * spot.at.h;
    group.end = std::max(group.end, spot.at.y + spot.at.h);
}

void sortByFill(std::vector<Filled>& sheets) {
    std::ranges::stable_sort(sheets, [](const Filled& a, const Filled& b) { return a.area > b.area; });
}

Filled joined(const std::vector<Filled>& blocks) {
    Filled all;
    for (const Filled& block : blocks) {
        for (Laid laid : block.laid) {
            laid.at.y += all.end;
            all.laid.push_back(laid);
        }
        all.area += block.area;
        all.end += block.end;
    }
    return all;
}

}  // namespace

NestingSearch::NestingSearch(const std::vector<Piece>& pieces, std::int64_t width, Cutting cutting,
                             const NestingEffort& effort, const CancelToken& cancel)
    : m_pieces(pieces),
      m_width(width),
      m_cutting(cutting),
      m_tries(std::int64_t{effort.triesForEachPrint} * std::ssize(pieces)),
      m_chance(effort.seed),
      m_cancel(cancel) {
    for (const Piece& piece : pieces) {
        const bool stands = piece.w <= width, lies = piece.turning == Turning::Allowed && piece.h <= width;
        const std::int64_t tall = !lies ? piece.h : !stands ? piece.w : std::min(piece.w, piece.h);
        m_least = std::min({m_least, piece.w, piece.h});
        m_tallest = std::max(m_tallest, tall);
    }
}

Rules NestingSearch::anyRules() {
    const auto fit = static_cast<Fit>(m_chance.below(fitCount));
    return {fit, m_chance.below(2) == 0 ? Split::KeepLarger : Split::KeepSmaller};
}

NestingSearch::Order NestingSearch::sorted(Order order, int by) const {
    std::ranges::stable_sort(
        order, [&](std::size_t a, std::size_t b) { return keyOf(m_pieces[a], by) > keyOf(m_pieces[b], by); });
    return order;
}

/// A few pieces change places with others.
void NestingSearch::disturb(Order& order) {
    for (std::size_t swaps = 1 + m_chance.below(3); swaps > 0; --swaps) {
        const std::size_t a = m_chance.below(order.size()), b = m_chance.below(order.size());
        std::swap(order[a], order[b]);
    }
}

/// Nothing when the strip gets longer than `longest`.
std::optional<Filled> NestingSearch::fillStrip(const Order& order, Rules rules, std::int64_t longest) {
    FreeSpace space(m_width, endless, m_cutting, m_least);
    Filled strip;
    for (const std::size_t piece : order) {
        const auto spot = space.find(m_pieces[piece], rules.fit);
        if (!spot || spot->at.y + spot->at.h > longest) return std::nullopt;
        space.take(*spot, rules.split);
        lay(strip, piece, *spot);
    }
    return strip;
}

/// Each piece in the first sheet or block that has room for it. Nothing when it takes more than `most`.
std::vector<Filled> NestingSearch::fillGroups(const Order& order, Rules rules, std::int64_t height, std::size_t most) {
    std::vector<FreeSpace> spaces;
    std::vector<Filled> groups;
    for (const std::size_t piece : order) {
        std::optional<FreeSpace::Spot> spot;
        std::size_t group = 0;
        for (; group < spaces.size(); ++group) {
            ++m_laidDown;
            spot = spaces[group].find(m_pieces[piece], rules.fit);
            if (spot) break;
        }
        if (!spot && groups.size() < most) {
            ++m_laidDown;
            groups.emplace_back();
            spot = spaces.emplace_back(m_width, height, m_cutting, m_least).find(m_pieces[piece], rules.fit);
        }
        if (!spot) return {};
        spaces[group].take(*spot, rules.split);
        lay(groups[group], piece, *spot);
    }
    return groups;
}

/// Of the 24 layouts of six orders and four rules.
Result<std::optional<Filled>> NestingSearch::bestStrip(const Order& all, std::int64_t longest) {
    std::optional<Filled> best;
    for (int by = 0; by < orderCount; ++by)
        for (int fit = 0; fit < fitCount; ++fit) {
            CONTONE_CHECK(m_cancel.check());
            const Rules rules{static_cast<Fit>(fit), Split::KeepLarger};
            auto strip = fillStrip(sorted(all, by), rules, best ? best->end - 1 : longest);
            if (strip) best = std::move(strip);
        }
    return best;
}

/// Lower is better. Of sheets, the sum of fill³ prefers a full and an empty one to two that are half full.
double NestingSearch::cost(const std::vector<Filled>& groups, Goal goal, std::int64_t height) const {
    const double whole = static_cast<double>(m_width) * static_cast<double>(height);
    double sum = 0;
    for (const Filled& group : groups) {
        const double fill = static_cast<double>(group.area) / whole;
        sum += goal == Goal::FullSheets ? -fill * fill * fill : static_cast<double>(group.end);
    }
    return sum;
}

/// Of the 24 layouts of six orders and four rules.
Result<std::vector<Filled>> NestingSearch::bestGroups(const Order& all, std::int64_t height, Goal goal) {
    std::vector<Filled> best;
    for (int by = 0; by < orderCount; ++by)
        for (int fit = 0; fit < fitCount; ++fit) {
            CONTONE_CHECK(m_cancel.check());
            const bool mayBeMore = best.empty() || goal == Goal::ShortBlocks;
            auto groups = fillGroups(sorted(all, by), {static_cast<Fit>(fit), Split::KeepLarger}, height,
                                     mayBeMore ? all.size() : best.size());
            if (groups.empty()) continue;
            const bool isFewer = goal == Goal::FullSheets && groups.size() < best.size();
            if (best.empty() || isFewer || cost(groups, goal, height) < cost(best, goal, height))
                best = std::move(groups);
        }
    return best;
}

/// One to three groups: of blocks any, of sheets two or three and weak ones more often. Sheets are sorted by fill.
std::vector<std::size_t> NestingSearch::someOf(const std::vector<Filled>& groups, Goal goal) {
    const std::size_t wanted = goal == Goal::FullSheets ? 2 + m_chance.below(2) : 1 + m_chance.below(3);
    std::vector<std::size_t> chosen;
    while (chosen.size() < std::min(wanted, groups.size())) {
        const double r = m_chance.share();
        const double fromWeakest = (goal == Goal::FullSheets ? r * r : r) * static_cast<double>(groups.size());
        const std::size_t group = groups.size() - 1 - static_cast<std::size_t>(fromWeakest);
        if (std::ranges::find(chosen, group) == chosen.end()) chosen.push_back(group);
    }
    std::ranges::sort(chosen);
    return chosen;
}

/// Lays the pieces of some groups anew, and keeps that when it is better. Blocks may become one more; no sheet is
/// added.
void NestingSearch::regroup(std::vector<Filled>& groups, std::int64_t height, Goal goal) {
    const std::vector<std::size_t> chosen = someOf(groups, goal);
    Order pool;
    std::vector<Filled> before;
    for (const std::size_t group : chosen) {
        before.push_back(groups[group]);
        for (const Laid& laid : groups[group].laid) pool.push_back(laid.piece);
    }
    pool = sorted(std::move(pool), static_cast<int>(m_chance.below(orderCount)));
    disturb(pool);
    const std::size_t most = chosen.size() + (goal == Goal::ShortBlocks ? 1 : 0);
    std::vector<Filled> after = fillGroups(pool, anyRules(), height, most);
    if (after.empty()) return;
    const double costBefore = cost(before, goal, height), costAfter = cost(after, goal, height);
    // Blocks as long as before may be of more use to the next try; full sheets stay as they are.
    if (goal == Goal::FullSheets ? costAfter >= costBefore : costAfter > costBefore) return;
    for (std::size_t i = chosen.size(); i-- > 0;) groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(chosen[i]));
    for (Filled& group : after) groups.push_back(std::move(group));
    if (goal == Goal::FullSheets) sortByFill(groups);
}

/// One strip, or blocks one below the other: the shorter. Blocks may be as high as the roll is wide, or up to twice
/// that.
Result<Filled> NestingSearch::roll(const Order& all, std::int64_t tries) {
    const auto heightOf = [&](std::int64_t halves) { return std::max(m_tallest, m_width * halves / 2); };
    CONTONE_TRY(std::vector<Filled> blocks, bestGroups(all, heightOf(3), Goal::ShortBlocks));
    for (const std::int64_t end = m_laidDown + tries; m_laidDown < end;) {
        CONTONE_CHECK(m_cancel.check());
        regroup(blocks, heightOf(static_cast<std::int64_t>(2 + m_chance.below(3))), Goal::ShortBlocks);
    }
    Filled best = joined(blocks);
    CONTONE_TRY(std::optional<Filled> strip, bestStrip(all, best.end - 1));
    return strip ? std::move(*strip) : std::move(best);
}

Result<Filled> NestingSearch::onRoll() {
    Order all(m_pieces.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return roll(all, m_tries);
}

Result<Filled> NestingSearch::shortened(const Filled& sheet) {
    Order all;
    for (const Laid& laid : sheet.laid) all.push_back(laid.piece);
    CONTONE_TRY(Filled found, roll(all, std::min<std::int64_t>(m_tries, 500 * std::ssize(all))));
    return found.end < sheet.end ? found : sheet;
}

Result<std::vector<Filled>> NestingSearch::onSheets(std::int64_t height) {
    Order all(m_pieces.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    CONTONE_TRY(std::vector<Filled> sheets, bestGroups(all, height, Goal::FullSheets));
    sortByFill(sheets);
    for (const std::int64_t end = m_laidDown + m_tries; sheets.size() > 1 && m_laidDown < end;) {
        CONTONE_CHECK(m_cancel.check());
        regroup(sheets, height, Goal::FullSheets);
    }
    return sheets;
}

}  // namespace contone::layout
