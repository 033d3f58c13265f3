// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// OrderIndex: finds orders by what their customers said: names, phones, file names. In memory alone: no word of a
// person is in an index on the disk, where deleted words stay.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/order/order.h"

namespace contone::search {

/// SQLite's FTS5 in a database of its own. Thread-safe.
class OrderIndex {
  public:
    static Result<std::unique_ptr<OrderIndex>> create();
    ~OrderIndex();
    /// In place of what is known of the order. One without a word is not kept.
    Result<void> put(OrderId order, const order::Customer& customer);
    /// Many at once, that were not put before.
    Result<void> putAll(const std::vector<std::pair<OrderId, order::Customer>>& customers);
    /// And its words from the memory of the index.
    Result<void> remove(OrderId order);
    /// Orders that have each word of `text` at the beginning of one of theirs, whatever its case and accents; of a
    /// phone four digits in a row do, anywhere. Any order; at most `limit`.
    Result<std::vector<OrderId>> find(std::string_view text, int limit) const;

  private:
    struct Impl;
    explicit OrderIndex(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace contone::search
