// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What a text block may say. Every comparison is written so that "not a number" fails it.
#include "core/text/text_block.h"

#include <algorithm>

#include "core/base/printable.h"

namespace contone::text {
namespace {

constexpr Length longestSide = millimetres(10'000);

bool isWithin(double value, double least, double most) {
    return value >= least && value <= most;
}

bool isWithin(Length side) {
    return side > Length() && side <= longestSide;
}

/// The shape of a BCP 47 tag: subtags of one to eight letters and digits; the first has letters alone.
bool isLanguage(std::string_view tag) {
    if (tag.size() > 35) return false;
    std::size_t inSubtag = 0;
    bool isFirst = true;
    for (const char c : tag) {
        if (c == '-') {
            if (inSubtag == 0) return false;
            inSubtag = 0;
            isFirst = false;
            continue;
        }
        const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!isLetter && (isFirst || c < '0' || c > '9')) return false;
        if (++inSubtag > 8) return false;
    }
    return inSubtag > 0;
}

bool isUtf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t size = firstCharacter(text).size;
        if (size == 0) return false;
        text.remove_prefix(size);
    }
    return true;
}

}  // namespace

Result<void> check(const TextBlock& block) {
    if (!isWithin(block.size, TextBlock::leastPoints, TextBlock::mostPoints))
        return fail(Code::Invalid, "text-size", "Choose a type size from 2 to 2000 points.");
    if (!isWithin(block.leastSize, TextBlock::leastPoints, block.size))
        return fail(Code::Invalid, "text-least-size",
                    "The smallest type size must be 2 points or more, and no larger than the type size.");
    if (!isWithin(block.lineSpacing, 0.5, 3))
        return fail(Code::Invalid, "text-line-spacing", "Choose a line spacing from 0.5 to 3.");
    if (!isWithin(block.letterSpacing, -0.1, 1))
        return fail(Code::Invalid, "text-letter-spacing", "Choose a letter spacing from -0.1 to 1.");
    if (!isWithin(block.width) || !isWithin(block.height))
        return fail(Code::Invalid, "text-box", "The box of a text must have a width and a height, of at most 10 m.");
    if (!isLanguage(block.language))
        return fail(Code::Invalid, "text-language",
                    "Write the language of a text as a tag such as \"en\" or \"zh-Hant\".");
    if (!isUtf8(block.text))
        return fail(Code::Invalid, "text-not-utf8", "This text is damaged: it is not UTF-8. Type it again.");
    return {};
}

}  // namespace contone::text
