// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Listener: one endpoint of a server, open; and who connects there.
#pragma once

#include <memory>

#include "core/base/file.h"
#include "core/http/endpoint.h"
#include "core/http/peer.h"
#include "core/http/tls_p.h"

namespace contone::http {

struct Listener {
    Listener() = default;
    Listener(Listener&&) noexcept = default;
    Listener& operator=(Listener&&) = delete;
    /// As close(); the next server may take the Unix socket.
    ~Listener() { close(); }

    /// Fails as Server::start().
    static Result<Listener> open(const Endpoint& endpoint);
    /// Clients that have not been accepted are refused; the file of a Unix socket is removed.
    void close();
    /// An accepted socket and who is there; none when nobody waits, or with errno set when it failed.
    FileDescriptor accept(Peer& peer) const;

    FileDescriptor fd;
    std::uint16_t port = 0;
    std::shared_ptr<TlsContext> tls;  ///< null without TLS

  private:
    static Result<Listener> openUnix(const UnixEndpoint& endpoint);
    static Result<Listener> openTcp(const TcpEndpoint& endpoint);

    Path m_path;  ///< of the Unix socket
    FileDescriptor m_lock;
};

}  // namespace contone::http
