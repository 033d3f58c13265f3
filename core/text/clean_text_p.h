// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// cleanText: what of a text from outside goes on to shaping: bounded, one kind of line end, nothing that acts unseen.
#pragma once

#include <string>
#include <string_view>

namespace contone::text {

struct CleanText {
    std::string text;  ///< UTF-8; "\n" alone ends lines; no blanks before a line end
    int stripped = 0;  ///< characters taken out because nobody can see them
    int leftOut = 0;   ///< characters beyond TooLong's bounds
};

/// `text` is UTF-8. A tab becomes a blank; every kind of line end becomes "\n". Joiners, isolates, marks of direction,
/// variation selectors and the tags that make flags stay.
CleanText cleanText(std::string_view text);

}  // namespace contone::text
