// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Who owns which stream; which photos a line shows.
#include "core/order/order.h"

#include <algorithm>

namespace contone::order {

std::vector<Sha256> originalsOf(const OrderLine& line) {
    std::vector<Sha256> all;
    const auto add = [&](const Sha256& original) {
        if (!original.isNone() && std::ranges::find(all, original) == all.end()) all.push_back(original);
    };
    add(line.original);
    if (line.design)
        for (const DesignPhoto& photo : line.design->photos) add(photo.original);
    return all;
}

bool isShopsOwn(const Order& order) {
    return !order.lines.empty() &&
           std::ranges::all_of(order.lines, [](const OrderLine& line) { return originalsOf(line).empty(); });
}

Owner ownerOf(std::string_view stream) {
    if (stream.starts_with("order/")) return Owner::OrderPlace;
    if (stream.starts_with("payment/") || stream.starts_with("terminal/")) return Owner::MoneyHolder;
    if (stream.starts_with("production/") || stream.starts_with("setup/") || stream.starts_with("store/") ||
        stream.starts_with("staff/"))
        return Owner::Shop;
    return Owner::Nobody;
}

}  // namespace contone::order
