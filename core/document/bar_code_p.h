// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// barCode: a short text as the bars of Code 128, set B (ISO/IEC 15417).
#pragma once

#include <string_view>
#include <vector>

namespace contone::document {

inline constexpr std::size_t mostBarCode = 20;

/// Widths in modules: a bar, a space, a bar … a bar. Empty for a text of none or more than mostBarCode characters, or
/// with others than printable ASCII. What reads it needs ten modules of white on both sides.
std::vector<int> barCode(std::string_view text);

}  // namespace contone::document
