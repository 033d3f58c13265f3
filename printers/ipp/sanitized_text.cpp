// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Checks each character of the text.
#include "printers/ipp/sanitized_text.h"

#include <algorithm>
#include <cstdint>

namespace contone::printers {
namespace {

bool isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// The bytes of the well-formed character at the beginning (Unicode 15, table 3-7); 0: there is none.
std::size_t characterLength(std::string_view text, std::uint32_t& code) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    code = byte(0);
    if (code < 0x80) return 1;
    const std::size_t length = code >= 0xF0 ? 4 : code >= 0xE0 ? 3 : 2;
    if (code < 0xC2 || code > 0xF4 || text.size() < length) return 0;
    code &= 0xFFU >> (length + 1);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80) return 0;
        code = code << 6 | (byte(i) & 0x3FU);
    }
    constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    return code < least[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF) ? 0 : length;
}

/// Not to be seen, or turning what is around it.
bool isHidden(std::uint32_t code) {
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0xAD || code == 0x61C ||
           (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF || (code >= 0xFFF9 && code <= 0xFFFB) ||
           (code >= 0xE0000 && code <= 0xE0FFF);
}

}  // namespace

std::string sanitizedText(std::string_view said, std::size_t most) {
    constexpr std::string_view broken = "\xEF\xBF\xBD", more = "…";
    std::string line;
    while (!said.empty()) {
        std::uint32_t code = 0;
        const std::size_t length = characterLength(said, code);
        std::string_view next = length == 0 ? broken : said.substr(0, length);
        if (length != 0 && (isHidden(code) || code == ' ')) next = line.empty() || line.ends_with(' ') ? "" : " ";
        if (line.size() + next.size() > most) {
            while (line.size() + more.size() > most && !line.empty()) {  // whole characters
                while ((static_cast<unsigned char>(line.back()) & 0xC0U) == 0x80) line.pop_back();
                line.pop_back();
            }
            return line.append(more);
        }
        line += next;
        said.remove_prefix(std::max<std::size_t>(length, 1));
    }
    if (line.ends_with(' ')) line.pop_back();
    return line;
}

bool isKeyword(std::string_view word) {
    return !word.empty() && word.size() <= 255 && std::ranges::all_of(word, [](char c) {
        return c > ' ' && c < 127 && c != '"' && c != '\'' && c != '\\' && c != '`';
    });
}

bool isDeviceUri(std::string_view uri) {
    const auto colon = uri.find(':');
    if (colon == std::string_view::npos || colon == 0 || uri.size() > 1023 || !(uri[0] >= 'a' && uri[0] <= 'z'))
        return false;
    for (const char c : uri.substr(0, colon))
        if (!isAlphanumeric(c) && c != '+' && c != '-' && c != '.') return false;
    for (std::size_t i = colon; i < uri.size(); ++i) {
        if (uri[i] == '%' && (i + 2 >= uri.size() || !isHex(uri[i + 1]) || !isHex(uri[i + 2]))) return false;
        // "'" is of RFC 3986 too, but no device needs it, and every shell minds it.
        if (!isAlphanumeric(uri[i]) &&
            std::string_view("-._~:/?#[]@!$&()*+,;=%").find(uri[i]) == std::string_view::npos)
            return false;
    }
    return true;
}

std::string shellQuoted(std::string_view word) {
    const bool plain = !word.empty() && std::ranges::all_of(word, [](char c) {
        return isAlphanumeric(c) || std::string_view("._-/:@%+=,").find(c) != std::string_view::npos;
    });
    if (plain) return std::string(word);
    std::string quoted = "'";
    for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

}  // namespace contone::printers
