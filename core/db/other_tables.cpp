// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Looks at each word and the one before.
#include "core/db/other_tables.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace contone::db {
namespace {

bool isOfAWord(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool namesATable(std::string_view before) {
    constexpr std::array<std::string_view, 4> verbs{"FROM", "JOIN", "INTO", "UPDATE"};
    return std::ranges::find(verbs, before) != verbs.end();
}

}  // namespace

std::string inOtherTables(std::string_view sql, std::span<const std::string> tables, std::string_view prefix) {
    std::string other;
    std::string_view before;
    while (!sql.empty()) {
        const auto end = std::ranges::find_if_not(sql, isOfAWord);
        const std::string_view word = sql.substr(0, static_cast<std::size_t>(end - sql.begin()));
        if (word.empty()) {
            if (sql.front() != ' ') before = {};
            other += sql.front();
            sql.remove_prefix(1);
            continue;
        }
        if (namesATable(before) && std::ranges::find(tables, word) != tables.end())
            other.append(prefix).append(word).append(" AS ").append(word);
        else
            other += word;
        before = word;
        sql.remove_prefix(word.size());
    }
    return other;
}

}  // namespace contone::db
