// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Privacy: what the shop has of a customer, and how long it keeps that.
#pragma once

#include "core/order/payment.h"
#include "core/order/retention.h"
#include "core/shop/domain_fields.h"
#include "core/shop/operation_terms.h"
#include "core/shop/operations/orders.h"
#include "core/shop/values.h"

namespace contone::shop {

/// Orders of one customer.
struct CustomerOrders {
    std::vector<OrderId> orders;  ///< oldest first; those that were erased are nobody's
    bool operator==(const CustomerOrders&) const = default;
    static constexpr auto fields() { return json::list(json::field("orders", &CustomerOrders::orders)); }
};

struct FindCustomer {
    using Answer = CustomerOrders;
    static constexpr OperationTerms terms{.name = "find-customer",
                                          .does = "Finds all orders that a customer left a phone number with.",
                                          .answer = "CustomerOrders",
                                          .fails = "bad-phone, shop-file",
                                          .effect = Effect::Reads};
    std::string phone;  ///< as typed
    static constexpr auto fields() { return json::list(json::field("phone", &FindCustomer::phone)); }
};

/// A photo of an order, as it was brought.
struct HeldPhoto {
    Sha256 original;
    std::int64_t bytes = 0;  ///< 0: it is not here any more
    bool operator==(const HeldPhoto&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("original", &HeldPhoto::original), json::field("bytes", &HeldPhoto::bytes));
    }
};

/// All that the shop has of one order's customer: what an access request is answered with.
struct CustomerRecord {
    order::Order order;
    std::string name, phone;
    std::vector<std::string> fileNames;
    std::map<std::string, std::string> designs;  ///< with the customer's words, as JSON, by their hash
    order::Payment payment;
    std::vector<order::Event> events;
    std::vector<HeldPhoto> photos;
    bool operator==(const CustomerRecord&) const = default;
    static constexpr auto fields() {
        return json::list(
            json::field("order", &CustomerRecord::order), json::field("name", &CustomerRecord::name),
            json::field("phone", &CustomerRecord::phone), json::field("fileNames", &CustomerRecord::fileNames),
            json::field("designs", &CustomerRecord::designs), json::field("payment", &CustomerRecord::payment),
            json::field("events", &CustomerRecord::events), json::field("photos", &CustomerRecord::photos));
    }
};

struct ExportCustomer {
    using Answer = CustomerRecord;
    static constexpr OperationTerms terms{.name = "export-customer",
                                          .does = "Shows all that the shop has of an order's customer.",
                                          .answer = "CustomerRecord",
                                          .fails = "order-unknown",
                                          .role = Role::Supervisor,
                                          .effect = Effect::Reads,
                                          .within = aWhile};
    OrderId order;
    static constexpr auto fields() { return json::list(json::field("order", &ExportCustomer::order)); }
};

struct PhotoPiece {
    Bytes bytes;  ///< at most 1 MB
    bool more = false;
    bool operator==(const PhotoPiece&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("bytes", &PhotoPiece::bytes), json::field("more", &PhotoPiece::more));
    }
};

/// Piece after piece, for a customer who asks for what the shop has.
struct ReadOriginal {
    using Answer = PhotoPiece;
    static constexpr OperationTerms terms{.name = "read-original",
                                          .does = "Reads a piece of a photo of an order, as it was brought.",
                                          .answer = "PhotoPiece",
                                          .fails = "order-unknown, original-missing, original-damaged, keys-damaged",
                                          .role = Role::Supervisor,
                                          .effect = Effect::Reads,
                                          .within = aWhile};
    OrderId order;
    Sha256 original;
    std::int64_t from = 0;
    static constexpr auto fields() {
        constexpr json::Range fromStart{0, std::int64_t{1} << 40, "bad-range", "A photo is read from a byte of it on."};
        return json::list(json::field("order", &ReadOriginal::order), json::field("original", &ReadOriginal::original),
                          json::field("from", &ReadOriginal::from, fromStart));
    }
};

/// For a customer at a kiosk: their code, and what only they and the shop know. Five wrong tries, and nobody may try
/// for five minutes.
struct EraseByCode {
    using Answer = ErasureReceipt;
    static constexpr OperationTerms terms{
        .name = "erase-by-code",
        .does = "Erases an order's customer as erase-customer does, for whoever has its code and one thing more.",
        .answer = "ErasureReceipt",
        .fails =
            "code-characters, code-wrong, erasure-refused, erasure-locked, order-not-over, already-printing, "
            "feature-off, "
            "shop-file",
        .role = Role::Customer,
        .within = aWhile};
    std::string code;
    std::string proof;  ///< the last four digits of the phone number, or the number of the receipt
    static constexpr auto fields() {
        return json::list(json::field("code", &EraseByCode::code), json::field("proof", &EraseByCode::proof));
    }
};

struct RetainedClass {
    order::RetentionClass what = order::RetentionClass::Open;
    int kept = 0;    ///< orders or drafts that were not erased
    int due = 0;     ///< of these: what the next pass erases
    Instant oldest;  ///< last change of that which nothing happened to for the longest time
    bool operator==(const RetainedClass&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("what", &RetainedClass::what), json::field("kept", &RetainedClass::kept),
                          json::field("due", &RetainedClass::due), json::field("oldestMs", &RetainedClass::oldest));
    }
};

struct RetentionReport {
    std::vector<RetainedClass> classes;  ///< each class of which there is anything
    int strayPhotos = 0;                 ///< that were taken in and never ordered, and are due
    int erased = 0;                      ///< orders and drafts, by this pass
    int destroyed = 0;                   ///< photos and set texts, by this pass
    int failed = 0;                      ///< that could not be erased now: sheets wait, or a disk is full
    bool operator==(const RetentionReport&) const = default;
    static constexpr auto fields() {
        return json::list(
            json::field("classes", &RetentionReport::classes),
            json::field("strayPhotos", &RetentionReport::strayPhotos), json::field("erased", &RetentionReport::erased),
            json::field("destroyed", &RetentionReport::destroyed), json::field("failed", &RetentionReport::failed));
    }
};

struct ShowRetention {
    using Answer = RetentionReport;
    static constexpr OperationTerms terms{.name = "show-retention",
                                          .does = "Says what the shop keeps of its customers, and what is due to go.",
                                          .answer = "RetentionReport",
                                          .fails = "shop-file",
                                          .effect = Effect::Reads,
                                          .within = aWhile};
    static constexpr auto fields() { return json::list(); }
};

/// The agent does so every hour.
struct ApplyRetention {
    using Answer = RetentionReport;
    static constexpr OperationTerms terms{
        .name = "apply-retention",
        .does = "Erases what is older than the shop keeps it. Receipts and amounts stay: they name nobody.",
        .answer = "RetentionReport, as it was before",
        .fails = "shop-file",
        .role = Role::Supervisor,
        .within = aWhile};
    static constexpr auto fields() { return json::list(); }
};

}  // namespace contone::shop
