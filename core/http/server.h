// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Server: HTTP/1.1 on a Unix stream socket: one thread a connection, few connections, every wait bounded.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/http/message.h"

namespace contone::http {

/// What a peer may cost us. Times are waiting times: a handler's own work does not count.
struct ServerLimits {
    int connections = 64;  ///< one more is answered "server-busy" and closed
    std::size_t headerBytes = 16 * 1024;
    std::uint64_t bodyBytes = std::uint64_t{1} << 30;
    std::chrono::milliseconds idle{60'000};      ///< between two requests
    std::chrono::milliseconds header{10'000};    ///< for a whole request head
    std::chrono::milliseconds transfer{30'000};  ///< for a body or an answer, plus its bytes at `bytesPerSecond`
    int bytesPerSecond = 16 * 1024;
};

/// start() and stop() from one thread; handlers run on the server's threads.
class Server {
  public:
    /// Listens at `socket` (mode 0660) and serves `handler`, which must outlive the server. The socket file that a dead
    /// server left is replaced; `socket`.lock, held for life, decides who is alive. Logs each request: method, path,
    /// status, uid of the peer. Fails: Conflict "socket-in-use" (a server is alive there), "socket-path-taken" (the
    /// file is no socket); Invalid "socket-path-long" (more than 107 bytes); else as errorFromErrno.
    static Result<std::unique_ptr<Server>> start(const Path& socket, Handler& handler, const Log& log,
                                                 const ServerLimits& limits = {});
    /// As stop().
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    /// Removes the socket file, ends every wait for a peer, lets handlers finish, joins all threads. Twice is fine.
    void stop();
    int connections() const;

  private:
    struct Impl;
    explicit Server(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace contone::http
