// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A table of order and row, and one of words that FTS5 keeps.
#include "core/search/order_index.h"

#include <mutex>

#include "core/db/database.h"

namespace contone::search {
namespace {

constexpr std::size_t fewestDigits = 4;

/// The digits of a phone, and what is left when the first, the first two … are taken off: a word that begins with some
/// digits is then a phone that has them anywhere.
std::string phoneWords(std::string_view phone) {
    std::string digits, words;
    for (const char c : phone)
        if (c >= '0' && c <= '9') digits += c;
    for (std::size_t from = 0; from + fewestDigits <= digits.size(); from++) words += digits.substr(from) + " ";
    return words;
}

/// Each word quoted, so that nothing in it is an operator, and a beginning.
std::string queryOf(std::string_view text) {
    std::string query;
    const auto add = [&](std::string_view word) {
        if (word.empty()) return;
        query += query.empty() ? "\"" : " \"";
        for (const char c : word) query += c == '"' ? std::string("\"\"") : std::string(1, c);
        query += "\"*";
    };
    constexpr std::string_view spaces = " \t\n\r";
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(spaces), text.size());
        add(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return query;
}

std::string wordsOf(const order::Customer& customer) {
    std::string words = customer.name;
    for (const std::string& file : customer.fileNames) words += "\n" + file;
    return words;
}

enum class Age { Newest, Oldest };

Result<void> insert(db::Database& database, OrderId id, const order::Customer& customer, Age age) {
    if (customer.name.empty() && customer.phone.empty() && customer.fileNames.empty()) return {};
    CONTONE_CHECK(database.run(age == Age::Newest
                                   ? "INSERT INTO known (row, order_id) SELECT max(coalesce(max(row), 0), 0) + 1, ?1 "
                                     "FROM known"
                                   : "INSERT INTO known (row, order_id) SELECT min(coalesce(min(row), 0), 0) - 1, ?1 "
                                     "FROM known",
                               {id.toString()}));
    return database.run("INSERT INTO words (rowid, said, phone) VALUES (last_insert_rowid(), ?1, ?2)",
                        {wordsOf(customer), phoneWords(customer.phone)});
}

Result<bool> erase(db::Database& database, OrderId id) {
    const auto row = database.integer("SELECT row FROM known WHERE order_id = ?1", {id.toString()});
    if (!row && row.error().reason == "row-missing") return false;
    if (!row) return std::unexpected(row.error());
    CONTONE_CHECK(database.run("DELETE FROM words WHERE rowid = ?1", {*row}));
    CONTONE_CHECK(database.run("DELETE FROM known WHERE row = ?1", {*row}));
    return true;
}

}  // namespace

struct OrderIndex::Impl {
    mutable std::mutex mutex;
    db::Database database;
    bool isUntidy = false;
};

OrderIndex::OrderIndex(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
OrderIndex::~OrderIndex() = default;

Result<std::unique_ptr<OrderIndex>> OrderIndex::create() {
    auto impl = std::make_unique<Impl>();
    CONTONE_TRY(impl->database, db::Database::open(":memory:", db::Missing::Create));
    CONTONE_CHECK(
        impl->database.script("PRAGMA secure_delete = ON;"
                              "CREATE TABLE known (row INTEGER PRIMARY KEY, order_id TEXT NOT NULL UNIQUE) STRICT;"
                              "CREATE VIRTUAL TABLE words USING fts5 (said, phone, tokenize = 'unicode61 "
                              "remove_diacritics 2', prefix = '3');"));
    return std::unique_ptr<OrderIndex>(new OrderIndex(std::move(impl)));
}

Result<void> OrderIndex::put(OrderId order, const order::Customer& customer) {
    const std::lock_guard lock(m_impl->mutex);
    CONTONE_TRY(const bool was, erase(m_impl->database, order));
    m_impl->isUntidy = m_impl->isUntidy || was;
    return insert(m_impl->database, order, customer, Age::Newest);
}

Result<void> OrderIndex::putAll(const std::vector<std::pair<OrderId, order::Customer>>& customers) {
    const std::lock_guard lock(m_impl->mutex);
    CONTONE_TRY(db::Transaction transaction, db::Transaction::begin(m_impl->database, db::Lock::Immediate));
    for (const auto& [id, customer] : customers) {
        CONTONE_TRY(const std::int64_t known,
                    m_impl->database.integer("SELECT count(*) FROM known WHERE order_id = ?1", {id.toString()}));
        if (known == 0) CONTONE_CHECK(insert(m_impl->database, id, customer, Age::Oldest));
    }
    return transaction.commit();
}

Result<void> OrderIndex::remove(OrderId order) {
    const std::lock_guard lock(m_impl->mutex);
    CONTONE_TRY(const bool was, erase(m_impl->database, order));
    m_impl->isUntidy = m_impl->isUntidy || was;
    return {};
}

// What is deleted stays in FTS5's segments until they are merged.
Result<void> OrderIndex::tidy() {
    const std::lock_guard lock(m_impl->mutex);
    if (!m_impl->isUntidy) return {};
    CONTONE_CHECK(m_impl->database.run("INSERT INTO words (words) VALUES ('optimize')"));
    m_impl->isUntidy = false;
    return {};
}

Result<std::vector<OrderId>> OrderIndex::find(std::string_view text, int limit) const {
    const std::string query = queryOf(text);
    std::vector<OrderId> found;
    if (query.empty()) return found;
    const std::lock_guard lock(m_impl->mutex);
    CONTONE_TRY(
        db::Statement rows,
        m_impl->database.query("SELECT order_id FROM words JOIN known ON row = words.rowid WHERE words MATCH ?1 "
                               "ORDER BY row DESC LIMIT ?2",
                               {query, limit}));
    for (;;) {
        CONTONE_TRY(const bool row, rows.step());
        if (!row) return found;
        CONTONE_TRY(const OrderId id, OrderId::parse(rows.text(0)));
        found.push_back(id);
    }
}

}  // namespace contone::search
