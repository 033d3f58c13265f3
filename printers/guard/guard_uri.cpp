// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reading and writing guard URIs, with nothing but the standard library: the backend uses it too.
#include "printers/guard/guard_uri.h"

namespace contone::printers {
namespace {

constexpr std::string_view driven = "&pages=driver";

bool isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

std::string encoded(std::string_view text, std::string_view alsoPlain) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (isPlain(c) || alsoPlain.find(c) != std::string_view::npos) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += digits[byte >> 4];
            out += digits[byte & 15];
        }
    }
    return out;
}

std::optional<unsigned> digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return std::nullopt;
}

std::optional<std::string> decoded(std::string_view text) {
    if (text.find('&') != std::string_view::npos) return std::nullopt;  // a word that this version does not know
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        const auto high = digit(text[i + 1]), low = digit(text[i + 2]);
        if (!high || !low || (*high == 0 && *low == 0)) return std::nullopt;
        out += static_cast<char>(*high << 4 | *low);
        i += 2;
    }
    return out;
}

}  // namespace

std::string GuardUri::text() const {
    return std::string(scheme) + ":" + encoded(state, "/") + "?to=" + encoded(device, "") +
           (pages == Pages::Driven ? std::string(driven) : std::string());
}

std::optional<GuardUri> GuardUri::parse(std::string_view uri) {
    const std::string head = std::string(scheme) + ":/";
    if (!uri.starts_with(head)) return std::nullopt;
    uri.remove_prefix(head.size() - 1);
    const Pages pages = uri.ends_with(driven) ? Pages::Driven : Pages::Untouched;
    if (pages == Pages::Driven) uri.remove_suffix(driven.size());
    const auto query = uri.find("?to=");
    if (query == std::string_view::npos) return std::nullopt;
    const auto state = decoded(uri.substr(0, query)), device = decoded(uri.substr(query + 4));
    if (!state || !device || *state == "/" || state->starts_with("//")) return std::nullopt;
    const auto colon = device->find(':');
    if (colon == std::string::npos || colon == 0 || device->starts_with(scheme)) return std::nullopt;
    for (const char c : device->substr(0, colon))
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-')) return std::nullopt;
    if (device->compare(colon, 3, "://") == 0) {
        const auto authority = device->substr(colon + 3, device->find('/', colon + 3) - colon - 3);
        if (authority.find('@') != std::string::npos) return std::nullopt;
    }
    return GuardUri{*state, *device, pages};
}

}  // namespace contone::printers
