// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Client: one connection to an HTTP server on a Unix socket; opened when needed, opened again when it was lost.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "core/base/file.h"
#include "core/http/message.h"

namespace contone::http {

/// A body that is read while it is sent; memory stays at 256 KB.
struct Upload {
    /// Fills the span from its start and says how many bytes, at least one. Called until `bytes` came; its failure is
    /// the failure of send(), and the server never sees a whole body.
    std::function<Result<std::size_t>(std::span<std::byte>)> read;
    std::uint64_t bytes = 0;
};

struct Outgoing {
    std::string method = "GET";
    std::string target = "/";  ///< already escaped
    std::string contentType = "application/json";
    std::string body;
    std::optional<Upload> upload;  ///< instead of `body`
    /// From the last byte sent to the first byte of the answer.
    std::chrono::milliseconds answerWithin{60'000};
};

/// One thread at a time.
class Client {
  public:
    explicit Client(Path socket);
    ~Client();
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;

    /// Sends and waits for the answer, whatever its status: at most 64 MB. An answer that comes before all is sent ends
    /// the sending. A GET on a connection that turns out to be closed is sent once more.
    /// Fails: Unavailable "server-unreachable" (nobody listens: nothing was done), "connection-lost" (it may have been
    /// done), "server-slow"; Denied "server-denied" (the socket's mode or group); Invalid "socket-path-long"; Internal
    /// "bad-answer" (not HTTP, or too large); as Upload::read.
    Result<Response> send(const Outgoing& request);

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace contone::http
