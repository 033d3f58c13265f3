// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// UTF-8 by the table of well-formed sequences (Unicode 15, table 3-7).
#include "core/base/printable.h"

#include <algorithm>

#include "core/base/hex_p.h"

namespace contone {

Character firstCharacter(std::string_view text) {
    if (text.empty()) return {};
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    if (first < 0x80) return {first, 1};
    const std::size_t size = first >= 0xc2 && first <= 0xdf ? 2
                             : (first & 0xf0) == 0xe0       ? 3
                             : (first & 0xf8) == 0xf0       ? 4
                                                            : 0;
    if (size == 0 || text.size() < size) return {};
    char32_t value = first & (0x7fu >> size);
    for (std::size_t i = 1; i < size; i++) {
        if ((byte(i) & 0xc0u) != 0x80) return {};
        value = value << 6 | (byte(i) & 0x3fu);
    }
    const char32_t least = size == 2 ? 0x80 : size == 3 ? 0x800 : 0x10000;
    const bool isSurrogate = value >= 0xd800 && value <= 0xdfff;
    return value < least || value > 0x10ffff || isSurrogate ? Character{} : Character{value, size};
}

namespace {

constexpr bool actsOnALine(char32_t c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x61c || c == 0x200e || c == 0x200f ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

void addCode(std::string& to, char32_t value) {
    to += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) to += hex::digits[value >> static_cast<unsigned>(shift) & 15u];
}

void addByte(std::string& to, unsigned char byte) {
    to += "\\x";
    to += hex::digits[byte >> 4u];
    to += hex::digits[byte & 15u];
}

enum class Style { Line, Lines, Json };

std::string shown(std::string_view text, Style style) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const Character next = firstCharacter(text);
        const std::size_t size = std::max<std::size_t>(next.size, 1);
        if (next.size == 0 && style == Style::Json) {
            out += "\xef\xbf\xbd";
        } else if (next.size == 0) {
            addByte(out, static_cast<unsigned char>(text[0]));
        } else if (actsOnALine(next.value) && !(style == Style::Lines && next.value == '\n')) {
            addCode(out, next.value);
        } else {
            if (style == Style::Json && (next.value == '"' || next.value == '\\')) out += '\\';
            out += text.substr(0, size);
        }
        text.remove_prefix(size);
    }
    return out;
}

}  // namespace

std::string printable(std::string_view text) {
    return shown(text, Style::Line);
}

std::string printableLines(std::string_view text) {
    return shown(text, Style::Lines);
}

std::string printableJson(std::string_view text) {
    return shown(text, Style::Json);
}

}  // namespace contone
