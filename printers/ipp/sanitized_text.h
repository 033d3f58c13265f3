// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// sanitizedText: makes text from printers safe to show. Anybody on a network or a cable can send anything.
#pragma once

#include <string>
#include <string_view>

namespace contone::printers {

/// One line of valid UTF-8: control characters, line ends and what turns the direction of writing become spaces, broken
/// bytes U+FFFD; blanks at the ends are gone. Longer than `most` bytes it ends in "…".
std::string sanitizedText(std::string_view said, std::size_t most = 300);

/// A keyword or MIME type as IPP has them: printable ASCII without blanks and quotes, at most 255 bytes.
bool isKeyword(std::string_view word);

/// A device URI that may go into a queue: a scheme, then the characters of RFC 3986 alone, each "%" with two digits.
bool isDeviceUri(std::string_view uri);

/// As one word for a POSIX shell: as it is when it has only letters, digits and "._-/:@%+=,", else in single quotes.
std::string shellQuoted(std::string_view word);

}  // namespace contone::printers
