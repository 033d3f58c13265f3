// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Order: what a customer asked for, built from its events alone.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/enum_words.h"
#include "core/base/id.h"
#include "core/base/money.h"
#include "core/base/sha256.h"
#include "core/findings/finding.h"
#include "core/order/event.h"
#include "core/order/page_design.h"
#include "core/order/photo_choices.h"

namespace contone::order {

/// One photo, or one design of several, as one product, some copies.
struct OrderLine {
    LineId id;
    Sha256 original;  ///< none: a design, or a page of the shop's own, without a photo
    std::string product;
    int copies = 1;
    PhotoChoices choices;  ///< none with a design: its photos have their own
    Money unitPrice;       ///< rounded down where the line's price is not a multiple of its copies
    std::optional<PageDesign> design = {};
    bool operator==(const OrderLine&) const = default;
};
/// Each once.
std::vector<Sha256> originalsOf(const OrderLine& line);

enum class OrderState { Placed, Printing, Done, Cancelled };
constexpr auto wordsOf(OrderState) {
    return enumWords<OrderState>("bad-order-state", "There is no such order state.",
                                 {{OrderState::Placed, "placed"},
                                  {OrderState::Printing, "printing"},
                                  {OrderState::Done, "done"},
                                  {OrderState::Cancelled, "cancelled"}});
}
using contone::toString;

struct Order {
    OrderId id;
    int number = 0;  ///< what people say: 1001… per store
    std::vector<OrderLine> lines;
    OrderState state = OrderState::Placed;
    Money total;
    Instant placedAt;
    bool operator==(const Order&) const = default;
};

/// What may be erased: kept apart from events.
struct Customer {
    std::string name;
    std::vector<std::string> fileNames;  ///< as brought, one a line; of a design those of its photos, with commas
    /// By their hash: what PageDesign::layout names. They have the customer's words.
    std::map<std::string, std::string> layouts = {};
    bool operator==(const Customer&) const = default;
};

/// Orders as the rest of the program sees them. Each call is one committed transaction. Thread-safe.
class OrderStore {
  public:
    virtual ~OrderStore() = default;
    /// Gives the order its number. `total`: as decidePlace. Fails: Invalid "order-empty", "bad-copies" (1…999).
    virtual Result<Order> place(const std::vector<OrderLine>& lines, const Customer& customer, const std::string& actor,
                                const std::optional<Money>& total = {}) = 0;
    virtual Result<Order> order(OrderId id) const = 0;          ///< NotFound "order-unknown"
    virtual Result<Order> orderByNumber(int number) const = 0;  ///< NotFound "order-unknown"
    /// Newest first; with `after` those that are older than it. Fails: NotFound "order-unknown".
    virtual Result<std::vector<Order>> orders(int limit, std::optional<OrderId> after = {}) const = 0;
    /// Only while nothing of it is on its way. `reason`: kebab case, never a person's words.
    /// Fails: NotFound "order-unknown"; Conflict "order-printing", "order-done", "order-cancelled".
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
    /// Erases name, file names and layouts for good: rows, free pages and log. Twice is fine.
    virtual Result<void> eraseCustomer(OrderId id, const std::string& actor) = 0;
    /// Events after a position in the store's own sequence, oldest first: the change feed.
    struct Stored {
        std::int64_t position = 0;
        Event event;
    };
    virtual Result<std::vector<Stored>> eventsAfter(std::int64_t position, int limit) const = 0;
    virtual Result<std::int64_t> latestPosition() const = 0;  ///< of the newest event; 0: none yet
};

}  // namespace contone::order
