// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Words that fit a width.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/text/font_set.h"

namespace contone::document {

/// At blanks; blanks in front come again in each line; a word that is wider than `width` has a line of its own, cut as
/// cutTo() does. `like` has size and weight.
Result<std::vector<std::string>> wrapped(const text::FontSet& fonts, text::PageText like, double width);
/// The text, or as much of it as fits with "…".
Result<std::string> cutTo(const text::FontSet& fonts, text::PageText like, double width);

}  // namespace contone::document
