// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Parts of sequences (UTS #51: joiners, skin tones, flags, key caps, tags) are left as they are.
#include "core/text/emoji_marks_p.h"

#include "core/base/printable.h"

namespace contone::text {
namespace {

constexpr char32_t asEmoji = 0xfe0f, asText = 0xfe0e, joiner = 0x200d;
constexpr const char* mark = "\xef\xb8\x8f";

/// Means something only beside another character.
bool isPart(char32_t c) {
    return c == asEmoji || c == asText || c == joiner || c == 0x20e3 || (c >= 0x1f1e6 && c <= 0x1f1ff) ||
           (c >= 0x1f3fb && c <= 0x1f3ff) || (c >= 0xe0020 && c <= 0xe007f);
}

}  // namespace

std::string withEmojiMarks(std::string_view text, const PrivateFonts& fonts) {
    std::string marked;
    char32_t before = 0;
    while (!text.empty()) {
        const Character c = firstCharacter(text);
        if (c.size == 0) break;
        marked.append(text.substr(0, c.size));
        text.remove_prefix(c.size);
        if (!isPart(c.value) && before != joiner && !isPart(firstCharacter(text).value) && fonts.isOnlyEmoji(c.value))
            marked += mark;
        before = c.value;
    }
    return marked;
}

int countTyped(std::string_view text) {
    int count = 0;
    while (!text.empty()) {
        const Character c = firstCharacter(text);
        if (c.size == 0) break;
        if (c.value != asEmoji) ++count;
        text.remove_prefix(c.size);
    }
    return count;
}

}  // namespace contone::text
