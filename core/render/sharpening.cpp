// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Words and ranges of sharpening.
#include "core/render/sharpening.h"

namespace contone::render {

const char* toString(SharpenLevel level) {
    switch (level) {
        case SharpenLevel::None:
            return "none";
        case SharpenLevel::Low:
            return "low";
        case SharpenLevel::Standard:
            return "standard";
        case SharpenLevel::High:
            return "high";
    }
    return "none";
}

Result<SharpenLevel> parseSharpenLevel(std::string_view text) {
    for (const SharpenLevel level : {SharpenLevel::None, SharpenLevel::Low, SharpenLevel::Standard, SharpenLevel::High})
        if (text == toString(level)) return level;
    return fail(Code::Invalid, "bad-sharpening", "Sharpening is none, low, standard or high. Choose one of these.",
                std::string(text.substr(0, 60)));
}

bool isUsable(const Sharpening& s) {
    if (s.level == SharpenLevel::None) return s == Sharpening{};
    const auto within = [](int value, int low, int high) { return value >= low && value <= high; };
    return within(s.radiusUm, 1, maxRadiusUm) && within(s.amountPermille, 0, maxAmountPermille) &&
           within(s.overshootPermille, 0, maxOvershootPermille);
}

}  // namespace contone::render
