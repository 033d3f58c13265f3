// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Waiting for a commit without asking the store.
#include "core/shop/change_signal.h"

#include <algorithm>

namespace contone::shop {

void ChangeSignal::tell() {
    {
        const std::lock_guard lock(m_mutex);
        m_count++;
    }
    m_told.notify_all();
}

std::uint64_t ChangeSignal::count() const {
    const std::lock_guard lock(m_mutex);
    return m_count;
}

void ChangeSignal::waitBeyond(std::uint64_t seen, std::chrono::steady_clock::time_point until,
                              const CancelToken& cancel) const {
    std::unique_lock lock(m_mutex);
    while (m_count <= seen && !cancel.isCancelled()) {
        const auto now = std::chrono::steady_clock::now();
        if (now >= until) return;
        m_told.wait_until(lock, std::min(until, now + std::chrono::milliseconds(100)));  // a token wakes nobody
    }
}

}  // namespace contone::shop
