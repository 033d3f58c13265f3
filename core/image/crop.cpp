// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Rounding and checking of crops.
#include "core/image/crop.h"

#include <fmt/format.h>

#include <charconv>
#include <string>

namespace contone::image {

// By way of the text with 9 decimals, so that a crop read back from a record is the very same number.
Crop Crop::rounded() const {
    const auto nine = [](double v) {
        const std::string text = fmt::format("{:.9f}", v);
        double value = v;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
    };
    return {nine(left), nine(top), nine(width), nine(height)};
}

bool isInsidePhoto(const Crop& c) {
    constexpr double kSlack = 1e-9;
    return c.left >= -kSlack && c.top >= -kSlack && c.width > 0 && c.height > 0 && c.left + c.width <= 1 + kSlack &&
           c.top + c.height <= 1 + kSlack;
}

}  // namespace contone::image
