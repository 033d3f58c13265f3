// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What there is to say of a text that was set on a print.
#include <algorithm>

#include "core/words/say.h"
#include "core/words/sentences.h"
#include "core/words/sentences_p.h"

namespace contone::words {
namespace {

constexpr Sentence kSentences[] = {
    {"text.missing", "These letters are in none of the fonts here and stay blank: {letters}.",
     "Diese Zeichen sind in keiner Schrift hier und bleiben leer: {letters}."},
    {"text.shrunk", "It was set smaller to fit: {size}\u00a0pt.",
     "Damit er passt, wurde er kleiner gesetzt: {size}\u00a0pt."},
    {"text.words-broken", "Words were broken in the middle to fit. Write less.",
     "Damit er passt, wurden Wörter getrennt. Schreiben Sie weniger."},
    {"text.cut", "It is too long: its end is not shown. Write less.",
     "Er ist zu lang: Sein Ende fehlt. Schreiben Sie weniger."},
    {"text.emoji-upscaled", "Emoji look soft at this size.", "Emojis sind in dieser Größe etwas unscharf."},
    {"text.stripped", "{n} {n:character|characters} that nobody can see {n:was|were} left out.",
     "{n} {n:unsichtbares Zeichen wurde|unsichtbare Zeichen wurden} weggelassen."},
    {"text.too-long", "It is far too long: {n} {n:character was|characters were} left out.",
     "Er ist viel zu lang: {n} Zeichen wurden weggelassen."},
    {"text.style-missing", "This font has no such style; the nearest was taken.",
     "Diese Schrift hat keinen solchen Schnitt; der nächste wurde genommen."},
};
static_assert(areSentences(kSentences));

/// UTF-8, a blank between two.
std::string lettersOf(const std::vector<char32_t>& characters) {
    std::string all;
    for (const char32_t c : characters) {
        if (!all.empty()) all += ' ';
        const auto add = [&](char32_t bits) { all += static_cast<char>(bits); };
        if (c < 0x80) {
            add(c);
        } else if (c < 0x800) {
            add(0xC0 | (c >> 6));
            add(0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            add(0xE0 | (c >> 12));
            add(0x80 | ((c >> 6) & 0x3F));
            add(0x80 | (c & 0x3F));
        } else {
            add(0xF0 | (c >> 18));
            add(0x80 | ((c >> 12) & 0x3F));
            add(0x80 | ((c >> 6) & 0x3F));
            add(0x80 | (c & 0x3F));
        }
    }
    return all;
}

struct Say {
    const Locale& locale;
    std::string operator()(const text::MissingGlyphs& w) const {
        return say(locale, "text.missing", {{"letters", lettersOf(w.characters)}});
    }
    std::string operator()(const text::Shrunk& w) const {
        return say(locale, "text.shrunk", {{"size", locale.number(w.size, 1)}});
    }
    std::string operator()(const text::WordsBroken&) const { return say(locale, "text.words-broken", {}); }
    std::string operator()(const text::Cut&) const { return say(locale, "text.cut", {}); }
    std::string operator()(const text::EmojiUpscaled&) const { return say(locale, "text.emoji-upscaled", {}); }
    std::string operator()(const text::ControlsStripped& w) const {
        return say(locale, "text.stripped", {{"n", std::int64_t(w.count)}});
    }
    std::string operator()(const text::TooLong& w) const {
        return say(locale, "text.too-long", {{"n", std::int64_t(w.characters)}});
    }
    std::string operator()(const text::StyleMissing&) const { return say(locale, "text.style-missing", {}); }
};

}  // namespace

std::string sentence(const Locale& locale, const text::TextWarning& warning) {
    return std::visit(Say{locale}, warning);
}

const Sentence* textSentence(std::string_view key) {
    const auto* const at = std::ranges::find_if(kSentences, [&](const Sentence& one) { return key == one.key; });
    return at == std::end(kSentences) ? nullptr : at;
}

}  // namespace contone::words
