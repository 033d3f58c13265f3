// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Who owns which stream.
#include "core/order/order.h"

namespace contone::order {

Owner ownerOf(std::string_view stream) {
    if (stream.starts_with("order/")) return Owner::OrderPlace;
    if (stream.starts_with("production/") || stream.starts_with("setup/")) return Owner::Shop;
    return Owner::Nobody;
}

}  // namespace contone::order
