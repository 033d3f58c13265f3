// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Client: one connection to an HTTP server, by Unix socket, TCP or TLS; opened when needed, and again when it was lost.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "core/http/endpoint.h"
#include "core/http/message.h"

namespace contone::http {

/// A body that is read while it is sent; memory stays at 256 KB.
using Upload = BodySource;
/// Takes the body of a good answer piece by piece; its failure ends the transfer and is the failure of send().
using Download = std::function<Result<void>(std::span<const std::byte>)>;

struct Outgoing {
    std::string method = "GET";
    std::string target = "/";  ///< already escaped
    std::string contentType = "application/json";
    std::string body{};
    std::optional<Upload> upload{};  ///< instead of `body`
    /// From the last byte sent to the first byte of the answer.
    std::chrono::milliseconds answerWithin{60'000};
    std::vector<Header> headers{};
    Download download{};                   ///< when set, it takes the body of an answer of 200…299, of whatever size
    std::uint64_t mostAnswer = 64u << 20;  ///< bytes; of an answer that is not downloaded
    /// The name looked up, connected and encrypted.
    std::chrono::milliseconds connectWithin{5'000};
    /// How long a transfer may stand still, either way. Every byte gives 1/`bytesPerSecond` of it back, or all of it
    /// where `bytesPerSecond` is 0 (for an event stream, where long silence is normal).
    std::chrono::milliseconds progressWithin{30'000};
    int bytesPerSecond = 16 * 1024;
    std::optional<CancelToken> cancel{};  ///< looked at 20 times a second
};

/// One thread at a time.
class Client {
  public:
    explicit Client(Address address);
    /// At a Unix socket.
    explicit Client(Path socket) : Client(Address(std::move(socket))) {}
    ~Client();
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;

    /// Sends and waits for the answer, whatever its status. An answer that comes before all is sent ends the sending. A
    /// GET on a connection that turns out to be closed is sent once more.
    /// Fails: Unavailable "server-unreachable" (nobody listens: nothing was done), "connection-lost" (it may have been
    /// done), "server-slow"; Denied "server-denied" (the socket's mode or group, or the client's certificate),
    /// "server-untrusted" (the server's certificate: nothing was sent); Invalid "socket-path-long", "bad-certificate";
    /// Internal "bad-answer" (not HTTP, or too large), "upload-short"; Cancelled "cancelled" (it may have been done);
    /// as Upload::read and Download.
    Result<Response> send(const Outgoing& request);

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace contone::http
