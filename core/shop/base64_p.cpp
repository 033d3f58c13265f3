// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Three bytes are four characters.
#include "core/shop/base64_p.h"

#include <array>
#include <cstdint>

namespace contone::shop {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::int8_t, 256> values = [] {
    std::array<std::int8_t, 256> table{};
    table.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
    return table;
}();

}  // namespace

std::string toBase64(std::span<const std::byte> bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t word = 0;
        for (std::size_t k = 0; k < 3; ++k)
            word = word << 8 | (k < have ? std::to_integer<std::uint32_t>(bytes[i + k]) : 0);
        for (std::size_t k = 0; k < 4; ++k) text += k <= have ? alphabet[word >> (18 - 6 * k) & 63] : '=';
    }
    return text;
}

Result<Bytes> fromBase64(std::string_view text) {
    const auto bad = [](const char* why) {
        return fail(Code::Invalid, "bad-base64", "These bytes are not written correctly.", why);
    };
    if (text.size() % 4 != 0) return bad("length");
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
    text.remove_suffix(padding);
    Bytes bytes;
    bytes.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t word = 0;
    int bits = 0;
    for (const char c : text) {
        const int value = values[static_cast<unsigned char>(c)];
        if (value < 0) return bad("character");
        word = (word << 6 | static_cast<std::uint32_t>(value)) & 0xffff;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<std::byte>(word >> bits & 0xff));
        }
    }
    if ((word & ((1u << bits) - 1)) != 0) return bad("last bits");
    return bytes;
}

}  // namespace contone::shop
