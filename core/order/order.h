// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Order: what a customer asked for, built from its events alone.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/money.h"
#include "core/base/sha256.h"
#include "core/findings/finding.h"
#include "core/order/event.h"
#include "core/order/order_code.h"
#include "core/order/order_state.h"
#include "core/order/page_design.h"
#include "core/order/photo_choices.h"
#include "core/order/retention.h"

namespace contone::order {

/// One photo, or one design of several, as one product, some copies.
struct OrderLine {
    LineId id;
    Sha256 original;  ///< none: a design, or a page of the shop's own, without a photo
    std::string product;
    int copies = 1;
    PhotoChoices choices;  ///< none with a design: its photos have their own
    Money price;           ///< of all copies, with its share of what was taken off the order
    std::optional<PageDesign> design = {};
    bool operator==(const OrderLine&) const = default;
};
/// Each once.
std::vector<Sha256> originalsOf(const OrderLine& line);

/// What an order costs, as its customer saw it.
struct AgreedPrice {
    Money total;
    /// The whole quote, in JSON: explained from and given back by, never computed again. Empty: an order of before
    /// there were quotes, or a page of the shop's own.
    std::string quote;
    bool operator==(const AgreedPrice&) const = default;
};

struct Order {
    OrderId id;
    int number = 0;  ///< what staff says: 1001… per store; 0: a draft
    OrderCode code;  ///< what its customer says; none: an order of before there were codes
    std::vector<OrderLine> lines;
    OrderState state = OrderState::Placed;
    PaymentState payment = PaymentState::Due;
    Production production = Production::None;
    std::string reason;  ///< why it is held, cancelled or an exception: kebab case
    /// The type of an event of this order that this version does not know. Nothing is done with the order then, but
    /// showing it; the others go on. Empty: all are known.
    std::string newer;
    AgreedPrice price;
    Instant placedAt;  ///< of a draft: when it was begun
    bool operator==(const Order&) const = default;
    Standing standing() const { return standingOf(state, payment, production); }
};
/// Pages of the shop's own, as for calibration: without photos, and nothing to pay or collect.
bool isShopsOwn(const Order& order);

/// What may be erased: kept apart from events.
struct Customer {
    std::string name;
    std::vector<std::string> fileNames;  ///< as brought, one a line; of a design those of its photos, with commas
    /// By their hash: what PageDesign::layout names. They have the customer's words.
    std::map<std::string, std::string> layouts = {};
    std::string phone = {};  ///< as normalisedPhone() answers; may be empty
    bool operator==(const Customer&) const = default;
};

/// Which orders. What is empty does not limit.
struct OrderFilter {
    std::vector<OrderState> states = {};      ///< one of these
    std::vector<PaymentState> payments = {};  ///< one of these
    std::string product = {};                 ///< of at least one line
    std::optional<Instant> from = {};         ///< placed then or later
    std::optional<Instant> until = {};        ///< placed before
    std::optional<std::vector<OrderId>> among = {};
    bool operator==(const OrderFilter&) const = default;
};
/// How many of the orders that a filter leaves are what.
struct OrderFacets {
    int orders = 0;
    std::map<std::string, int> states, payments, products;  ///< by their words; an order counts for each product once
    bool operator==(const OrderFacets&) const = default;
};

/// Orders as the rest of the program sees them. Each call is one committed transaction. Thread-safe.
class OrderStore {
  public:
    virtual ~OrderStore() = default;
    /// Gives the order its number and its code. Fails: Invalid "order-empty", "bad-copies" (1…999).
    virtual Result<Order> place(const std::vector<OrderLine>& lines, const AgreedPrice& price, const Customer& customer,
                                const std::string& actor) = 0;
    virtual Result<Order> order(OrderId id) const = 0;          ///< NotFound "order-unknown"
    virtual Result<Order> orderByNumber(int number) const = 0;  ///< NotFound "order-unknown"
    /// The only order that one of these codes belongs to. Fails: NotFound "order-unknown"; Invalid "code-ambiguous".
    virtual Result<Order> orderByCode(std::span<const OrderCode> meant) const = 0;
    /// Newest first; with `after` those that are older than it. Fails: NotFound "order-unknown".
    virtual Result<std::vector<Order>> orders(int limit, std::optional<OrderId> after = {}) const = 0;
    /// As orders(), of those that `filter` leaves. Fails: NotFound "order-unknown".
    virtual Result<std::vector<Order>> findOrders(const OrderFilter& filter, int limit,
                                                  std::optional<OrderId> after = {}) const = 0;
    virtual Result<OrderFacets> countOrders(const OrderFilter& filter) const = 0;
    /// What customers said, the newest order first, without designs: of orders that were not erased.
    virtual Result<std::vector<std::pair<OrderId, Customer>>> customers(int limit,
                                                                        std::optional<OrderId> after = {}) const = 0;
    /// `reason`: kebab case, never a person's words. Fails: NotFound "order-unknown"; Conflict as decideMove.
    virtual Result<Order> moveOrder(OrderId id, OrderState to, const std::string& reason, const std::string& actor) = 0;
    /// Only while nothing of it is on its way. What is still to be paid of it is void. `reason`: as above.
    /// Fails: NotFound "order-unknown"; Conflict "order-printing", "order-done", "order-cancelled", "payment-open" and
    /// as decideMove.
    virtual Result<Order> cancel(OrderId id, const std::string& reason, const std::string& actor) = 0;
    /// Records that a person saw these findings and wants the prints all the same. None: nothing is recorded.
    /// Fails: NotFound "order-unknown".
    virtual Result<void> acceptFindings(OrderId id, const std::vector<findings::Finding>& findings,
                                        const std::string& actor) = 0;
    virtual Result<std::vector<findings::Waiver>> waivers(OrderId id) const = 0;  ///< oldest first
    virtual Result<Customer> customer(OrderId id) const = 0;  ///< empty once erased; NotFound "order-unknown"
    /// The text of a design. Fails: NotFound "order-unknown"; NotFound "design-erased" when the customer's words were
    /// erased.
    virtual Result<std::string> layout(OrderId id, const Sha256& layout) const = 0;
    /// Erases name, phone, file names and layouts for good: rows, their key, free pages and log. Its photos and set
    /// texts are blobsToForget() from then on. False: it was erased before.
    virtual Result<bool> eraseCustomer(OrderId id, const std::string& reason, const std::string& actor) = 0;
    /// Orders that were not erased, of the customer with this phone, oldest first.
    virtual Result<std::vector<OrderId>> ordersOfPhone(const std::string& phone) const = 0;
    /// Whether an order that was not erased, or a project, shows this blob of the vault.
    virtual Result<bool> isNeeded(const Sha256& blob) const = 0;
    /// Blobs of the vault whose orders or projects were erased. Others may need them still: ask isNeeded() before.
    virtual Result<std::vector<Sha256>> blobsToForget() const = 0;
    virtual Result<void> noteForgotten(const Sha256& blob) = 0;  ///< it is not on that list any more
    /// Orders and drafts that were not erased, by id: that is their age; with `after` those behind it.
    virtual Result<std::vector<Ageing>> ageing(int limit, std::optional<OrderId> after = {}) const = 0;
    /// Photos that were taken in and that no order or project shows.
    virtual Result<std::vector<Sha256>> photosOfNobody() const = 0;
    /// Events after a position in the store's own sequence, oldest first: the change feed.
    struct Stored {
        std::int64_t position = 0;
        Event event;
    };
    virtual Result<std::vector<Stored>> eventsAfter(std::int64_t position, int limit) const = 0;
    /// Events of these types in a time, by the clock of whoever recorded them, oldest first.
    virtual Result<std::vector<Stored>> eventsBetween(Instant from, Instant until,
                                                      std::span<const std::string_view> types) const = 0;
    /// All that happened to an order, its payment and its sheets, oldest first. Fails: NotFound "order-unknown".
    virtual Result<std::vector<Stored>> timeline(OrderId id) const = 0;
    virtual Result<std::int64_t> latestPosition() const = 0;  ///< of the newest event; 0: none yet
};

}  // namespace contone::order
