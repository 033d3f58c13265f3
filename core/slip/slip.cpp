// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Words into lines, and lines into text.
#include "core/slip/slip.h"

#include <algorithm>

#include "core/slip/rows_p.h"

namespace contone::slip {
namespace {

/// Bytes of the first `columns` characters.
std::size_t bytesOf(std::string_view text, int columns) {
    std::size_t at = 0;
    for (int n = 0; at < text.size(); at++)
        if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U && n++ == columns) break;
    return at;
}

std::vector<std::string> wrapped(std::string_view text, int columns) {
    std::vector<std::string> lines(1);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const int needed = columnsOf(word) + (lines.back().empty() ? 0 : 1);
        if (!lines.back().empty() && columnsOf(lines.back()) + needed > columns) lines.emplace_back();
        while (columnsOf(word) > columns) {
            const std::size_t cut = bytesOf(word, columns);
            lines.back() = word.substr(0, cut);
            word.remove_prefix(cut);
            lines.emplace_back();
        }
        if (!lines.back().empty()) lines.back() += ' ';
        lines.back() += word;
    }
    return lines;
}

std::string spaces(int count) {
    return std::string(static_cast<std::size_t>(std::max(count, 0)), ' ');
}

}  // namespace

int columnsOf(std::string_view text) {
    return static_cast<int>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::vector<std::string> linesOf(const Row& row, int columns) {
    if (row.rule) return {std::string(static_cast<std::size_t>(columns), '-')};
    if (row.right.empty()) return wrapped(row.text, columns);
    const int right = columnsOf(row.right);
    std::vector<std::string> lines = wrapped(row.text, std::max(columns - right - 1, 8));
    std::string& last = lines.back();
    last += spaces(columns - right - columnsOf(last)) + row.right;
    return lines;
}

std::string asText(const Slip& slip, int columns) {
    columns = std::clamp(columns, 20, 80);
    std::string text;
    for (const Row& row : slip.rows) {
        const Row shown = row.code.empty() ? row : Row{.text = "[code: " + row.code + "]", .align = row.align};
        for (const std::string& line : linesOf(shown, columns)) {
            if (shown.align == Align::Centre) text += spaces((columns - columnsOf(line)) / 2);
            text += line + "\n";
        }
    }
    return text;
}

}  // namespace contone::slip
