// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Srgb: a colour as people choose it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace contone {

/// sRGB (IEC 61966-2-1), 8 bits.
struct Srgb {
    std::uint8_t red = 0, green = 0, blue = 0;
    constexpr bool operator==(const Srgb&) const = default;
};

std::string toString(Srgb colour);  ///< "#1e2a3c"
/// Six digits after "#", small or capital. Fails: Invalid "bad-colour".
Result<Srgb> parseSrgb(std::string_view text);

}  // namespace contone
