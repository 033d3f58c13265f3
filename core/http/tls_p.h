// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// TlsContext: keys and trust, read once. TlsSession: TLS on one non-blocking socket. OpenSSL stays in tls_p.cpp.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "core/http/endpoint.h"

namespace contone::http {

/// How one call on a non-blocking stream ended.
enum class Io {
    Ok,
    Eof,        ///< the other side sends no more, and said so
    WantRead,   ///< call again when the socket can be read
    WantWrite,  ///< call again when it can be written
    Failed,
};

struct IoOutcome {
    Io io = Io::Ok;
    std::size_t bytes = 0;
    std::string why{};  ///< Failed: for the log
};

/// One thread at a time.
class TlsSession {
  public:
    struct Impl;
    explicit TlsSession(std::unique_ptr<Impl> impl);
    ~TlsSession();

    IoOutcome handshake();
    /// `into`, `data` must not be empty.
    IoOutcome read(std::span<std::byte> into);
    IoOutcome write(std::span<const std::byte> data);
    /// Bytes are there, or the end is: read() would not want to wait.
    bool hasNews();
    /// Tells the other side that nothing more comes, as far as the socket takes it now.
    void sayGoodbye();
    /// SHA-256 of the other side's certificate, after the handshake.
    std::optional<Sha256> certificate() const;
    /// The other side ended it since it does not accept our certificate, or that we have none.
    bool isRejected() const;
    /// Our side ended it since it does not accept the other's certificate.
    bool isUntrusted() const;

  private:
    IoOutcome outcomeOf(int result);
    std::unique_ptr<Impl> m_impl;
};

/// Thread-safe once made; sessions keep what they need of it.
class TlsContext {
  public:
    /// Fails: Invalid "bad-certificate".
    static Result<std::shared_ptr<TlsContext>> forServer(const ServerTls& settings);
    static Result<std::shared_ptr<TlsContext>> forClient(const ClientTls& settings);
    ~TlsContext();

    /// The socket is not owned. Fails by std::bad_alloc.
    std::unique_ptr<TlsSession> accept(int socket);
    /// `name`: whom the other side must prove to be.
    std::unique_ptr<TlsSession> connect(int socket, const std::string& name);

  private:
    struct Impl;
    explicit TlsContext(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace contone::http
