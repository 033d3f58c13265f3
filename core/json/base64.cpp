// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// OpenSSL does the work; it is lenient about spaces, padding and unused bits, so what it read is written again and
// compared.
#include "core/json/base64.h"

#include <openssl/evp.h>

#include <algorithm>

namespace contone::json {
namespace {

/// A multiple of three: each piece is encoded by itself, and no length exceeds an int.
constexpr std::size_t bytesAtOnce = 3u << 20, charactersAtOnce = 4u << 20;

}  // namespace

std::string toBase64(std::span<const std::byte> bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // EVP_EncodeBlock ends with a zero
    std::size_t to = 0;
    for (std::size_t from = 0; from < bytes.size(); from += bytesAtOnce) {
        const std::size_t n = std::min(bytesAtOnce, bytes.size() - from);
        to += static_cast<std::size_t>(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data() + to),
                                                       reinterpret_cast<const unsigned char*>(bytes.data() + from),
                                                       static_cast<int>(n)));
    }
    text.resize(to);
    return text;
}

Result<Bytes> fromBase64(std::string_view text) {
    const auto bad = [](const char* why) {
        return fail(Code::Invalid, "bad-base64", "These bytes are not written correctly.", why);
    };
    if (text.size() % 4 != 0) return bad("length");
    Bytes bytes(text.size() / 4 * 3);
    std::size_t to = 0;
    for (std::size_t from = 0; from < text.size(); from += charactersAtOnce) {
        const std::size_t n = std::min(charactersAtOnce, text.size() - from);
        const int got =
            EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data() + to),
                            reinterpret_cast<const unsigned char*>(text.data() + from), static_cast<int>(n));
        if (got < 0) return bad("character");
        to += static_cast<std::size_t>(got);
    }
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
    if (to < padding) return bad("length");
    bytes.resize(to - padding);
    if (toBase64(bytes) != text) return bad("spaces, padding or last bits");
    return bytes;
}

}  // namespace contone::json
