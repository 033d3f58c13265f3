// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// connectTo: opens a client's connection: finding the address, connecting, TLS.
#pragma once

#include "core/http/endpoint.h"
#include "core/http/socket_stream_p.h"

namespace contone::http {

/// All together within `within`. `tls` is made once and used again. Fails as Client::send(): "server-unreachable",
/// "server-denied", "server-untrusted", "server-slow", "socket-path-long", "bad-certificate"; Cancelled "cancelled".
Result<SocketStream> connectTo(const Address& address, std::shared_ptr<TlsContext>& tls,
                               std::chrono::milliseconds within, const std::optional<CancelToken>& cancel);

}  // namespace contone::http
