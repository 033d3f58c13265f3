// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Hexadecimal digits by table: a list of 10,000 sheets has four million of them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace contone::hex {

inline constexpr std::string_view digits = "0123456789abcdef";

/// The value of each character, -1 for what is no digit.
using Values = std::array<std::int8_t, 256>;
constexpr Values valuesOf(std::string_view alphabet) {
    Values values{};
    values.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); i++)
        values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i < 16 ? i : i - 6);
    return values;
}
inline constexpr Values lowerCase = valuesOf(digits), eitherCase = valuesOf("0123456789abcdefABCDEF");

/// The byte of two digits; negative when one is none.
constexpr int byteOf(const Values& values, char high, char low) {
    return values[static_cast<unsigned char>(high)] * 16 | values[static_cast<unsigned char>(low)];
}

}  // namespace contone::hex
