// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Whose blobs and keys are still needed, and what is left of erasures.
#include <algorithm>
#include <bit>

#include "core/store/personal.h"
#include "core/store/rows_p.h"
#include "core/store/sqlite_store_p.h"

namespace contone::store {
namespace {

Result<std::vector<keys::KeyId>> keysToDestroy(db::Database& database) {
    return readAll<keys::KeyId>(database.query("SELECT name FROM erasing WHERE kind = 'key'"),
                                [](const db::Statement& row) { return idAt<keys::KeyId>(row, 0); });
}

}  // namespace

std::string SqliteStore::Impl::phoneMac(const std::string& phone) const {
    if (phone.empty() || ring == nullptr) return {};
    return Sha256{
        std::bit_cast<decltype(Sha256::bytes)>(keys::macOf(phoneKey.bytes(), std::as_bytes(std::span(phone))))}
        .toString();
}

Result<void> SqliteStore::useKeys(keys::KeyRing& ring, const keys::Key& phoneKey) {
    m_impl->ring = &ring;
    m_impl->phoneKey = phoneKey;
    bool wasPlain = false;
    for (;; wasPlain = true) {
        CONTONE_TRY(const bool sealed,
                    m_impl->write([&](db::Database& database) { return sealNextPlain(database, ring); }));
        if (!sealed) break;
    }
    CONTONE_TRY(const auto left, m_impl->read(keysToDestroy));
    // Nobody is kept from selling by what cannot be destroyed or cut just now: it stays on the list, and in the log
    // until the next time.
    if (wasPlain) (void)cutLog();
    if (!left.empty()) (void)finishErasing();
    return {};
}

// The tombstone is on the disk. First the keys: what a reader keeps in the log is sealed.
Result<void> SqliteStore::finishErasing() {
    CONTONE_TRY(const auto pending, m_impl->read(keysToDestroy));
    Result<void> destroyed;
    if (!pending.empty() && m_impl->ring != nullptr) {
        std::vector<keys::KeyId> gone = pending;
        destroyed = m_impl->ring->destroy(pending);
        // One that cannot be destroyed, because its file is damaged, keeps no other.
        if (!destroyed)
            std::erase_if(gone, [&](const keys::KeyId& key) { return !m_impl->ring->destroy(std::span(&key, 1)); });
        const auto noted = m_impl->write([&](db::Database& database) -> Result<void> {
            for (const keys::KeyId& key : gone)
                CONTONE_CHECK(database.run("DELETE FROM erasing WHERE kind = 'key' AND name = ?1", {key.toString()}));
            return {};
        });
        if (!noted) return noted;
        if (gone.size() == pending.size()) destroyed = {};
    }
    if (auto cut = cutLog(); !cut) return cut;
    return destroyed;
}

Result<std::vector<OrderId>> SqliteStore::ordersOfPhone(const std::string& phone) const {
    const std::string mac = m_impl->phoneMac(phone);
    if (mac.empty()) return std::vector<OrderId>();
    return m_impl->read([&](db::Database& database) {
        return readAll<OrderId>(database.query("SELECT order_id FROM order_key JOIN orders ON id = order_id WHERE "
                                               "phone = ?1 ORDER BY number",
                                               {mac}),
                                [](const db::Statement& row) { return idAt<OrderId>(row, 0); });
    });
}

Result<bool> SqliteStore::isNeeded(const Sha256& blob) const {
    return m_impl->read([&](db::Database& database) -> Result<bool> {
        CONTONE_TRY(const std::int64_t needed,
                    database.integer("SELECT EXISTS (SELECT 1 FROM order_blob JOIN order_key USING (order_id) WHERE "
                                     "blob = ?1) OR EXISTS (SELECT 1 FROM project_blob JOIN order_key ON order_id = "
                                     "project_id WHERE blob = ?1)",
                                     {blob.toString()}));
        return needed != 0;
    });
}

Result<std::vector<Sha256>> SqliteStore::blobsToForget() const {
    return m_impl->read([](db::Database& database) {
        return readAll<Sha256>(database.query("SELECT name FROM erasing WHERE kind = 'blob'"),
                               [](const db::Statement& row) { return hashAt(row, 0); });
    });
}

Result<void> SqliteStore::noteForgotten(const Sha256& blob) {
    return m_impl->write([&](db::Database& database) {
        return database.run("DELETE FROM erasing WHERE kind = 'blob' AND name = ?1", {blob.toString()});
    });
}

Result<std::vector<order::Ageing>> SqliteStore::ageing(int limit, std::optional<OrderId> after) const {
    return m_impl->read([&](db::Database& database) {
        // A project is saved without an event; what was printed has its last in the stream of a job.
        return readAll<order::Ageing>(
            database.query("SELECT orders.id, number, orders.state, production, "
                           "(SELECT actor LIKE 'customer%' FROM event WHERE stream = 'order/' || orders.id AND "
                           "stream_seq = 1), max((SELECT at FROM event WHERE stream = 'order/' || orders.id ORDER BY "
                           "stream_seq DESC LIMIT 1), coalesce((SELECT changed_at FROM project WHERE id = orders.id), "
                           "0), coalesce((SELECT max(changed_at) FROM sheet WHERE sheet.order_id = orders.id), 0)) "
                           "FROM orders JOIN order_key ON order_key.order_id = orders.id WHERE orders.id > ?2 ORDER BY "
                           "orders.id LIMIT ?1",
                           {limit, after ? after->toString() : ""}),
            [](const db::Statement& row) -> Result<order::Ageing> {
                order::Ageing one;
                CONTONE_TRY(one.id, idAt<OrderId>(row, 0));
                one.number = std::max(number(row, 1), 0);
                const auto state = contone::parse<order::OrderState>(row.text(2));
                const auto production = contone::parse<order::Production>(row.text(3));
                if (!state) return damagedRow(state.error());
                if (!production) return damagedRow(production.error());
                one.state = *state;
                one.production = *production;
                one.isCustomers = row.integer(4) != 0;
                one.lastChange = {row.integer(5)};
                return one;
            });
    });
}

Result<std::vector<Sha256>> SqliteStore::photosOfNobody() const {
    return m_impl->read([](db::Database& database) {
        return readAll<Sha256>(database.query("SELECT original FROM photo_facts WHERE original NOT IN (SELECT blob "
                                              "FROM order_blob JOIN order_key USING (order_id)) AND original NOT IN "
                                              "(SELECT blob FROM project_blob)"),
                               [](const db::Statement& row) { return hashAt(row, 0); });
    });
}

}  // namespace contone::store
