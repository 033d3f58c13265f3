// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Deadline: ends a connection that takes too long, however busily the other side sends.
#pragma once

#include <fcntl.h>
#include <sys/socket.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/base/file.h"

namespace contone::printers {

/// libcups waits for each byte anew. Until destroyed; the socket may be closed before.
class Deadline {
  public:
    Deadline(int socket, std::chrono::milliseconds patience)
        : m_socket(::fcntl(socket, F_DUPFD_CLOEXEC, 0)), m_thread([this, patience](const std::stop_token& stop) {
              std::unique_lock lock(m_mutex);
              m_ended.wait_for(lock, stop, patience, [] { return false; });
              if (!stop.stop_requested()) ::shutdown(m_socket.get(), SHUT_RDWR);
          }) {}

  private:
    FileDescriptor m_socket;
    std::mutex m_mutex;
    std::condition_variable_any m_ended;
    std::jthread m_thread;  // last: it uses the others
};

}  // namespace contone::printers
