// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Deadline: ends a connection that takes too long, or that nobody wants any more, however busily the other side sends.
#pragma once

#include <fcntl.h>
#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/base/file.h"
#include "printers/ipp/interrupt.h"

namespace contone::printers {

/// libcups waits for each byte anew, and asks nobody while bytes come. Until destroyed; the socket may be closed
/// before. Without a time only the interrupt ends it.
class Deadline {
  public:
    Deadline(int socket, Interrupt interrupt)
        : m_socket(::fcntl(socket, F_DUPFD_CLOEXEC, 0)),
          m_interrupt(std::move(interrupt)),
          m_thread([this](const std::stop_token& stop) { watch(stop); }) {}
    Deadline(int socket, Interrupt interrupt, std::chrono::milliseconds patience)
        : Deadline(socket, std::move(interrupt)) {
        set(patience);
    }
    /// Counted from now.
    void set(std::chrono::milliseconds patience) {
        const std::lock_guard guard(m_mutex);
        m_end = Clock::now() + patience;
    }

  private:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds look{200};

    void watch(const std::stop_token& stop) {
        std::unique_lock lock(m_mutex);
        while (!stop.stop_requested() && !m_interrupt.isCut() && Clock::now() < m_end)
            m_looked.wait_until(lock, stop, std::min(m_end, Clock::now() + look), [] { return false; });
        if (!stop.stop_requested()) ::shutdown(m_socket.get(), SHUT_RDWR);
    }

    FileDescriptor m_socket;
    Interrupt m_interrupt;
    std::mutex m_mutex;
    std::condition_variable_any m_looked;
    Clock::time_point m_end = Clock::time_point::max();
    std::jthread m_thread;  // last: it uses the others
};

}  // namespace contone::printers
