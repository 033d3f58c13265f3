// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Levels times papers.
#include "core/print/paper_sharpening.h"

#include <algorithm>

namespace contone::print {
namespace {

struct LevelFacts {
    int amountPermille = 0, overshootPermille = 0;
};

/// At 100 %, which is glossy paper. Standard makes the steepest place of a soft edge (0.1 mm) a sixth steeper and of a
/// crisp one (0.06 mm) two fifths; its halo of 5 % of luma is at most 6.5 L* deep and a tenth of a millimetre wide,
/// less than an eye at 30 cm separates.
LevelFacts factsOf(render::SharpenLevel level) {
    switch (level) {
        case render::SharpenLevel::None:
            return {};
        case render::SharpenLevel::Low:
            return {500, 25};
        case render::SharpenLevel::Standard:
            return {1000, 50};
        case render::SharpenLevel::High:
            return {1600, 80};
    }
    return {};
}

}  // namespace

render::Sharpening sharpeningFor(render::SharpenLevel level, const catalog::Paper& paper) {
    if (level == render::SharpenLevel::None) return {};
    const LevelFacts facts = factsOf(level);
    const auto onPaper = [&](int permille, int most) { return std::min(most, permille * paper.sharpenPercent / 100); };
    return {level, static_cast<int>(paper.sharpenRadius.um()), onPaper(facts.amountPermille, render::maxAmountPermille),
            onPaper(facts.overshootPermille, render::maxOvershootPermille)};
}

Result<render::Sharpening> sharpeningForFinish(render::SharpenLevel level, const std::string& finish,
                                               const catalog::Catalog& catalog) {
    if (level == render::SharpenLevel::None) return render::Sharpening{};
    for (const auto& [id, paper] : catalog.papers())
        if (paper.finish == finish) return sharpeningFor(level, paper);
    return fail(
        Code::NotFound, "paper-unknown",
        "No paper with the finish \"" + finish +
            "\" is known, so Contone cannot tell how to sharpen for it. Choose another finish, or no sharpening.");
}

}  // namespace contone::print
