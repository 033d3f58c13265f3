// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// UUID version 7: RFC 9562 section 5.7.
#include "core/base/id.h"

#include <sys/random.h>

#include <cstdlib>

#include "core/base/hex_p.h"

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
    Uuid u;
    std::size_t byte = 0;
    for (std::size_t i = 0; i < 36;) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (text[i] != '-') return bad();
            i++;
            continue;
        }
        const int value = hex::byteOf(hex::eitherCase, text[i], text[i + 1]);
        if (value < 0) return bad();
        u.bytes[byte++] = static_cast<std::uint8_t>(value);
        i += 2;
    }
    return u;
}

std::string Uuid::toString() const {
    std::string s(36, '-');
    char* to = s.data();
    for (std::size_t i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) to++;
        *to++ = hex::digits[bytes[i] >> 4];
        *to++ = hex::digits[bytes[i] & 15];
    }
    return s;
}

}  // namespace contone
