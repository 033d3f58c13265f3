// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Orders: what customers order, what it costs, and its way to paper.
#pragma once

#include "core/layout/layout_fields.h"
#include "core/shop/features.h"
#include "core/shop/operation_terms.h"
#include "core/shop/values.h"

namespace contone::shop {

struct Features {
    std::vector<Feature> features;  ///< that are on
    bool operator==(const Features&) const = default;
    static constexpr auto fields() { return json::list(json::field("features", &Features::features)); }
};

struct ShowFeatures {
    using Answer = Features;
    static constexpr OperationTerms terms{.name = "show-features",
                                          .does =
                                              "Says what this shop offers at this device, so that no button leads "
                                              "nowhere.",
                                          .answer = "Features",
                                          .fails = "shop-file",
                                          .role = Role::Customer,
                                          .effect = Effect::Reads};
    static constexpr auto fields() { return json::list(); }
};

struct QuoteOrder {
    using Answer = Quote;
    static constexpr OperationTerms terms{
        .name = "quote-order",
        .does =
            "Says what prints cost, by the price list that holds now. A product's price depends on how many of it the "
            "whole order has.",
        .answer = "Quote",
        .fails =
            "product-unknown, product-unpriced, bad-copies, option-unknown, promotion-unknown, promotion-over, "
            "mixed-currencies, order-below-minimum, order-too-large, line-ambiguous, price-file, bad-amount, "
            "bad-reason, "
            "reason-missing",
        .role = Role::Customer,
        .effect = Effect::Reads};
    std::vector<pricing::CartLine> lines;   ///< none: 0.00 in the shop's currency
    std::vector<std::string> options = {};  ///< of the whole order
    std::string code = {};                  ///< of a promotion
    bool isFirstOrder = false;
    std::string currency = {};                            ///< as of pricing::Cart
    std::optional<pricing::PriceOverride> override = {};  ///< told to anybody; ordered by a supervisor alone
    static constexpr auto fields() {
        return json::list(json::field("lines", &QuoteOrder::lines),
                          json::field("options", &QuoteOrder::options, json::Absent::KeepsDefault),
                          json::field("code", &QuoteOrder::code, json::Absent::KeepsDefault),
                          json::field("isFirstOrder", &QuoteOrder::isFirstOrder, json::Absent::KeepsDefault),
                          json::field("currency", &QuoteOrder::currency, json::Absent::KeepsDefault),
                          json::field("override", &QuoteOrder::override));
    }
    pricing::Cart cart() const { return {lines, options, code, isFirstOrder, currency, override}; }
};

/// A designed page. Its texts are personal, erasable.
struct NewDesign {
    layout::Layout layout;  ///< of the product's shape, upright or turned
    std::vector<order::DesignPhoto> photos;
    bool operator==(const NewDesign&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("layout", &NewDesign::layout), json::field("photos", &NewDesign::photos));
    }
};

struct NewLine {
    Sha256 original;       ///< as AddOriginal answered; none with a design
    std::string fileName;  ///< as brought; personal, erasable
    std::string product;
    int copies = 1;               ///< 1…999
    order::PhotoChoices choices;  ///< none with a design
    std::optional<NewDesign> design = {};
    std::vector<std::string> options = {};  ///< ids of the price list's
    bool operator==(const NewLine&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("original", &NewLine::original, json::Absent::KeepsDefault),
                          json::field("fileName", &NewLine::fileName), json::field("product", &NewLine::product),
                          json::field("copies", &NewLine::copies, copiesOfOne),
                          json::field("choices", &NewLine::choices, json::Absent::KeepsDefault),
                          json::field("design", &NewLine::design),
                          json::field("options", &NewLine::options, json::Absent::KeepsDefault));
    }
};

