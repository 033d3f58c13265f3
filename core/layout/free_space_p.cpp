// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The free rectangles of a sheet. All numbers are whole, so that the result is the same on every machine.
#include "core/layout/free_space_p.h"

#include <algorithm>
#include <limits>

namespace contone::layout {
namespace {

/// Lower is better; the second decides between equals.
struct Score {
    std::int64_t first = std::numeric_limits<std::int64_t>::max(), second = first;
    auto operator<=>(const Score&) const = default;
};

Score scoreOf(const Rect& place, std::int64_t w, std::int64_t h, Fit fit) {
    const std::int64_t end = place.y + h;
    const std::int64_t beside = place.w - w;
    // A place without an end has no rest below: the further down it starts, the worse it is.
    const bool open = place.y + place.h >= endless;
    const std::int64_t below = open ? end : place.h - h;
    switch (fit) {
        case Fit::ShortSide:
            return {std::min(beside, below), std::max(beside, below)};
        case Fit::LongSide:
            return {std::max(beside, below), std::min(beside, below)};
        case Fit::Area:
            return {place.w * (h + below) - w * h, std::min(beside, below)};
        case Fit::Topmost:
            return {end, place.x};
    }
    return {};
}

bool overlap(const Rect& a, const Rect& b) {
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

bool contains(const Rect& outer, const Rect& inner) {
    return outer.x <= inner.x && outer.y <= inner.y && inner.x + inner.w <= outer.x + outer.w &&
           inner.y + inner.h <= outer.y + outer.h;
}

}  // namespace

FreeSpace::FreeSpace(std::int64_t width, std::int64_t height, Cutting cutting, std::int64_t least)
    : m_cutting(cutting), m_least(least), m_free{{0, 0, width, height}} {}

std::optional<FreeSpace::Spot> FreeSpace::find(const Piece& piece, Fit fit) const {
    std::optional<Spot> best;
    Score bestScore;
    const auto look = [&](std::size_t in, std::int64_t w, std::int64_t h, Turned turned) {
        const Rect& place = m_free[in];
        if (w > place.w || h > place.h) return;
        const Score score = scoreOf(place, w, h, fit);
        if (score >= bestScore) return;
        bestScore = score;
        best = {{place.x, place.y, w, h}, turned, in};
    };
    const bool turns = piece.turning == Turning::Allowed && piece.w != piece.h;
    for (std::size_t i = 0; i < m_free.size(); ++i) {
        look(i, piece.w, piece.h, Turned::No);
        if (turns) look(i, piece.h, piece.w, Turned::Quarter);
    }
    return best;
}

void FreeSpace::take(const Spot& spot, Split split) {
    if (m_cutting == Cutting::Free) {
        takeFreely(spot.at);
    } else {
        cut(spot, split);
    }
}

void FreeSpace::keep(const Rect& rect, std::vector<Rect>& list) const {
    if (rect.w >= m_least && rect.h >= m_least) list.push_back(rect);
}

void FreeSpace::takeFreely(const Rect& used) {
    m_fresh.clear();
    std::erase_if(m_free, [&](const Rect& r) {
        if (!overlap(r, used)) return false;
        keep({r.x, r.y, used.x - r.x, r.h}, m_fresh);
        keep({used.x + used.w, r.y, r.x + r.w - used.x - used.w, r.h}, m_fresh);
        keep({r.x, r.y, r.w, used.y - r.y}, m_fresh);
        keep({r.x, used.y + used.h, r.w, r.y + r.h - used.y - used.h}, m_fresh);
        return true;
    });
    // Those that stayed are maximal: only what is new can lie inside another.
    const std::size_t stayed = m_free.size();
    for (std::size_t i = 0; i < m_fresh.size(); ++i) {
        const auto coversNew = [&](const Rect& r) { return contains(r, m_fresh[i]); };
        if (std::any_of(m_free.begin(), m_free.begin() + static_cast<std::ptrdiff_t>(stayed), coversNew)) continue;
        bool inside = false;
        for (std::size_t k = 0; k < m_fresh.size() && !inside; ++k)
            inside = k != i && contains(m_fresh[k], m_fresh[i]) && (m_fresh[k] != m_fresh[i] || k < i);
        if (!inside) m_free.push_back(m_fresh[i]);
    }
}

void FreeSpace::cut(const Spot& spot, Split split) {
    const Rect place = m_free[spot.in];
    const Rect& used = spot.at;
    const std::int64_t beside = place.w - used.w, below = place.h - used.h;
    m_free.erase(m_free.begin() + static_cast<std::ptrdiff_t>(spot.in));
    const bool wideBelow = (beside < below) == (split == Split::KeepLarger);
    keep({place.x + used.w, place.y, beside, wideBelow ? used.h : place.h}, m_free);
    keep({place.x, place.y + used.h, wideBelow ? place.w : used.w, below}, m_free);
}

}  // namespace contone::layout
