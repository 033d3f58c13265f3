// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// say: a key and its arguments become a sentence in a person's language. The tables are the *_sentences.cpp beside it.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "core/words/locale.h"

namespace contone::words {

/// A whole number is written as the locale does and chooses between singular and plural; other values are written
/// before: `{"mm", locale.millimetres(left)}`.
struct Argument {
    std::string_view name;
    std::variant<std::int64_t, std::string> value;
    Argument(std::string_view n, std::int64_t number) : name(n), value(number) {}
    Argument(std::string_view n, int number) : name(n), value(std::int64_t(number)) {}
    Argument(std::string_view n, std::string text) : name(n), value(std::move(text)) {}
};

/// An argument that the sentence does not name is left out; one that is missing stays in braces. Where the language has
/// no words for `key`: `fallback`, as it is.
std::string say(const Locale& locale, std::string_view key, std::initializer_list<Argument> arguments = {},
                std::string_view fallback = {});

}  // namespace contone::words
