// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SQLite calls, each result code turned into an Error where it appears.
#include "core/db/database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>

#include "core/db/other_tables.h"

namespace contone::db {

namespace {

Error errorOf(sqlite3* connection, int code, std::string_view what) {
    std::string detail = std::string(what) + ": " +
                         (connection != nullptr ? sqlite3_errmsg(connection) : sqlite3_errstr(code)) + " (" +
                         std::to_string(code) + ")";
    const int problem = connection != nullptr ? sqlite3_system_errno(connection) : 0;
    switch (code & 0xff) {
        case SQLITE_FULL:
            return errorFromErrno(ENOSPC, detail);
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return errorFromErrno(EROFS, detail);
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {Code::Corrupt, "store-damaged",
                    "The store of orders is damaged. Nothing was changed; restore it from a backup.", detail};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {Code::Unavailable, "store-busy", "The store of orders is busy. Try again in a moment.", detail};
        case SQLITE_CONSTRAINT:
            return {Code::Conflict, "store-constraint", "These records do not fit together; nothing was changed.",
                    detail};
        case SQLITE_CANTOPEN:
            if (problem == EACCES || problem == EPERM || problem == EROFS) return errorFromErrno(EROFS, detail);
            return problem != 0 ? errorFromErrno(problem, detail) : errorFromErrno(ENOENT, detail);
        case SQLITE_IOERR:
            return errorFromErrno(problem == ENOSPC || problem == EDQUOT ? ENOSPC : EIO, detail);
        default:
            return {Code::Internal, "store-error", "The store of orders reported an error. Try again.", detail};
    }
}

}  // namespace

/// Statements that were prepared and are free: to prepare one costs more than to run most of them.
class PreparedStatements {
  public:
    ~PreparedStatements() {
        for (const auto& [sql, statement] : m_free) sqlite3_finalize(statement);
    }
    PreparedStatements() = default;
    PreparedStatements(const PreparedStatements&) = delete;
    PreparedStatements& operator=(const PreparedStatements&) = delete;
    /// nullptr when there is none of these words.
    sqlite3_stmt* take(std::string_view sql) {
        const auto found = m_free.find(sql);
        return found == m_free.end() ? nullptr : m_free.extract(found).mapped();
    }
    void giveBack(sqlite3_stmt* statement) {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);  // names and messages do not stay
        if (m_free.size() < most)
            m_free.emplace(sqlite3_sql(statement), statement);
        else
            sqlite3_finalize(statement);
    }
    void useOtherTables(std::vector<std::string> tables, std::string prefix) {
        m_tables = std::move(tables);
        m_prefix = std::move(prefix);
        m_meant.clear();
    }
    /// What is prepared for these words. Lives as long as this.
    std::string_view meantBy(std::string_view sql) {
        if (m_tables.empty()) return sql;
        auto known = m_meant.find(sql);
        if (known == m_meant.end()) known = m_meant.emplace(sql, inOtherTables(sql, m_tables, m_prefix)).first;
        return known->second;
    }

  private:
    static constexpr std::size_t most = 100;
    std::multimap<std::string, sqlite3_stmt*, std::less<>> m_free;
    std::vector<std::string> m_tables;  ///< that others stand for
    std::string m_prefix;
    std::map<std::string, std::string, std::less<>> m_meant;
};

namespace {

/// Of what runs again and again. What changes settings or tables runs once.
bool isKept(std::string_view sql) {
    return std::ranges::any_of(std::array<std::string_view, 4>{"SELECT", "INSERT", "UPDATE", "DELETE"},
                               [&](std::string_view verb) { return sql.starts_with(verb); });
}

}  // namespace

Database::Database() = default;
Database::~Database() = default;
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&& other) noexcept {
    m_statements = std::move(other.m_statements);  // before the connection that they are of
    m_connection = std::move(other.m_connection);
    return *this;
}

void Statement::Free::operator()(sqlite3_stmt* statement) const {
    if (kept != nullptr)
        kept->giveBack(statement);
    else
        sqlite3_finalize(statement);
}
void Database::Closer::operator()(sqlite3* connection) const {
    sqlite3_close_v2(connection);
}

Result<bool> Statement::step() {
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return fail(errorOf(sqlite3_db_handle(m_statement.get()), code, sqlite3_sql(m_statement.get())));
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(m_statement.get(), column);
}

std::string Statement::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(m_statement.get(), column));
    if (text == nullptr) return {};
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))};
}

