// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ReportTables: a report as people read it, in their language: what stands on paper, in text and on a screen alike.
#pragma once

#include <string>
#include <vector>

#include "core/report/report.h"
#include "core/words/locale.h"

namespace contone::report {

struct Table {
    std::string title;
    std::vector<std::string> heads;
    std::size_t words = 1;                       ///< columns from the left that are words; the others are numbers
    std::vector<std::vector<std::string>> rows;  ///< each as long as the heads
    bool hasTotal = false;                       ///< the last row is the sum of the others
    std::vector<std::string> remarks = {};       ///< below it
};
struct ReportTables {
    std::string title;
    std::vector<std::string> remarks;  ///< below it: that it is not over, and what could not be read
    std::vector<Table> tables;
};

/// Sections of which there is nothing are left out.
ReportTables tablesOf(const Report& report, const words::Locale& locale);

/// In columns, for a terminal.
std::string textOf(const Report& report, const words::Locale& locale);

/// RFC 4180, the same in every language: one table after the other, each under its own head, all rows as long as the
/// longest. A row begins with the word of its section, the head with "section"; amounts are "3.50", their currency in a
/// column. No sums: a spreadsheet adds. No cell begins like a formula.
std::string csvOf(const Report& report);

}  // namespace contone::report