struct PlaceOrder {
    using Answer = order::Order;
    static constexpr OperationTerms terms{
        .name = "place-order",
        .does = "Prices an order and keeps it: all of its lines or none.",
        .answer = "Order, with its number",
        .fails =
            "order-empty, price-changed, quote-unknown, quote-over, option-unknown, promotion-unknown, promotion-over, "
            "product-unknown, "
            "product-unpriced, price-file, order-below-minimum, original-missing, "
            "bad-copies, bad-crop, "
            "bad-turn, inks-known, bad-adjustment, "
            "as-sent-adjusted, look-missing, cube-damaged, "
            "line-ambiguous, bad-layout, layout-shape, "
            "layout-photos, layout-empty, mask-damaged, text-font, text-size, text-too-large, fonts-missing, "
            "bad-phone, feature-off, bad-amount, reason-missing, bad-reason, sign-in-needed, "
            "shop-file",
        .role = Role::Customer,
        .largestBody = std::size_t{4} << 20};
    std::vector<NewLine> lines;
    std::string customerName;               ///< personal, erasable; may be empty
    std::string customerPhone = {};         ///< as typed; personal, erasable; may be empty
    std::vector<std::string> options = {};  ///< of the whole order, ids of the price list's
    std::string promotionCode = {};
    std::optional<Money> expected = {};  ///< the total that the customer saw; another one is not ordered
    /// As quote-order answered it for these lines, options and code: holds as long as it says, whatever the price list
    /// says by now. Empty: today's price.
    std::optional<pricing::Quote> quote = {};
    /// Taken off by a supervisor who signed in. Not with `quote`.
    std::optional<pricing::PriceOverride> override = {};
    bool operator==(const PlaceOrder&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("lines", &PlaceOrder::lines),
                          json::field("customerName", &PlaceOrder::customerName, json::Absent::KeepsDefault),
                          json::field("customerPhone", &PlaceOrder::customerPhone, json::Absent::KeepsDefault),
                          json::field("options", &PlaceOrder::options, json::Absent::KeepsDefault),
                          json::field("promotionCode", &PlaceOrder::promotionCode, json::Absent::KeepsDefault),
                          json::field("expected", &PlaceOrder::expected), json::field("quote", &PlaceOrder::quote),
                          json::field("override", &PlaceOrder::override));
    }
};

struct ShowOrder {
    using Answer = order::Order;
    static constexpr OperationTerms terms{.name = "show-order",
                                          .does = "Shows one order, by its id.",
                                          .answer = "Order",
                                          .fails = "order-unknown",
                                          .effect = Effect::Reads};
    OrderId order;
    static constexpr auto fields() { return json::list(json::field("order", &ShowOrder::order)); }
};

struct FindOrder {
    using Answer = order::Order;
    static constexpr OperationTerms terms{
        .name = "find-order",
        .does = "Shows one order, by the number that staff says, or by the code that the customer has.",
        .answer = "Order",
        .fails = "order-unknown, code-characters, code-wrong, code-ambiguous",
        .effect = Effect::Reads};
    int number = 0;
    std::string code;  ///< as it was typed; empty: by the number
    static constexpr auto fields() {
        return json::list(json::field("number", &FindOrder::number, json::Absent::KeepsDefault),
                          json::field("code", &FindOrder::code, json::Absent::KeepsDefault));
    }
};

/// Orders that a search found, and what all of them are.
struct FoundOrders {
    std::vector<order::Order> items;  ///< newest first
    bool more = false;
    int orders = 0;                                         ///< in all
    std::map<std::string, int> states, payments, products;  ///< how many of these orders are what
    /// Names, phones and file names of all orders were looked at. False for the first seconds after a start, and where
    /// more than 10,000 customers said the same: then the oldest are left out.
    bool isComplete = true;
    bool operator==(const FoundOrders&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("items", &FoundOrders::items), json::field("more", &FoundOrders::more),
                          json::field("orders", &FoundOrders::orders), json::field("states", &FoundOrders::states),
                          json::field("payments", &FoundOrders::payments),
                          json::field("products", &FoundOrders::products),
                          json::field("isComplete", &FoundOrders::isComplete));
    }
};

