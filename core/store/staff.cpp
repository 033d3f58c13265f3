// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SqliteStore as the StaffStore. Names and PINs stand in the table alone, who did what in events.
#include <charconv>

#include "core/store/rows_p.h"
#include "core/store/sqlite_store_p.h"

namespace contone::store {
namespace {

constexpr std::string_view personColumns = "SELECT number, name, role, must_change FROM staff WHERE is_gone = 0 ";

std::string idOf(std::int64_t number) {
    return "p-" + std::to_string(number);
}

/// 0, which nobody has: it is no such id.
std::int64_t numberOf(const std::string& id) {
    std::int64_t number = 0;
    if (!id.starts_with("p-")) return 0;
    const char* const end = id.data() + id.size();
    const auto read = std::from_chars(id.data() + 2, end, number);
    return read.ec == std::errc() && read.ptr == end && idOf(number) == id ? number : 0;
}

Result<access::Person> personAt(const db::Statement& row) {
    const auto role = contone::parse<access::Role>(row.text(2));
    if (!role) return damagedRow(role.error());
    return access::Person{idOf(row.integer(0)), row.text(1), *role, row.integer(3) != 0};
}

Result<access::Person> readPerson(db::Database& database, const std::string& id) {
    CONTONE_TRY(auto found, readAll<access::Person>(
                                database.query(sql(personColumns, "AND number = ?1"), {numberOf(id)}), personAt));
    return first(std::move(found), "person-unknown", "Nobody of this name works here. Look at: contone staff list", id);
}

}  // namespace

Result<std::vector<access::Person>> SqliteStore::staff() const {
    return m_impl->read([](db::Database& database) {
        return readAll<access::Person>(database.query(sql(personColumns, "ORDER BY number")), personAt);
    });
}

Result<access::Person> SqliteStore::person(const std::string& id) const {
    return m_impl->read([&](db::Database& database) { return readPerson(database, id); });
}

Result<std::string> SqliteStore::pinHash(const std::string& id) const {
    return m_impl->read([&](db::Database& database) -> Result<std::string> {
        CONTONE_CHECK(readPerson(database, id));
        return database.text("SELECT pin_hash FROM staff WHERE number = ?1", {numberOf(id)});
    });
}

Result<access::Tries> SqliteStore::tries(const std::string& id) const {
    return m_impl->read([&](db::Database& database) -> Result<access::Tries> {
        CONTONE_CHECK(readPerson(database, id));
        CONTONE_TRY(const std::int64_t wrong,
                    database.integer("SELECT wrong FROM staff WHERE number = ?1", {numberOf(id)}));
        CONTONE_TRY(const std::int64_t until,
                    database.integer("SELECT locked_until FROM staff WHERE number = ?1", {numberOf(id)}));
        return access::Tries{static_cast<int>(wrong), {until}};
    });
}

Result<access::Person> SqliteStore::addPerson(const std::string& name, access::Role role, const std::string& pinHash,
                                              const std::string& actor) {
    return m_impl->write([&](db::Database& database) -> Result<access::Person> {
        CONTONE_TRY(const std::int64_t number, database.integer("SELECT coalesce(max(number), 0) + 1 FROM staff"));
        CONTONE_CHECK(database.run("INSERT INTO staff (number, name, role, pin_hash) VALUES (?1, ?2, ?3, ?4)",
                                   {number, name, toString(role), pinHash}));
        CONTONE_CHECK(m_impl->record(database, access::staffStream(idOf(number)), access::PersonAdded{role}, actor));
        return readPerson(database, idOf(number));
    });
}

Result<access::Person> SqliteStore::changePerson(const std::string& id, const std::string& name, access::Role role,
                                                 const std::string& actor) {
    return m_impl->write([&](db::Database& database) -> Result<access::Person> {
        CONTONE_TRY(const access::Person before, readPerson(database, id));
        // Four digits are too few for those who answer for money.
        const bool mustChange =
            before.mustChangePin || (role >= access::Role::Supervisor && before.role < access::Role::Supervisor);
        CONTONE_CHECK(database.run("UPDATE staff SET name = ?2, role = ?3, must_change = ?4 WHERE number = ?1",
                                   {numberOf(id), name, toString(role), mustChange ? 1 : 0}));
        CONTONE_CHECK(m_impl->record(database, access::staffStream(id), access::PersonChanged{role}, actor));
        return readPerson(database, id);
    });
}

Result<void> SqliteStore::removePerson(const std::string& id, const std::string& actor) {
    const auto removed = m_impl->write([&](db::Database& database) -> Result<void> {
        CONTONE_CHECK(readPerson(database, id));
        CONTONE_CHECK(
            database.run("UPDATE staff SET is_gone = 1, name = '', pin_hash = '' WHERE number = ?1", {numberOf(id)}));
        CONTONE_CHECK(m_impl->record(database, access::staffStream(id), access::PersonRemoved{}, actor));
        return {};
    });
    if (!removed) return removed;
    return cutLog();  // else the name stands there for a while
}

Result<void> SqliteStore::setPin(const std::string& id, const std::string& pinHash, bool bySelf,
                                 const std::string& actor) {
    return m_impl->write([&](db::Database& database) -> Result<void> {
        CONTONE_CHECK(readPerson(database, id));
        CONTONE_CHECK(database.run(
            "UPDATE staff SET pin_hash = ?2, must_change = ?3, wrong = 0, locked_until = 0 WHERE number = ?1",
            {numberOf(id), pinHash, bySelf ? 0 : 1}));
        CONTONE_CHECK(m_impl->record(database, access::staffStream(id), access::PinSet{bySelf}, actor));
        return {};
    });
}

Result<void> SqliteStore::noteSignedIn(const std::string& id, const std::string& actor) {
    return m_impl->writeClosing([&](db::Database& database) -> Result<void> {
        CONTONE_CHECK(database.run("UPDATE staff SET wrong = 0, locked_until = 0 WHERE number = ?1", {numberOf(id)}));
        CONTONE_CHECK(m_impl->record(database, access::staffStream(id), access::SignedIn{}, actor));
        return {};
    });
}

Result<void> SqliteStore::noteWrongPin(const std::string& id, const access::Tries& tries, const std::string& actor) {
    return m_impl->writeClosing([&](db::Database& database) -> Result<void> {
        CONTONE_CHECK(database.run("UPDATE staff SET wrong = ?2, locked_until = ?3 WHERE number = ?1",
                                   {numberOf(id), tries.wrong, tries.lockedUntil.ms}));
        CONTONE_CHECK(m_impl->record(database, access::staffStream(id), access::PinRefused{tries.wrong}, actor));
        return {};
    });
}

}  // namespace contone::store
