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
    /// In place of what is known of the order, which is the newest then. One without a word is not kept.
    Result<void> put(OrderId order, const order::Customer& customer);
    /// Many at once, each older than all that are known; those that are known stay as they are.
    Result<void> putAll(const std::vector<std::pair<OrderId, order::Customer>>& customers);
    /// It is not found any more. Its words are in the memory until tidy().
    Result<void> remove(OrderId order);
    /// Takes words that were removed or replaced out of the memory: a third of a second for 100,000 orders, else
    /// nothing.
    Result<void> tidy();
    /// Orders that have each word of `text` at the beginning of one of theirs, whatever its case and accents; of a
    /// phone four digits in a row do, anywhere. Newest first; at most `limit`.
    Result<std::vector<OrderId>> find(std::string_view text, int limit) const;

  private:
    struct Impl;
    explicit OrderIndex(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace contone::search
