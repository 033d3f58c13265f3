// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ServerCore: what all connections of one server share.
#pragma once

#include <memory>
#include <vector>

#include "core/http/loop_p.h"
#include "core/http/pool_p.h"
#include "core/http/server.h"

namespace contone::http {

class Connection;

/// All but the pools is the loop's.
struct ServerCore {
    ServerCore(Handler& theHandler, const Log& theLog, const ServerLimits& theLimits);
    virtual ~ServerCore() = default;
    ServerCore(const ServerCore&) = delete;
    ServerCore& operator=(const ServerCore&) = delete;

    /// A connection has closed; it may be destroyed when this returns.
    virtual void forget(Connection& connection) = 0;
    /// What the handler says to `error`, with the status that this kind of failure has in any case. Throws for want of
    /// memory alone.
    Response failure(const Error& error) const;

    Handler& handler;
    const Log log;
    const ServerLimits limits;
    const std::shared_ptr<Loop> loop = std::make_shared<Loop>();
    std::vector<std::byte> scratch;      ///< what was just read
    std::vector<std::byte> bodyScratch;  ///< what was just parsed
    bool isStopping = false;
    SteadyClock::time_point stopAt;
    Pool handlers, readers;
};

Error busy(std::string detail);
Error stopping();

}  // namespace contone::http
