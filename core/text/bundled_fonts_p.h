// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The font files that this program knows, by name: nothing else in a folder is ever opened.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/font_set.h"

namespace contone::text {

/// All that resources/fonts holds.
const std::vector<std::string>& bundledFiles();
const std::vector<FontFamily>& bundledFamilies();

inline constexpr const char* emojiFamily = "Noto Color Emoji";

/// The families in the order in which a letter is looked for: the one that was chosen, its companions, those of other
/// scripts, and those of Han in the form that `hanLanguage` (ja, ko, zh-cn, zh-tw, zh-hk) asks for.
std::string familyOrder(std::string_view family, std::string_view hanLanguage);

}  // namespace contone::text
