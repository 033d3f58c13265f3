// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The same statement about tables of other names.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace contone::db {

/// `sql`, where each of `tables` behind FROM, JOIN, INTO or UPDATE is the table that has `prefix` before that name, and
/// the name is its alias. Keywords in capitals; a table that has an alias already makes SQL that does not compile.
std::string inOtherTables(std::string_view sql, std::span<const std::string> tables, std::string_view prefix);

}  // namespace contone::db
