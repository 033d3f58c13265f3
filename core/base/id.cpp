// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// UUID version 7: RFC 9562 section 5.7.
#include "core/base/id.h"

#include <sys/random.h>

#include <cstdlib>

namespace contone {

Uuid Uuid::generate(Instant now) {
    Uuid u;
    std::size_t got = 0;
    while (got < u.bytes.size()) {
        const ssize_t n = getrandom(u.bytes.data() + got, u.bytes.size() - got, 0);
        if (n > 0) got += static_cast<std::size_t>(n);
    }
    const auto ms = static_cast<std::uint64_t>(now.ms);
    for (int i = 0; i < 6; i++) u.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
    u.bytes[6] = static_cast<std::uint8_t>(0x70 | (u.bytes[6] & 0x0f));
    u.bytes[8] = static_cast<std::uint8_t>(0x80 | (u.bytes[8] & 0x3f));
    return u;
}

Result<Uuid> Uuid::parse(std::string_view text) {
    const auto bad = [&] {
        return fail(Code::Invalid, "bad-id", "That is not an identifier that Contone gave out.",
                    std::string(text.substr(0, 60)));
    };
    if (text.size() != 36) return bad();
    const auto hex = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        if (c >= 'A' && c <= 'F') return c - 'A' + 10;
        return -1;
    };
    Uuid u;
    std::size_t byte = 0;
    for (std::size_t i = 0; i < 36;) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (text[i] != '-') return bad();
            i++;
            continue;
        }
        const int hi = hex(text[i]), lo = hex(text[i + 1]);
        if (hi < 0 || lo < 0) return bad();
        u.bytes[byte++] = static_cast<std::uint8_t>(hi * 16 + lo);
        i += 2;
    }
    return u;
}

std::string Uuid::toString() const {
    static constexpr char digits[] = "0123456789abcdef";
    std::string s;
    s.reserve(36);
    for (std::size_t i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) s += '-';
        s += digits[bytes[i] >> 4];
        s += digits[bytes[i] & 15];
    }
    return s;
}

}  // namespace contone
