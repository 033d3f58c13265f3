// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A report in columns for people.
#include <algorithm>

#include "core/report/report_tables.h"

namespace contone::report {
namespace {

/// Characters of UTF-8; each is one column.
std::size_t widthOf(const std::string& text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string lineOf(const Table& table, const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); i++) {
        const std::string room(widths[i] - widthOf(cells[i]), ' ');
        line += (i > 0 ? "  " : "") + (i < table.words ? cells[i] + room : room + cells[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return line + "\n";
}

void add(std::string& text, const Table& table) {
    std::vector<std::size_t> widths;
    for (const std::string& head : table.heads) widths.push_back(widthOf(head));
    for (const auto& row : table.rows)
        for (std::size_t i = 0; i < row.size(); i++) widths[i] = std::max(widths[i], widthOf(row[i]));
    text += "\n" + table.title + "\n" + lineOf(table, table.heads, widths);
    for (const auto& row : table.rows) text += lineOf(table, row, widths);
    for (const std::string& remark : table.remarks) text += remark + "\n";
}

}  // namespace

std::string textOf(const Report& report, const words::Locale& locale) {
    const ReportTables all = tablesOf(report, locale);
    std::string text = all.title + "\n";
    for (const std::string& remark : all.remarks) text += remark + "\n";
    for (const Table& table : all.tables) add(text, table);
    return text;
}

}  // namespace contone::report
