// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The largest part of a turned rectangle that has its own shape, about its middle.
#include "core/image/photo_turn.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace contone::image {

double keptWhenStraightened(PixelSize size, int hundredths) {
    const double angle = std::abs(hundredths) * std::numbers::pi / 18000;
    const double cosine = std::cos(angle), sine = std::sin(angle), w = size.width, h = size.height;
    return std::min(w / (w * cosine + h * sine), h / (w * sine + h * cosine));
}

PixelSize straightenedSize(PixelSize size, int hundredths) {
    const double kept = keptWhenStraightened(size, hundredths);
    return {std::max(1, static_cast<int>(size.width * kept)), std::max(1, static_cast<int>(size.height * kept))};
}

PixelSize turnedSize(const PhotoFacts& facts, const PhotoTurn& turn) {
    return straightenedSize(oriented(facts.storedSize, then(facts.orientation, turn.by)), turn.straighten);
}

Result<void> check(const PhotoTurn& turn) {
    if (turn.straighten >= -PhotoTurn::most && turn.straighten <= PhotoTurn::most) return {};
    return fail(Code::Invalid, "bad-turn", "A photo can be straightened by 15 degrees at most.",
                std::to_string(turn.straighten));
}

}  // namespace contone::image