Bytes Statement::blob(int column) const {
    const auto* first = static_cast<const std::byte*>(sqlite3_column_blob(m_statement.get(), column));
    if (first == nullptr) return {};
    return {first, first + sqlite3_column_bytes(m_statement.get(), column)};
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

void Database::whenClosed(Close what) {
    sqlite3_db_config(m_connection.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, what == Close::LeavesFiles ? 1 : 0,
                      nullptr);
}

std::int64_t Database::fileSize() const {
    sqlite3_file* file = nullptr;
    sqlite3_int64 size = -1;
    if (sqlite3_file_control(m_connection.get(), "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void*>(&file)) !=
            SQLITE_OK ||
        !file || !file->pMethods || file->pMethods->xFileSize(file, &size) != SQLITE_OK)
        return -1;
    return size;
}

Result<Database> Database::open(const Path& file, Missing missing) {
    sqlite3* raw = nullptr;
    const int create = missing == Missing::Create ? SQLITE_OPEN_CREATE : 0;
    if (create != 0 && file != ":memory:") {
        // SQLite gives what it makes beside the file (-wal, -shm) the file's own mode.
        const FileDescriptor made(::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (made.isOpen()) ::fchmod(made.get(), 0600);
    }
    const int code = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | create, nullptr);
    Database database;
    database.m_connection.reset(raw);
    if (code != SQLITE_OK) return fail(errorOf(raw, code, "open " + file.string()));
    sqlite3_extended_result_codes(raw, 1);
    database.m_statements = std::make_unique<PreparedStatements>();
    return database;
}

Result<Statement> Database::prepare(std::string_view sql, std::string_view& rest) {
    sqlite3_stmt* raw = nullptr;
    const char* tail = nullptr;
    const int code = sqlite3_prepare_v2(m_connection.get(), sql.data(), static_cast<int>(sql.size()), &raw, &tail);
    Statement statement;
    statement.m_statement.reset(raw);
    if (code != SQLITE_OK) return fail(errorOf(m_connection.get(), code, sql.substr(0, 200)));
    rest = sql.substr(static_cast<std::size_t>(tail - sql.data()));
    return statement;
}

Result<Statement> Database::query(std::string_view words, std::initializer_list<Value> values) {
    const std::string_view sql = m_statements->meantBy(words);
    Statement statement;
    if (sqlite3_stmt* kept = m_statements->take(sql)) {
        statement.m_statement = {kept, Statement::Free(m_statements.get())};
    } else {
        std::string_view rest;
        CONTONE_TRY(statement, prepare(sql, rest));
        if (isKept(sql)) statement.m_statement.get_deleter().kept = m_statements.get();
    }
    sqlite3_stmt* raw = statement.m_statement.get();
    if (sqlite3_bind_parameter_count(raw) != static_cast<int>(values.size()))
        return fail(Code::Internal, "store-error", "The store of orders reported an error. Try again.",
                    "wrong number of values: " + std::string(sql));
    int index = 0, code = SQLITE_OK;
    for (const Value& value : values) {
        index++;
        switch (value.m_kind) {
            case Value::Kind::Null:
                code = sqlite3_bind_null(raw, index);
                break;
            case Value::Kind::Integer:
                code = sqlite3_bind_int64(raw, index, value.m_integer);
                break;
            case Value::Kind::Text:
                code = sqlite3_bind_text64(raw, index, value.m_text.empty() ? "" : value.m_text.data(),
                                           value.m_text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
                break;
            case Value::Kind::Blob:
                code = sqlite3_bind_blob64(raw, index, value.m_text.empty() ? "" : value.m_text.data(),
                                           value.m_text.size(), SQLITE_TRANSIENT);
                break;
        }
        if (code != SQLITE_OK) return fail(errorOf(m_connection.get(), code, sql));
    }
    return statement;
}

Result<void> Database::run(std::string_view sql, std::initializer_list<Value> values) {
    CONTONE_TRY(Statement statement, query(sql, values));
    for (;;) {
        CONTONE_TRY(const bool row, statement.step());
        if (!row) return {};
    }
}

namespace {
Result<void> firstRow(Statement& statement, std::string_view sql) {
    CONTONE_TRY(const bool row, statement.step());
    if (!row) return fail(Code::NotFound, "row-missing", "There is no such record.", std::string(sql));
    return {};
}
}  // namespace

Result<std::int64_t> Database::integer(std::string_view sql, std::initializer_list<Value> values) {
    CONTONE_TRY(Statement statement, query(sql, values));
    CONTONE_CHECK(firstRow(statement, sql));
    return statement.integer(0);
}

Result<std::string> Database::text(std::string_view sql, std::initializer_list<Value> values) {
    CONTONE_TRY(Statement statement, query(sql, values));
    CONTONE_CHECK(firstRow(statement, sql));
    return statement.text(0);
}

Result<void> Database::script(std::string_view sql) {
    while (!sql.empty()) {
        std::string_view rest;
        CONTONE_TRY(Statement statement, prepare(sql, rest));
        if (statement.m_statement) {  // none for a comment or white space at the end
            bool row = true;
            while (row) {
                CONTONE_TRY(row, statement.step());
            }
        }
        sql = rest;
    }
    return {};
}

void Database::useOtherTables(std::vector<std::string> tables, std::string prefix) {
    m_statements->useOtherTables(std::move(tables), std::move(prefix));
}

std::int64_t Database::changes() const {
    return sqlite3_changes64(m_connection.get());
}
bool Database::inTransaction() const {
    return sqlite3_get_autocommit(m_connection.get()) == 0;
}

Result<Transaction> Transaction::begin(Database& database, Lock lock) {
    CONTONE_CHECK(database.run(lock == Lock::Immediate ? "BEGIN IMMEDIATE" : "BEGIN DEFERRED"));
    return Transaction(database);
}

Transaction::~Transaction() {
    // A failure such as a full disk may have rolled back already. If even ROLLBACK fails, SQLite stays in the
    // transaction, the next BEGIN says so and nothing is committed by mistake.
    if (m_database != nullptr && m_database->inTransaction()) (void)m_database->run("ROLLBACK");
}

Result<void> Transaction::commit() {
    CONTONE_CHECK(m_database->run("COMMIT"));
    m_database = nullptr;
    return {};
}

}  // namespace contone::db
