// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CancelToken: one thread asks, the working thread looks between rows.
#pragma once

#include <atomic>
#include <memory>

#include "core/base/result.h"

namespace contone {

/// Copies share one flag. Thread-safe. A default token is never cancelled until someone calls cancel() on a copy.
class CancelToken {
  public:
    CancelToken() : m_flag(std::make_shared<std::atomic<bool>>(false)) {}
    void cancel() const { m_flag->store(true, std::memory_order_relaxed); }
    bool isCancelled() const { return m_flag->load(std::memory_order_relaxed); }
    /// Fails: Cancelled "cancelled".
    Result<void> check() const {
        if (isCancelled()) return fail(Code::Cancelled, "cancelled", "This was stopped.");
        return {};
    }

  private:
    std::shared_ptr<std::atomic<bool>> m_flag;
};

}  // namespace contone
