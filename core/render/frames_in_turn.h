// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// FramesInTurn: the frames of a page, looked at all together first, then each ready when its turn comes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/render/prepare_frame.h"

namespace contone::render {

/// An open photo is a process and the memory of its decoder, so only the first mostOpen stay open from the first look;
/// the others are opened again, and checked again, in their turn. What is taken is closed with the frame. One thread.
class FramesInTurn {
  public:
    static constexpr std::size_t mostOpen = 8;
    /// Looks at every frame. `areComposed`: something lies over something else, so that the two colour halves are
    /// apart. All but the answer outlives it. Fails as prepareFrame.
    static Result<FramesInTurn> open(const Recipe& recipe, const Ingredients& ingredients, ColourTables& tables,
                                     bool areComposed, int threads);
    std::size_t count() const { return m_seen.size(); }
    const FrameGeometry& geometry(std::size_t index) const { return m_seen[index].geometry; }
    /// As wide as the widest photo's; only where colour halves are apart.
    icc::WorkingGamut gamut() const { return m_gamut; }
    /// What read the photos.
    const std::vector<std::string>& libraries() const { return m_libraries; }
    /// Each once. Fails as prepareFrame.
    Result<PreparedFrame> take(std::size_t index);

  private:
    struct Seen {
        FrameGeometry geometry;
        std::optional<PreparedFrame> frame;  ///< of those that stay open
    };
    FramesInTurn(const Recipe& recipe, const Ingredients& ingredients, ColourTables& tables, bool areComposed,
                 int threads)
        : m_recipe(recipe),
          m_ingredients(ingredients),
          m_tables(tables),
          m_areComposed(areComposed),
          m_threads(threads) {}
    Result<PreparedFrame> prepare(std::size_t index) const;
    const Recipe& m_recipe;
    const Ingredients& m_ingredients;
    ColourTables& m_tables;
    bool m_areComposed;
    int m_threads;
    std::vector<Seen> m_seen;
    icc::WorkingGamut m_gamut = icc::WorkingGamut::Rec2020;
    std::vector<std::string> m_libraries;
};

}  // namespace contone::render
