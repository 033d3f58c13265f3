// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Checks each character of the text.
#include "printers/ipp/sanitized_text.h"

#include <algorithm>

#include "core/base/printable.h"

namespace contone::printers {
namespace {

bool isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Not to be seen, or turning what is around it.
bool isHidden(char32_t code) {
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
        const auto [code, length] = firstCharacter(said);
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
