// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Peer: who is at the other end of a connection, as far as kernel and TLS can prove it.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/sha256.h"

namespace contone::http {

/// How a client came in.
enum class Transport { Unix, Tcp, Tls };

/// Which fields are set follows from `transport`. What is set cannot be forged, except that an address says only which
/// machine, or which router in front of it, answered our packets.
struct Peer {
    pid_t pid = 0;                       ///< Unix: the process that connected, which may be gone by now. Else 0
    uid_t uid = static_cast<uid_t>(-1);  ///< Unix: its user when it connected (SO_PEERCRED). Else uid_t(-1), nobody
    gid_t gid = static_cast<gid_t>(-1);  ///< Unix: its main group. Else gid_t(-1)
    Transport transport = Transport::Unix;
    std::string address{};   ///< Tcp, Tls: "192.0.2.7", "2001:db8::7"; an IPv4 address is never written as IPv6
    std::uint16_t port = 0;  ///< Tcp, Tls
    /// Tls: SHA-256 of the client's certificate (DER), whose key the client has proved to hold. None if it showed none.
    std::optional<Sha256> certificate{};
    bool operator==(const Peer&) const = default;
};

}  // namespace contone::http
