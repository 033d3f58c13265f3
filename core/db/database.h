// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Database, Statement, Transaction: SQLite with errors as Results and nothing but prepared statements.
//
// Failures, all functions: Unavailable "disk-full", "store-busy"; Denied "not-writable"; Corrupt "store-damaged" (the
// file is not a database or is damaged); NotFound "file-missing"; Conflict "store-constraint"; Internal "io-error",
// "store-error". One thread at a time per Database and its statements.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/file.h"
#include "core/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace contone::db {

/// A value to bind: a whole number, text or bytes (copied) or NULL.
class Value {
  public:
    Value(std::nullptr_t) {}
    Value(int v) : m_kind(Kind::Integer), m_integer(v) {}
    Value(std::int64_t v) : m_kind(Kind::Integer), m_integer(v) {}
    Value(std::string_view v) : m_kind(Kind::Text), m_text(v) {}
    Value(const std::string& v) : m_kind(Kind::Text), m_text(v) {}
    Value(const char* v) : m_kind(Kind::Text), m_text(v) {}
    Value(const Bytes& v) : m_kind(Kind::Blob), m_text(reinterpret_cast<const char*>(v.data()), v.size()) {}

  private:
    friend class Database;
    enum class Kind { Null, Integer, Text, Blob };
    Kind m_kind = Kind::Null;
    std::int64_t m_integer = 0;
    std::string_view m_text;
};

class PreparedStatements;

/// Rows of a query. Keep it no longer than needed: an open one holds back the checkpoint. The database must outlive it.
class Statement {
  public:
    /// True: a row is there. False: the end.
    Result<bool> step();
    /// Columns of the current row, from 0. Text that is NULL is "", a number that is NULL is 0.
    std::int64_t integer(int column) const;
    std::string text(int column) const;
    Bytes blob(int column) const;
    bool isNull(int column) const;

  private:
    friend class Database;
    struct Free {
        Free() : kept(nullptr) {}
        explicit Free(PreparedStatements* to) : kept(to) {}
        void operator()(sqlite3_stmt* statement) const;
        PreparedStatements* kept;  ///< gets it back for the next query of the same words; none: it is freed
    };
    std::unique_ptr<sqlite3_stmt, Free> m_statement;
};

/// Create: the file is made when it is missing, for its owner alone (":memory:": none is). Fail: it must be there.
enum class Missing { Create, Fail };

class Database {
  public:
    Database();
    ~Database();
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    static Result<Database> open(const Path& file, Missing missing);
    /// Binds ?1, ?2, … to `values`; their number must match.
    Result<Statement> query(std::string_view sql, std::initializer_list<Value> values = {});
    /// The same, run to its end; rows are ignored.
    Result<void> run(std::string_view sql, std::initializer_list<Value> values = {});
    /// The first column of the first row. Fails: NotFound "row-missing".
    Result<std::int64_t> integer(std::string_view sql, std::initializer_list<Value> values = {});
    Result<std::string> text(std::string_view sql, std::initializer_list<Value> values = {});
    /// Several statements, separated by semicolons, without values.
    Result<void> script(std::string_view sql);
    /// Whether closing, as the last who has it open, moves the -wal into the file and removes it. Yes, unless said
    /// otherwise: then both stay as they are.
    enum class Close { Tidies, LeavesFiles };
    void whenClosed(Close what);
    /// Bytes of the file itself, without what its log adds, before anything is read; -1 when that cannot be told.
    std::int64_t fileSize() const;
    /// From now on statements of this connection that name one of `tables` mean the one that has `prefix` before its
    /// name: see other_tables.h. Not those of script().
    void useOtherTables(std::vector<std::string> tables, std::string prefix);
    /// Rows changed by the last statement.
    std::int64_t changes() const;
    bool inTransaction() const;

  private:
    struct Closer {
        void operator()(sqlite3* connection) const;
    };
    Result<Statement> prepare(std::string_view sql, std::string_view& rest);
    std::unique_ptr<sqlite3, Closer> m_connection;
    std::unique_ptr<PreparedStatements> m_statements;
};

/// Immediate: takes the write lock at once, so that it cannot fail half-way for want of it. Deferred: for reads that
/// must see one state.
enum class Lock { Immediate, Deferred };

/// Rolls back unless committed. The database must outlive it.
class Transaction {
  public:
    static Result<Transaction> begin(Database& database, Lock lock);
    Transaction(Transaction&& other) noexcept : m_database(std::exchange(other.m_database, nullptr)) {}
    Transaction(const Transaction&) = delete;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    Result<void> commit();

  private:
    explicit Transaction(Database& database) : m_database(&database) {}
    Database* m_database;
};

}  // namespace contone::db
