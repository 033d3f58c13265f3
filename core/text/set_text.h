// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SetText: a text as pixels, and everything about it that a person should be told.
#pragma once

#include <cstddef>
#include <variant>
#include <vector>

#include "core/image/pixels.h"

namespace contone::text {

/// No font here has these; they are left blank. Each once, in the order of the text, at most mostTold.
struct MissingGlyphs {
    static constexpr std::size_t mostTold = 32;
    std::vector<char32_t> characters;
    bool operator==(const MissingGlyphs&) const = default;
};
/// The text did not fit and was set smaller.
struct Shrunk {
    double size = 0;  ///< points
    bool operator==(const Shrunk&) const = default;
};
/// At its least size the text fits only because words were broken in the middle.
struct WordsBroken {
    bool operator==(const WordsBroken&) const = default;
};
/// The text does not fit at its least size: the end stands behind an ellipsis, or ink is cut by the box.
struct Cut {
    int characters = 0;  ///< that are not shown; 0 when only ink reaches beyond the box
    bool operator==(const Cut&) const = default;
};
/// Emoji are pictures of 109 pixels an em; they were enlarged and look soft.
struct EmojiUpscaled {
    double factor = 1;
    bool operator==(const EmojiUpscaled&) const = default;
};
/// Characters that nobody can see were taken out.
struct ControlsStripped {
    int count = 0;
    bool operator==(const ControlsStripped&) const = default;
};
/// Longer than `mostCharacters` or `mostLines`; the rest was never looked at.
struct TooLong {
    static constexpr int mostCharacters = 4000, mostLines = 200;
    int characters = 0;  ///< left out
    bool operator==(const TooLong&) const = default;
};
/// The family has no such weight or slant; the nearest was taken.
struct StyleMissing {
    bool operator==(const StyleMissing&) const = default;
};

using TextWarning =
    std::variant<MissingGlyphs, Shrunk, WordsBroken, Cut, EmojiUpscaled, ControlsStripped, TooLong, StyleMissing>;

struct SetText {
    enum class Kind {
        Coverage,  ///< 1 byte: 0 = nothing, 255 = all of the pixel is ink of TextBlock::colour
        Rgba,      ///< 4 bytes, sRGB and alpha, not multiplied with it: the text's colour and coloured emoji
    };
    Kind kind = Kind::Coverage;
    image::PixelSize size;         ///< of the box
    std::vector<std::byte> bytes;  ///< rows packed
    image::PixelRect ink;          ///< the smallest rectangle with all that is not 0; all 0 when nothing is
    double fontSize = 0;           ///< points, in the end
    int lines = 0;
    std::vector<TextWarning> warnings;  ///< each kind at most once

    std::size_t bytesPerPixel() const { return kind == Kind::Coverage ? 1 : 4; }
    std::size_t stride() const { return static_cast<std::size_t>(size.width) * bytesPerPixel(); }
    bool operator==(const SetText&) const = default;
};

/// The warning of a kind, or null: `find<Shrunk>(text)`.
template <class Warning>
const Warning* find(const SetText& text) {
    for (const TextWarning& warning : text.warnings)
        if (const auto* found = std::get_if<Warning>(&warning)) return found;
    return nullptr;
}

}  // namespace contone::text
