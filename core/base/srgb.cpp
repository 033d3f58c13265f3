// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Colours as text.
#include "core/base/srgb.h"

#include <fmt/format.h>

#include <charconv>

namespace contone {

std::string toString(Srgb colour) {
    return fmt::format("#{:02x}{:02x}{:02x}", colour.red, colour.green, colour.blue);
}

Result<Srgb> parseSrgb(std::string_view text) {
    const auto bad = [&] {
        return fail(Code::Invalid, "bad-colour", "A colour is written as # and six digits, as in #1e2a3c.",
                    std::string(text));
    };
    if (text.size() != 7 || text.front() != '#') return bad();
    std::uint8_t parts[3] = {};
    for (std::size_t i = 0; i < 3; ++i) {
        const char* from = text.data() + 1 + i * 2;
        const auto read = std::from_chars(from, from + 2, parts[i], 16);
        if (read.ec != std::errc{} || read.ptr != from + 2) return bad();
    }
    return Srgb{parts[0], parts[1], parts[2]};
}

}  // namespace contone
