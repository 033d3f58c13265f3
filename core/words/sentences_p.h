// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sentence: one thing that is said, in every language; a sentence that names other arguments in one language than in
// the other does not compile.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/words/locale.h"

namespace contone::words {

/// `key`: a stable reason, code or state, with its kind in front: "finding.soft". Empty English: the sentence is made
/// where the key is (Error::message, image::toSentence).
struct Sentence {
    const char* key;
    const char* english;
    const char* german;
};

/// Where the names between braces begin and end: "{dpi}", and "{n:print|prints}" for one and for other numbers.
constexpr std::string_view nextName(std::string_view text, std::size_t& from) {
    const std::size_t open = text.find('{', from);
    if (open == std::string_view::npos) return {};
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) throw "a brace is open";
    from = close + 1;
    const std::string_view inside = text.substr(open + 1, close - open - 1);
    return inside.substr(0, inside.find(':'));
}

constexpr bool names(std::string_view text, std::string_view name) {
    std::size_t from = 0;
    for (std::string_view one = nextName(text, from); !one.empty(); one = nextName(text, from))
        if (one == name) return true;
    return false;
}

constexpr bool namesAllOf(std::string_view text, std::string_view other) {
    std::size_t from = 0;
    for (std::string_view one = nextName(other, from); !one.empty(); one = nextName(other, from))
        if (!names(text, one)) return false;
    return true;
}

/// Refuses a key that comes twice, a missing translation, and arguments of one language that another does not name.
template <std::size_t N>
consteval bool areSentences(const Sentence (&rows)[N]) {
    for (std::size_t i = 0; i < N; ++i) {
        const std::string_view english = rows[i].english, german = rows[i].german;
        if (german.empty()) return false;
        if (!english.empty() && (!namesAllOf(english, german) || !namesAllOf(german, english))) return false;
        for (std::size_t k = 0; k < i; ++k)
            if (std::string_view(rows[k].key) == rows[i].key) return false;
    }
    return true;
}

/// nullptr when nothing is said for this key.
const Sentence* findingSentence(std::string_view key);
const Sentence* orderSentence(std::string_view key);
const Sentence* priceSentence(std::string_view key);
const Sentence* printSentence(std::string_view key);
const Sentence* problemSentence(std::string_view key);
const Sentence* reportSentence(std::string_view key);
const Sentence* textSentence(std::string_view key);

}  // namespace contone::words
