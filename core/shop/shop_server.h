// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ShopServer: any Shop, served to RemoteShops over a Unix socket.
#pragma once

#include <memory>

#include "core/base/log.h"
#include "core/http/server.h"
#include "core/shop/original_intake.h"
#include "core/shop/shop.h"

namespace contone::shop {

/// docs/api.md has the routes. Each request is logged with the uid of its peer. start() and stop() from one thread.
class ShopServer {
  public:
    struct Settings {
        Path socket;
        http::ServerLimits limits{};
    };
    /// `shop` and `originals`, which takes what clients upload, must outlive the server. Fails as
    /// http::Server::start().
    static Result<std::unique_ptr<ShopServer>> start(Shop& shop, OriginalIntake& originals, const Settings& settings,
                                                     const Log& log);
    ~ShopServer();
    /// As http::Server::stop(): long polls end at once with what they have.
    void stop();

  private:
    class Routes;
    ShopServer();
    std::unique_ptr<Routes> m_routes;
    std::unique_ptr<http::Server> m_server;  // after the routes: it ends first
};

}  // namespace contone::shop
