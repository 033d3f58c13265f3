// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// withEmojiMarks: says of each emoji that has no other form here that it is one.
#pragma once

#include <string>
#include <string_view>

#include "core/text/private_fonts_p.h"

namespace contone::text {

/// Adds U+FE0F (show as emoji) behind characters that only the emoji font has and that stand alone. Without it Pango
/// sets such a character as a letter that happens to be in that font, and the blank before it as wide as an emoji.
std::string withEmojiMarks(std::string_view text, const PrivateFonts& fonts);

/// How many characters somebody typed: those marks do not count.
int countTyped(std::string_view text);

}  // namespace contone::text