/// A number is an order's number, a whole code its code; everything else is looked for in what customers said.
struct FindOrders {
    using Answer = FoundOrders;
    static constexpr OperationTerms terms{
        .name = "find-orders",
        .does = "Finds orders by number, code, name, phone, file name, state, payment, product and day.",
        .answer = "FoundOrders",
        .fails = "order-unknown, bad-limit",
        .effect = Effect::Reads,
        .within = aWhile};
    std::string text;                           ///< as typed; empty: all
    std::vector<order::OrderState> states;      ///< one of these; none: any
    std::vector<order::PaymentState> payments;  ///< one of these; none: any
    std::string product;                        ///< of at least one line
    std::optional<Instant> from, until;         ///< placed from then on, and before that
    std::optional<OrderId> after;               ///< the last of the page before
    int limit = 50;
    static constexpr auto fields() {
        return json::list(json::field("text", &FindOrders::text, json::Absent::KeepsDefault),
                          json::field("states", &FindOrders::states, json::Absent::KeepsDefault),
                          json::field("payments", &FindOrders::payments, json::Absent::KeepsDefault),
                          json::field("product", &FindOrders::product, json::Absent::KeepsDefault),
                          json::field("fromMs", &FindOrders::from), json::field("untilMs", &FindOrders::until),
                          json::field("after", &FindOrders::after),
                          json::field("limit", &FindOrders::limit, pageLimit, json::Absent::KeepsDefault));
    }
};

/// The same photos, designs and options once more, at the price of today.
struct ReorderOrder {
    using Answer = order::Order;
    static constexpr OperationTerms terms{
        .name = "reorder-order",
        .does = "Orders what an order had once more, at today's price.",
        .answer = "Order, with its number",
        .fails = "order-unknown, order-draft, order-erased, design-erased, feature-off, and as place-order",
        .within = aWhile};
    OrderId order;
    std::optional<Money> expected = {};  ///< as of place-order
    static constexpr auto fields() {
        return json::list(json::field("order", &ReorderOrder::order), json::field("expected", &ReorderOrder::expected));
    }
};

struct MoveOrder {
    using Answer = order::Order;
    static constexpr OperationTerms terms{
        .name = "move-order",
        .does =
            "Holds an order, releases it, says that it is ready, hands it over, or says that something is wrong with "
            "it.",
        .answer = "Order",
        .fails =
            "order-unknown, reason-missing, bad-reason, order-draft, order-placed, order-held, order-ready, "
            "order-collected, order-cancelled, order-exception, order-newer"};
    OrderId order;
    order::OrderState to = order::OrderState::Held;
    std::string reason;  ///< kebab case, never a person's words; held and exception need one
    static constexpr auto fields() {
        return json::list(json::field("order", &MoveOrder::order), json::field("to", &MoveOrder::to),
                          json::field("reason", &MoveOrder::reason, json::Absent::KeepsDefault));
    }
};

struct ShowTimeline {
    using Answer = Timeline;
    static constexpr OperationTerms terms{
        .name = "show-timeline",
        .does = "Lists all that happened to an order, its payment and its sheets, oldest first.",
        .answer = "Timeline",
        .fails = "order-unknown",
        .effect = Effect::Reads,
        .within = aWhile};
    OrderId order;
    static constexpr auto fields() { return json::list(json::field("order", &ShowTimeline::order)); }
};

struct ListOrders {
    using Answer = Page<order::Order>;
    static constexpr OperationTerms terms{.name = "list-orders",
                                          .does = "Lists orders, newest first.",
                                          .answer = "Page of Order",
                                          .fails = "order-unknown, bad-limit",
                                          .effect = Effect::Reads};
    std::optional<OrderId> after;
    int limit = 100;
    static constexpr auto fields() {
        return json::list(json::field("after", &ListOrders::after),
                          json::field("limit", &ListOrders::limit, pageLimit, json::Absent::KeepsDefault));
    }
};

struct CheckOrder {
    using Answer = OrderCheck;
    static constexpr OperationTerms terms{
        .name = "check-order",
        .does = "Says what a person should know of an order's prints before they cost paper.",
        .answer = "OrderCheck: findings a line, what was accepted so far and what must be, before printing",
        .fails =
            "order-unknown, setup-unknown, pool-unknown, setup-unverified, setup-changed, wrong-medium, "
            "original-missing",
        .effect = Effect::Reads,
        .within = aWhile};
    OrderId order;
    std::string setup, pool;  ///< where it would be printed, as of print-order; neither: the photos alone are looked at
    static constexpr auto fields() {
        return json::list(json::field("order", &CheckOrder::order),
                          json::field("setup", &CheckOrder::setup, json::Absent::KeepsDefault),
                          json::field("pool", &CheckOrder::pool, json::Absent::KeepsDefault));
    }
};

