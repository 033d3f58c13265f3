// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// printable: texts from outside (names of files, what cameras, printers and people wrote) as they may be shown.
#pragma once

#include <string>
#include <string_view>

namespace contone {

/// The character at the beginning of a text in UTF-8.
struct Character {
    char32_t value = 0;
    std::size_t size = 0;  ///< bytes; 0: no well-formed character begins here (Unicode 15, table 3-7)
};
Character firstCharacter(std::string_view text);

/// One line that shows all there is and does nothing: what would move a terminal's cursor, break the line or turn the
/// direction of the words is written as "\u001b", a byte that is no UTF-8 as "\xff". These are the control characters
/// (C0, DEL, C1), the line and paragraph separators, and the marks of direction of Unicode's bidirectional algorithm
/// (UAX #9: U+061C, U+200E, U+200F, U+202A–U+202E, U+2066–U+2069).
std::string printable(std::string_view text);
/// The same, but the line ends of `text` ("\n") stay.
std::string printableLines(std::string_view text);
/// The inside of a JSON string with that text: quotes and backslashes escaped, what would act on a line too, U+FFFD for
/// a byte that is no UTF-8.
std::string printableJson(std::string_view text);

}  // namespace contone
