// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Ranges of sharpening.
#include "core/render/sharpening.h"

namespace contone::render {

bool isUsable(const Sharpening& s) {
    if (s.level == SharpenLevel::None) return s == Sharpening{};
    const auto within = [](int value, int low, int high) { return value >= low && value <= high; };
    return within(s.radiusUm, 1, maxRadiusUm) && within(s.amountPermille, 0, maxAmountPermille) &&
           within(s.overshootPermille, 0, maxOvershootPermille);
}

}  // namespace contone::render
