// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Rows cut into lines that fit.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/slip/slip.h"

namespace contone::slip {

/// Characters of UTF-8, not bytes; each is one column.
int columnsOf(std::string_view text);
/// The lines of one row without its alignment in `columns` columns: words go on in the next line, words that are
/// longer than a line are cut.
std::vector<std::string> linesOf(const Row& row, int columns);

}  // namespace contone::slip
