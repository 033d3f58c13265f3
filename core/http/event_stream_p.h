// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// EventStream::State: what waits to be written, between the threads that send and the connection that writes.
#pragma once

#include <mutex>
#include <string>

#include "core/http/event_stream.h"

namespace contone::http {

struct EventStream::State {
    explicit State(std::size_t most) : mostWaiting(most) {}

    Sent send(std::string_view bytes);
    void end();

    /// The connection: `wakeUp` is called, from any thread, when take() has something new.
    void attach(std::function<void()> wakeUp);
    /// What waits goes to `out`. True when nothing follows it.
    bool take(std::string& out);

    const std::size_t mostWaiting;
    mutable std::mutex mutex;
    // All guarded by mutex.
    std::string waiting;
    bool isEnded = false;
    std::function<void()> wake, told;
};

}  // namespace contone::http
