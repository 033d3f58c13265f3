// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// serveConnection: all requests of one connection, one after another.
#pragma once

#include "core/http/server.h"

namespace contone::http {

struct ConnectionSettings {
    Handler& handler;
    const Log& log;
    const ServerLimits& limits;
    int stopFd;  ///< readable when the server stops
    CancelToken stopping;
};

/// Returns when the connection is over, by either side.
void serveConnection(FileDescriptor socket, const ConnectionSettings& settings);
/// Tells a peer for whom there is no room so, without waiting for it.
void turnAway(FileDescriptor socket, const ConnectionSettings& settings);

}  // namespace contone::http
