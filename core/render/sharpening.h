// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sharpening: how much a page is sharpened for the paper it goes on. A value; part of the recipe.
#pragma once

#include "core/base/enum_words.h"

namespace contone::render {

/// What a person chooses. What it comes to on a paper is Sharpening.
enum class SharpenLevel { None, Low, Standard, High };
constexpr auto wordsOf(SharpenLevel) {
    return enumWords<SharpenLevel>("bad-sharpening", "Sharpening is none, low, standard or high. Choose one of these.",
                                   {{SharpenLevel::None, "none"},
                                    {SharpenLevel::Low, "low"},
                                    {SharpenLevel::Standard, "standard"},
                                    {SharpenLevel::High, "high"}});
}
using contone::toString;

/// An unsharp mask on luma, as the eye sees it, at the size of the print (docs/decisions/0014, 0021). None has zeros in
/// all fields.
struct Sharpening {
    SharpenLevel level = SharpenLevel::None;
    int radiusUm = 0;           ///< standard deviation of the blur in micrometres of paper, 0…maxRadiusUm
    int amountPermille = 0;     ///< of what the blur takes away is added so much, 0…maxAmountPermille
    int overshootPermille = 0;  ///< of full luma: so far beyond the darkest and lightest neighbour, and no further
    bool operator==(const Sharpening&) const = default;
};

constexpr int maxRadiusUm = 300, maxAmountPermille = 3999, maxOvershootPermille = 200;

/// Whether the numbers are in range, and zeros for None.
bool isUsable(const Sharpening& sharpening);

}  // namespace contone::render
