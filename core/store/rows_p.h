// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What reading rows needs, whatever they hold.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/store/rows.h"

namespace contone::store {

inline std::string sql(std::string_view columns, std::string_view rest) {
    return std::string(columns) + std::string(rest);
}

inline int number(const db::Statement& row, int column) {
    return static_cast<int>(row.integer(column));
}

inline Result<Sha256> hashAt(const db::Statement& row, int column) {
    auto hash = Sha256::parse(row.text(column));
    if (!hash) return damagedRow(hash.error());
    return *hash;
}

/// All rows of a query, each made by `make(row)`.
template <class T, class Make>
Result<std::vector<T>> readAll(Result<db::Statement> query, Make make) {
    CONTONE_TRY(db::Statement rows, std::move(query));
    std::vector<T> all;
    for (;;) {
        CONTONE_TRY(const bool row, rows.step());
        if (!row) return all;
        CONTONE_TRY(T one, make(rows));
        all.push_back(std::move(one));
    }
}

/// Fails: NotFound, when there is none.
template <class T>
Result<T> first(std::vector<T> all, const char* reason, const char* message, const std::string& detail) {
    if (all.empty()) return fail(Code::NotFound, reason, message, detail);
    return std::move(all.front());
}

}  // namespace contone::store
