// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sizes are tried by halving, quarter points apart: a long caption costs some eight layouts, one that never fits three.
#include "core/text/fit_text_p.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace contone::text {
namespace {

constexpr double step = 0.25;  ///< points

/// The text as it is at its least size, where it does not fit with whole words.
FittedText forced(const Typesetting& setting) {
    FittedText fitted{.lines = layLines(setting, setting.block->leastSize, LongWords::Broken),
                      .size = setting.block->leastSize};
    if (fits(setting, fitted.lines)) {
        fitted.hasBrokenWords = true;
        return fitted;
    }
    fitted.isCut = true;
    fitted.hidden = cutLines(setting, fitted.size, fitted.lines);
    return fitted;
}

FittedText fitted(const Typesetting& setting) {
    const double largest = setting.block->size, least = setting.block->leastSize;
    Lines lines = layLines(setting, largest, LongWords::Whole);
    if (fits(setting, lines)) return {.lines = std::move(lines), .size = largest};
    FittedText best{.lines = layLines(setting, least, LongWords::Whole), .size = least};
    if (least == largest || !fits(setting, best.lines)) return forced(setting);
    // Between a number of steps that is too few and one that is enough; the last one ends at the least size.
    int tooFew = 0, enough = static_cast<int>(std::ceil((largest - least) / step));
    while (enough - tooFew > 1) {
        const int middle = (tooFew + enough) / 2;
        const double size = largest - middle * step;
        Lines tried = layLines(setting, size, LongWords::Whole);
        if (fits(setting, tried)) {
            enough = middle;
            best = {.lines = std::move(tried), .size = size};
        } else {
            tooFew = middle;
        }
    }
    return best;
}

}  // namespace

FittedText fitText(const Typesetting& setting) {
    FittedText text = fitted(setting);
    placeLines(setting, text.lines);
    return text;
}

}  // namespace contone::text
