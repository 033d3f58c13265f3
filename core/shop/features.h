// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Feature: what a shop, or one of its terminals, may leave out of what it offers.
#pragma once

#include <vector>

#include "core/base/enum_words.h"

namespace contone::shop {

enum class Feature {
    Designs,       ///< orders of designed pages: collages, cards, ID photos
    CardTerminal,  ///< paying at the driven terminal
    EraseByCode,   ///< customers erase their order themselves
    Reorder,       ///< the same once more
};
constexpr auto wordsOf(Feature) {
    return enumWords<Feature>("bad-feature", "A feature is designs, card-terminal, erase-by-code or reorder.",
                              {{Feature::Designs, "designs"},
                               {Feature::CardTerminal, "card-terminal"},
                               {Feature::EraseByCode, "erase-by-code"},
                               {Feature::Reorder, "reorder"}});
}

}  // namespace contone::shop
