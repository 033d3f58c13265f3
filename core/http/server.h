// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Server: HTTP/1.1 on Unix sockets, TCP and TLS; every wait bounded, and clients that only wait cost no thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/http/endpoint.h"
#include "core/http/handler.h"

namespace contone::http {

/// What clients may cost. Times count only while the server waits for the client; a handler's work does not.
struct ServerLimits {
    int connections = 1024;        ///< one more is answered 503 "server-busy" and closed
    int connectionsPerPeer = 256;  ///< of one user (Unix), one address, or one /64 network of IPv6. 0: no such limit
    /// Of one process of this computer (Unix), and never more than a quarter of our descriptors. 0: no such limit.
    int connectionsPerProcess = 0;
    int keptForStaff = 0;                        ///< how many of `connections` only staff may use
    std::function<bool(const Peer&)> isStaff{};  ///< asked when a client connects: `certificate` is not known then
    /// How many of the process's descriptors (at most a quarter) no client gets: they are for the work itself. Eight
    /// more tell clients that there is none left.
    int keptDescriptors = 0;

    std::size_t headerBytes = 16 * 1024;
    int headerFields = 64;
    std::uint64_t bodyBytes = std::uint64_t{1} << 30;

    std::chrono::milliseconds firstByte{10'000};  ///< from connecting to the first byte of a request, TLS included
    std::chrono::milliseconds header{10'000};     ///< from its first byte to the end of a request's head
    std::chrono::milliseconds idle{60'000};       ///< between two requests
    /// A body or an answer may stand still for this long. Every byte gives 1/`bytesPerSecond` of it back, so a client
    /// that keeps that rate never runs out of it, and one that drips does.
    std::chrono::milliseconds transfer{30'000};
    int bytesPerSecond = 16 * 1024;
    std::chrono::milliseconds farewell{1'000};  ///< at stop: for a client to take its answer, or to finish its head

    /// How many handlers run at once; further requests wait their turn. A body above 64 KB is read by its handler while
    /// it arrives: at most half of them do that at once.
    int handlers = 12;
};

/// start() and stop() from one thread; handlers run on the server's threads: one for all connections, two that read
/// BodySources, and as many as `handlers` when there is work. A waiting connection costs about 3 kB, with TLS about
/// 25 kB; one that sends or receives a long body, up to 300 kB besides what the kernel keeps for it.
class Server {
  public:
    /// Listens at every endpoint and serves `handler`, which must outlive the server. The file of a Unix socket that a
    /// dead server left is replaced; SOCKET.lock, held for life, decides who is alive. Logs each request: method, path,
    /// status, and uid or address of the peer. Fails: Conflict "socket-in-use" (a server is alive there),
    /// "socket-path-taken" (the file is no socket), "port-in-use"; Invalid "socket-path-long" (more than 107 bytes),
    /// "bad-address", "bad-certificate" (a TLS file cannot be used; the detail says which); Denied "port-denied"; else
    /// as errorFromErrno.
    static Result<std::unique_ptr<Server>> start(const std::vector<Endpoint>& endpoints, Handler& handler,
                                                 const Log& log, const ServerLimits& limits = {});
    /// At one Unix socket of mode 0660.
    static Result<std::unique_ptr<Server>> start(const Path& socket, Handler& handler, const Log& log,
                                                 const ServerLimits& limits = {});
    /// As stop().
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    /// Takes nobody in any more, answers everyone who waits, tells running handlers, awaits them and sends their
    /// answers (at most `farewell` each), and joins all threads. A request that has arrived gets an answer, at least
    /// 503 "server-stopping"; a client that connected without sending one sees its connection closed. Twice is fine.
    void stop();
    /// How many clients are connected now.
    int connections() const;
    /// The port of that endpoint, counted as given to start(); 0 for a Unix socket.
    std::uint16_t port(std::size_t endpoint) const;

  private:
    struct Impl;
    explicit Server(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace contone::http
