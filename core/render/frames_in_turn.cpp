// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// An index print has dozens of photos, a sheet of small ones hundreds of frames.
#include "core/render/frames_in_turn.h"

#include <utility>

namespace contone::render {

Result<FramesInTurn> FramesInTurn::open(const Recipe& recipe, const Ingredients& ingredients, ColourTables& tables,
                                        bool areComposed, int threads) {
    FramesInTurn all(recipe, ingredients, tables, areComposed, threads);
    for (std::size_t i = 0; i < recipe.frames.size(); i++) {
        CONTONE_TRY(PreparedFrame frame, all.prepare(i));
        all.m_libraries.push_back(frame.source->facts().libraries);
        if (frame.input && frame.input->gamut() == icc::WorkingGamut::Wide) all.m_gamut = icc::WorkingGamut::Wide;
        Seen seen{frame.geometry, {}};
        if (i < mostOpen) seen.frame = std::move(frame);
        all.m_seen.push_back(std::move(seen));
    }
    return all;
}

Result<PreparedFrame> FramesInTurn::prepare(std::size_t index) const {
    const Frame& frame = m_recipe.frames[index];
    const bool areApart = m_areComposed || !frame.adjustments.isEmpty();
    return prepareFrame(m_recipe, frame, m_ingredients, m_tables, areApart ? Halves::Apart : Halves::AsRecipeSays,
                        m_threads);
}

Result<PreparedFrame> FramesInTurn::take(std::size_t index) {
    if (auto kept = std::exchange(m_seen[index].frame, std::nullopt)) return *std::move(kept);
    return prepare(index);
}

}  // namespace contone::render
