// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Finds the sentence and fills its braces.
#include "core/words/say.h"

#include <algorithm>

#include "core/words/sentences_p.h"

namespace contone::words {
namespace {

const Sentence* sentenceOf(std::string_view key) {
    for (const auto find :
         {findingSentence, orderSentence, priceSentence, printSentence, problemSentence, reportSentence, textSentence})
        if (const Sentence* found = find(key)) return found;
    return nullptr;
}

/// `inside`: "dpi", or "n:print|prints".
std::string filled(const Locale& locale, std::string_view inside, std::initializer_list<Argument> arguments) {
    const std::size_t colon = inside.find(':');
    const std::string_view name = inside.substr(0, colon);
    const auto* const given = std::ranges::find(arguments, name, &Argument::name);
    if (given == arguments.end()) return "{" + std::string(inside) + "}";
    const auto* const number = std::get_if<std::int64_t>(&given->value);
    if (colon == std::string_view::npos)
        return number != nullptr ? locale.number(*number) : std::get<std::string>(given->value);
    const std::string_view forms = inside.substr(colon + 1);
    const std::size_t bar = forms.find('|');
    const bool isOne = number != nullptr && *number == 1;
    return std::string(isOne ? forms.substr(0, bar) : forms.substr(bar + 1));
}

}  // namespace

std::string say(const Locale& locale, std::string_view key, std::initializer_list<Argument> arguments,
                std::string_view fallback) {
    const Sentence* sentence = sentenceOf(key);
    std::string_view text;
    if (sentence != nullptr) text = locale.language() == Language::German ? sentence->german : sentence->english;
    if (text.empty()) return std::string(fallback);
    std::string said;
    while (!text.empty()) {
        const std::size_t open = text.find('{'), close = text.find('}', open);
        said += text.substr(0, open);
        if (open == std::string_view::npos || close == std::string_view::npos) break;
        said += filled(locale, text.substr(open + 1, close - open - 1), arguments);
        text.remove_prefix(close + 1);
    }
    return said;
}

}  // namespace contone::words