/// "findings-unaccepted": a print may have to be made again (too few pixels, half of it cut off, a damaged photo);
/// check-order says why, and `accepted` that a person wants it all the same. That is recorded with the order.
/// Asking again while they print plans nothing new (Conflict "already-printing"): ten taps are one print.
struct PrintOrder {
    using Answer = print::PrintJob;
    static constexpr OperationTerms terms{
        .name = "print-order",
        .does = "Plans every copy that is neither out nor on its way, on a setup or on the best printer of a pool.",
        .answer = "PrintJob",
        .fails =
            "order-unknown, setup-unknown, pool-unknown, setup-unverified, setup-changed, wrong-medium, "
            "already-printing, order-done, order-cancelled, order-draft, order-held, order-unpaid, order-newer, "
            "shop-file, "
            "findings-unaccepted",
        .within = aWhile,
        .largestBody = std::size_t{4} << 20};
    OrderId order;
    std::string setup;  ///< one of setup and pool
    std::string pool;   ///< of its printers the free one, else the one with the most prints left
    print::Priority priority = print::Priority::InStore;
    std::vector<findings::Finding> accepted;  ///< as check-order answered them
    bool evenUnpaid = false;                  ///< where the shop prints when it is paid: this one all the same
    static constexpr auto fields() {
        return json::list(json::field("order", &PrintOrder::order),
                          json::field("setup", &PrintOrder::setup, json::Absent::KeepsDefault),
                          json::field("pool", &PrintOrder::pool, json::Absent::KeepsDefault),
                          json::field("priority", &PrintOrder::priority, json::Absent::KeepsDefault),
                          json::field("accepted", &PrintOrder::accepted, json::Absent::KeepsDefault),
                          json::field("evenUnpaid", &PrintOrder::evenUnpaid, json::Absent::KeepsDefault));
    }
};

struct CancelWaitingSheets {
    using Answer = CancelledSheets;
    static constexpr OperationTerms terms{
        .name = "cancel-waiting-sheets",
        .does = "Cancels every sheet of an order that still waits. Printing the order plans them again.",
        .answer = "the sheets that waited",
        .fails = "order-unknown",
        .within = aWhile};
    OrderId order;
    std::string reason;  ///< kebab case, never a person's words; empty: "not-wanted"
    static constexpr auto fields() {
        return json::list(json::field("order", &CancelWaitingSheets::order),
                          json::field("reason", &CancelWaitingSheets::reason, json::Absent::KeepsDefault));
    }
};

/// Nothing is cancelled of an order with paper: of one with sheets at the printer or in question ("already-printing"),
/// or with prints that are out ("order-done").
struct CancelOrder {
    using Answer = order::Order;
    static constexpr OperationTerms terms{
        .name = "cancel-order",
        .does = "Cancels the sheets that wait, then the order.",
        .answer = "Order",
        .fails =
            "order-unknown, already-printing, order-done, order-cancelled, order-collected, payment-open, "
            "order-newer",
        .within = aWhile};
    OrderId order;
    std::string reason;  ///< kebab case, never a person's words; empty: "not-wanted"
    static constexpr auto fields() {
        return json::list(json::field("order", &CancelOrder::order),
                          json::field("reason", &CancelOrder::reason, json::Absent::KeepsDefault));
    }
};

struct EraseCustomer {
    using Answer = ErasureReceipt;
    static constexpr OperationTerms terms{
        .name = "erase-customer",
        .does =
            "Erases the customer's name, phone, file names, designs and photos for good: the keys of all of them that "
            "no other order has are destroyed. "
            "Twice is fine.",
        .answer = "ErasureReceipt",
        .fails = "order-unknown, already-printing, reason-missing, bad-reason, sign-in-needed, shop-file",
        .within = aWhile};
    OrderId order;
    std::string reason;  ///< kebab case: "customer-asked"
    static constexpr auto fields() {
        return json::list(json::field("order", &EraseCustomer::order), json::field("reason", &EraseCustomer::reason));
    }
};

}  // namespace contone::shop
