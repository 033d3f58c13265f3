// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Stencil: which part of each device pixel something covers: set text, the outline of a mask, a drawing. Made once for
// one size in pixels, then kept under its hash, so that a later print has the very same letters.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/sha256.h"
#include "core/image/pixels.h"

namespace contone::image {

struct Stencil {
    /// Coverage: one sample, how much is covered. Coloured: red, green, blue in sRGB, not multiplied, then how much is
    /// covered; for drawings that bring their own colours (emoji).
    enum class Kind { Coverage = 1, Coloured = 4 };
    static constexpr int maxSide = 65'000;
    static constexpr std::size_t mostBytes = 600'000'100;  ///< of toBytes(): more than any text has

    PixelSize size;
    Kind kind = Kind::Coverage;
    std::vector<std::uint8_t> samples;  ///< rows from the top, packed: width * height * (1 or 4)

    int channels() const { return static_cast<int>(kind); }
    /// 0…255, at a pixel inside.
    std::uint8_t covered(int x, int y) const { return pixel(x, y)[channels() - 1]; }
    const std::uint8_t* pixel(int x, int y) const {
        return samples.data() +
               (static_cast<std::size_t>(y) * static_cast<std::size_t>(size.width) + static_cast<std::size_t>(x)) *
                   static_cast<std::size_t>(channels());
    }
    bool operator==(const Stencil&) const = default;
};

/// How a stencil is kept: a line that says its kind and size, then its samples.
std::string toBytes(const Stencil& stencil);
/// Fails: Corrupt "stencil-damaged" when the line says no size within 1…maxSide, or another one than the samples have.
Result<Stencil> parseStencil(std::string_view bytes);
/// SHA-256 of toBytes().
Sha256 hashOf(const Stencil& stencil);

}  // namespace contone::image
