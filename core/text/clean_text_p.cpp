// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Character by character, once.
#include "core/text/clean_text_p.h"

#include "core/base/printable.h"
#include "core/text/set_text.h"

namespace contone::text {
namespace {

bool isLineEnd(char32_t c) {
    return (c >= 0x0a && c <= 0x0d) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/// Controls, embeddings and overrides of direction (UAX #9; isolates stay), deprecated and interlinear formats, marks
/// of byte order, objects, and what is no character at all.
bool isStripped(char32_t c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) || (c >= 0x206a && c <= 0x206f) ||
           (c >= 0xfdd0 && c <= 0xfdef) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffc) || (c & 0xfffe) == 0xfffe ||
           (c >= 0x1d173 && c <= 0x1d17a) || c == 0xe0001;
}

int countCharacters(std::string_view text) {
    int count = 0;
    for (const char c : text)
        if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) ++count;
    return count;
}

void dropBlanksAtEnd(std::string& text) {
    while (text.ends_with(' ')) text.pop_back();
}

}  // namespace

CleanText cleanText(std::string_view text) {
    CleanText clean;
    int characters = 0, lines = 1;
    while (!text.empty()) {
        if (text.starts_with("\r\n")) text.remove_prefix(1);
        const Character c = firstCharacter(text);
        const bool endsLine = isLineEnd(c.value);
        if (characters == TooLong::mostCharacters || (endsLine && lines == TooLong::mostLines)) {
            clean.leftOut = countCharacters(text);
            break;
        }
        if (endsLine) {
            dropBlanksAtEnd(clean.text);
            clean.text += '\n';
            ++lines;
        } else if (c.value == '\t') {
            clean.text += ' ';
        } else if (isStripped(c.value)) {
            ++clean.stripped;
            --characters;
        } else {
            clean.text.append(text.substr(0, c.size));
        }
        ++characters;
        text.remove_prefix(c.size);
    }
    while (clean.text.ends_with(' ') || clean.text.ends_with('\n')) clean.text.pop_back();
    return clean;
}

}  // namespace contone::text
