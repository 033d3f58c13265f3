// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// TextBlock: a text, how it looks, and the box that it has to fit into. A value; knows no resolution.
#pragma once

#include <string>

#include "core/base/length.h"
#include "core/base/result.h"
#include "core/base/srgb.h"

namespace contone::text {

enum class Weight { Regular, Bold };
enum class Slant { Upright, Italic };
/// Where lines stand across the box. Start and End follow the direction of each paragraph, which its first letter with
/// a direction decides; Left, Centre and Right do not.
enum class Across { Start, End, Left, Centre, Right };
enum class Down { Top, Middle, Bottom };

struct TextBlock {
    /// UTF-8. A line end begins a new paragraph. Invisible marks that turn single words (bidirectional isolates,
    /// joiners) work; what would act on more than that (controls, embeddings, overrides) is taken out and told.
    std::string text;
    std::string family = "Lato";  ///< one of FontSet::families()
    double size = 12;             ///< points, 1/72 in, of the em square: leastPoints…mostPoints
    /// A text that does not fit is set smaller in steps of a quarter of a point, down to this; then it is cut.
    /// leastPoints…size. The same as `size`: nothing shrinks.
    double leastSize = 6;
    Weight weight = Weight::Regular;
    Slant slant = Slant::Upright;
    Srgb colour;
    Across across = Across::Start;
    Down down = Down::Top;
    double lineSpacing = 1;  ///< times what the font asks for from line to line: 0.5…3
    double letterSpacing =
        0;  ///< added after each letter, in em: -0.1…1. Not where letters are joined (Arabic, Devanagari)
    Length width, height;         ///< of the box: more than 0, at most 10 m
    std::string language = "en";  ///< BCP 47; decides which forms Han letters have. At most 35 characters

    static constexpr double leastPoints = 2, mostPoints = 2000;
    bool operator==(const TextBlock&) const = default;
};

/// Fails, all Invalid: "text-size", "text-least-size", "text-line-spacing", "text-letter-spacing" (not a number
/// counts), "text-box", "text-language", "text-not-utf8".
Result<void> check(const TextBlock& block);

}  // namespace contone::text
