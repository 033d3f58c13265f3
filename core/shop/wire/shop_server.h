// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ShopServer: serves a ShopService to RemoteShops over a Unix socket. One server for all operations.
#pragma once

#include <memory>

#include "core/base/log.h"
#include "core/http/server.h"
#include "core/shop/shop.h"
#include "core/shop/wire/peer_roles.h"

namespace contone::shop {

/// docs/api.md lists what can be asked. Each request is logged with the uid of its peer. start() and stop() from one
/// thread.
class ShopServer {
  public:
    struct Settings {
        Path socket;
        /// Of clients on this computer: no process, and no user who is not staff, locks the others out.
        http::ServerLimits limits{.connectionsPerProcess = 64, .keptForStaff = 128, .keptDescriptors = 128};
        PeerRoles roles{};
    };
    /// `service` must outlive the server. Fails as http::Server::start().
    static Result<std::unique_ptr<ShopServer>> start(ShopService& service, const Settings& settings, const Log& log);
    ~ShopServer();
    /// As http::Server::stop(): what waits for changes ends at once with what there is.
    void stop();

  private:
    class Requests;
    ShopServer();
    std::unique_ptr<Requests> m_requests;
    std::unique_ptr<http::Server> m_server;  // after the requests: it ends first
};

}  // namespace contone::shop
