// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The addresses of originals, orders and the change feed.
#include <algorithm>
#include <chrono>

#include "core/shop/routes_p.h"

namespace contone::shop::routes {
namespace {

constexpr int longestWaitMs = 30'000;
/// How long one look at the shop lasts within a long poll: how quickly it sees that the server stops.
constexpr int lookMs = 150;

Answer addOriginal(Call& call) {
    auto hash = call.originals.takeOriginal([&](std::span<std::byte> to) { return call.body.read(to); });
    if (!hash) return std::unexpected(hash.error());
    return json(Result<StoredOriginal>(StoredOriginal{*hash}));
}

Answer orders(Call& call) {
    CONTONE_TRY(const int limit, queryInteger<int>(call, "limit", 100));
    return json(call.shop.orders(limit));
}

Answer changes(Call& call) {
    using Clock = std::chrono::steady_clock;
    CONTONE_TRY(const std::int64_t after, queryInteger<std::int64_t>(call, "after", 0));
    CONTONE_TRY(const int wait, queryInteger<int>(call, "wait", 0));
    const auto end = Clock::now() + std::chrono::milliseconds(std::clamp(wait, 0, longestWaitMs));
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
        const int look = static_cast<int>(std::clamp<std::int64_t>(left, 0, lookMs));
        auto changes = call.shop.changesAfter(after, look);
        if (!changes || !changes->empty() || call.stopping.isCancelled() || Clock::now() >= end) return json(changes);
    }
}

using Print = Result<print::PrintJob> (Shop::*)(OrderId, const PrintWish&);

constexpr Route table[] = {
    {"POST", "/v1/originals", addOriginal},
    {"POST", "/v1/orders", given<&Shop::placeOrder>},
    {"GET", "/v1/orders", orders},
    {"GET", "/v1/orders/number/*", about<&Shop::orderByNumber>},
    {"GET", "/v1/orders/*", about<&Shop::order>},
    {"POST", "/v1/orders/*/print", told<static_cast<Print>(&Shop::print), PrintWish>},
    {"POST", "/v1/orders/*/cancel-sheets", told<&Shop::cancelPlanned, CancelCommand>},
    {"POST", "/v1/orders/*/cancel", told<&Shop::cancelOrder, CancelCommand>},
    {"POST", "/v1/orders/*/erase", told<&Shop::eraseCustomer, EraseCommand>},
    {"GET", "/v1/changes", changes},
};

}  // namespace

std::span<const Route> ofOrders() {
    return table;
}

}  // namespace contone::shop::routes
