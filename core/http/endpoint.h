// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Endpoint and Address: where a server listens, and where a client finds it.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "core/base/file.h"
#include "core/base/sha256.h"

namespace contone::http {

/// What a TLS server does about certificates of its clients. A client need not have one in any case: Peer::certificate
/// says whether it has, and the handler decides whether that is enough.
enum class ClientCertificates {
    NotAsked,
    Reported,    ///< any certificate is taken, also an expired one; whose it is, is decided by its fingerprint
    SignedByCa,  ///< one that `clientAuthority` did not sign, or that expired, ends the connection
};

/// The files are PEM and are read once, at start.
struct ServerTls {
    Path certificate;  ///< the server's certificate, then those between it and the root
    Path key;          ///< its private key, not encrypted
    ClientCertificates clients = ClientCertificates::NotAsked;
    Path clientAuthority{};  ///< SignedByCa: the certificates of the authorities
};

struct UnixEndpoint {
    Path socket;         ///< at most 107 bytes; `socket`.lock lies beside it
    mode_t mode = 0660;  ///< who may connect; the group is that of new files in the folder, unless `group` is set
    std::optional<gid_t> group{};
};

struct TcpEndpoint {
    std::string address = "127.0.0.1";  ///< a number, not a name: "0.0.0.0" all of IPv4, "::" all of both
    std::uint16_t port = 0;             ///< 0: one that is free; Server::port() says which
    std::optional<ServerTls> tls{};     ///< none: everybody on the way can read and change everything
};

using Endpoint = std::variant<UnixEndpoint, TcpEndpoint>;

/// How a client knows that it talks to the right server: `pinned`, or `authority` and the name, or both. With neither,
/// the authorities that the system trusts, and the name.
struct ClientTls {
    Path authority{};                ///< PEM: who may have signed the server's certificate
    std::optional<Sha256> pinned{};  ///< SHA-256 of the server's certificate (DER); alone, name and dates do not count
    std::string name{};              ///< the name or address in the certificate; empty: TcpAddress::host
    Path certificate{}, key{};       ///< the client's own, PEM; empty: none is shown
};

struct TcpAddress {
    std::string host;  ///< a name or an address
    std::uint16_t port = 0;
    std::optional<ClientTls> tls{};
};

/// The path of a Unix socket, or host and port.
using Address = std::variant<Path, TcpAddress>;

}  // namespace contone::http
