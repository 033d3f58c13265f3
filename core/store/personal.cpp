// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Rows of personal, order_key, order_blob, project_blob and erasing.
#include "core/store/personal.h"

#include "core/order/read_json.h"
#include "core/store/rows_p.h"

namespace contone::store {
namespace {

/// What a sealed row is bound to: none takes another one's place.
std::string boundTo(OrderId id, const std::string& what) {
    return id.toString() + "\n" + what;
}

std::span<const std::byte> bytesOf(std::string_view text) {
    return std::as_bytes(std::span(text));
}

/// None: it is plain.
Result<std::optional<keys::KeyId>> keyOf(db::Database& database, OrderId id) {
    CONTONE_TRY(const std::string key, database.text("SELECT key FROM order_key WHERE order_id = ?1", {id.toString()}));
    if (key.empty()) return std::nullopt;
    auto parsed = keys::KeyId::parse(key);
    if (!parsed) return damagedRow(parsed.error());
    return *parsed;
}

Result<Bytes> contentFor(const keys::KeyRing* ring, const std::optional<keys::KeyId>& key, OrderId id,
                         const std::string& what, std::string_view text) {
    if (!key) return Bytes(bytesOf(text).begin(), bytesOf(text).end());
    if (ring == nullptr)
        return fail(Code::Denied, "store-key-missing", "This order is sealed, and the keys are not open.",
                    id.toString());
    return ring->seal(*key, bytesOf(text), bytesOf(boundTo(id, what)));
}

Result<void> put(db::Database& database, OrderId id, const std::string& what, const Bytes& content) {
    return database.run("INSERT OR REPLACE INTO personal (order_id, what, content) VALUES (?1, ?2, ?3)",
                        {id.toString(), what, content});
}

}  // namespace

Result<bool> hasPersonal(db::Database& database, OrderId id) {
    CONTONE_TRY(const std::int64_t has,
                database.integer("SELECT EXISTS (SELECT 1 FROM order_key WHERE order_id = ?1)", {id.toString()}));
    return has != 0;
}

Result<void> beginPersonal(db::Database& database, OrderId id, const std::optional<keys::KeyId>& key) {
    return database.run("INSERT OR IGNORE INTO order_key (order_id, key) VALUES (?1, ?2)",
                        {id.toString(), key ? key->toString() : ""});
}

Result<void> writePersonal(db::Database& database, const keys::KeyRing* ring, OrderId id, const std::string& what,
                           std::string_view text) {
    CONTONE_TRY(const auto key, keyOf(database, id));
    CONTONE_TRY(const Bytes content, contentFor(ring, key, id, what, text));
    return put(database, id, what, content);
}

Result<std::optional<std::string>> readPersonal(db::Database& database, const keys::KeyRing* ring, OrderId id,
                                                const std::string& what) {
    CONTONE_TRY(db::Statement rows,
                database.query("SELECT key, content FROM personal JOIN order_key USING (order_id) WHERE order_id = ?1 "
                               "AND what = ?2",
                               {id.toString(), what}));
    CONTONE_TRY(const bool row, rows.step());
    if (!row) return std::optional<std::string>();
    if (rows.text(0).empty()) return std::optional(rows.text(1));
    if (ring == nullptr)
        return fail(Code::Denied, "store-key-missing", "This order is sealed, and the keys are not open.",
                    id.toString());
    const auto key = keys::KeyId::parse(rows.text(0));
    if (!key) return damagedRow(key.error());
    CONTONE_TRY(const Bytes plain, ring->unseal(*key, rows.blob(1), bytesOf(boundTo(id, what))));
    return std::optional(std::string(reinterpret_cast<const char*>(plain.data()), plain.size()));
}

Result<void> dropPersonal(db::Database& database, OrderId id, const std::string& what) {
    return database.run("DELETE FROM personal WHERE order_id = ?1 AND what = ?2", {id.toString(), what});
}

Result<void> erasePersonal(db::Database& database, OrderId id) {
    CONTONE_CHECK(database.run("DELETE FROM personal WHERE order_id = ?1", {id.toString()}));
    CONTONE_CHECK(
        database.run("INSERT OR IGNORE INTO erasing (kind, name) SELECT 'key', key FROM order_key WHERE "
                     "order_id = ?1 AND key <> ''",
                     {id.toString()}));
    return database.run("DELETE FROM order_key WHERE order_id = ?1", {id.toString()});
}

Result<bool> sealNextPlain(db::Database& database, keys::KeyRing& ring) {
    CONTONE_TRY(const auto plain,
                readAll<OrderId>(database.query("SELECT order_id FROM order_key WHERE key = '' LIMIT 1"),
                                 [](const db::Statement& row) { return idAt<OrderId>(row, 0); }));
    if (plain.empty()) return false;
    const OrderId id = plain.front();
    CONTONE_TRY(const keys::KeyRing::Taken taken, ring.take());
    struct Row {
        std::string what, text;
    };
    CONTONE_TRY(const auto rows,
                readAll<Row>(database.query("SELECT what, content FROM personal WHERE order_id = ?1", {id.toString()}),
                             [](const db::Statement& row) -> Result<Row> { return Row{row.text(0), row.text(1)}; }));
    for (const Row& row : rows) {
        CONTONE_TRY(const Bytes content, contentFor(&ring, taken.id, id, row.what, row.text));
        CONTONE_CHECK(put(database, id, row.what, content));
    }
    CONTONE_CHECK(
        database.run("UPDATE order_key SET key = ?2 WHERE order_id = ?1", {id.toString(), taken.id.toString()}));
    return true;
}

Result<std::string> customerText(const order::Customer& customer) {
    return order::writeJson({{"name", customer.name}, {"phone", customer.phone}, {"fileNames", customer.fileNames}});
}

Result<order::Customer> customerFrom(std::string_view text) {
    return order::readJson(text, "store-damaged", [](const nlohmann::json& read) -> Result<order::Customer> {
        order::Customer customer;
        customer.name = read.at("name").get<std::string>();
        customer.phone = read.value("phone", "");
        customer.fileNames = read.at("fileNames").get<std::vector<std::string>>();
        return customer;
    });
}

Result<void> noteOrderBlobs(db::Database& database, OrderId id, std::span<const Sha256> blobs) {
    for (const Sha256& blob : blobs)
        if (!blob.isNone())
            CONTONE_CHECK(database.run("INSERT OR IGNORE INTO order_blob (blob, order_id) VALUES (?1, ?2)",
                                       {blob.toString(), id.toString()}));
    return {};
}

Result<void> eraseBlobs(db::Database& database, OrderId id, BlobsOf whose) {
    if (whose == BlobsOf::Order)
        return database.run(
            "INSERT OR IGNORE INTO erasing (kind, name) SELECT 'blob', blob FROM order_blob WHERE "
            "order_id = ?1",
            {id.toString()});
    CONTONE_CHECK(
        database.run("INSERT OR IGNORE INTO erasing (kind, name) SELECT 'blob', blob FROM project_blob WHERE "
                     "project_id = ?1 AND blob NOT IN (SELECT blob FROM order_blob WHERE order_id = ?1)",
                     {id.toString()}));
    return database.run("DELETE FROM project_blob WHERE project_id = ?1", {id.toString()});
}

}  // namespace contone::store
