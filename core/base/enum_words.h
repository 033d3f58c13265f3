// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// enumWords: one table an enum says how its values are written, for JSON, the command line and stored rows alike.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace contone {

template <class E>
struct EnumWord {
    E value;
    const char* word;  ///< kebab case; never changes once it is stored anywhere
};

/// The words of an enum, and how parse() refuses a text that is none of them.
template <class E, std::size_t N>
struct EnumWords {
    const char* reason;    ///< "bad-fit"
    const char* sentence;  ///< "Say how the photo fills the paper: fill or whole."
    std::array<EnumWord<E>, N> words;
};

/// Stands beside the enum, in its namespace, found by ADL:
///
///     constexpr auto wordsOf(Fit) {
///         return enumWords<Fit>("bad-fit", "Choose fill or whole.", {{Fit::Fill, "fill"}, {Fit::Whole, "whole"}});
///     }
///     using contone::toString;  // once a namespace, so that print::toString(fit) and ADL find it
///
/// Does not compile when a word or a value comes twice.
template <class E, std::size_t N>
consteval EnumWords<E, N> enumWords(const char* reason, const char* sentence, const EnumWord<E> (&words)[N]) {
    EnumWords<E, N> table{reason, sentence, {}};
    for (std::size_t i = 0; i < N; ++i) {
        for (std::size_t k = 0; k < i; ++k)
            if (words[k].value == words[i].value || std::string_view(words[k].word) == words[i].word)
                throw "an enum's value or word stands in its table twice";
        table.words[i] = words[i];
    }
    return table;
}

template <class E>
concept HasWords = std::is_enum_v<E> && requires(E e) { wordsOf(e).words; };

template <HasWords E>
inline constexpr auto wordTable = wordsOf(E{});

/// The word of a value; "?" for a number that is no value of the enum. Lives as long as the program.
template <HasWords E>
constexpr const char* toString(E value) {
    for (const auto& row : wordTable<E>.words)
        if (row.value == value) return row.word;
    return "?";
}

/// The value of a word. Fails: Invalid with the reason and sentence of the table; the detail is the text.
template <HasWords E>
Result<E> parse(std::string_view text) {
    for (const auto& row : wordTable<E>.words)
        if (text == row.word) return row.value;
    return fail(Code::Invalid, wordTable<E>.reason, wordTable<E>.sentence, std::string(text));
}

constexpr auto wordsOf(Code) {
    return enumWords<Code>("bad-code", "This is no kind of error.",
                           {{Code::Invalid, "invalid"},
                            {Code::NotFound, "not-found"},
                            {Code::Conflict, "conflict"},
                            {Code::Denied, "denied"},
                            {Code::Unsupported, "unsupported"},
                            {Code::Corrupt, "corrupt"},
                            {Code::Unavailable, "unavailable"},
                            {Code::Cancelled, "cancelled"},
                            {Code::Internal, "internal"}});
}

}  // namespace contone
