// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ByteStream: a connected socket, with TLS or without, that never blocks.
#pragma once

#include <memory>

#include "core/base/file.h"
#include "core/http/tls_p.h"

namespace contone::http {

/// One thread at a time.
class ByteStream {
  public:
    /// Makes the socket non-blocking.
    explicit ByteStream(FileDescriptor socket);
    /// Before the first byte; then handshake().
    void startTls(std::unique_ptr<TlsSession> tls) { m_tls = std::move(tls); }

    /// Ok at once without TLS.
    IoOutcome handshake();
    /// `into`, `data` must not be empty.
    IoOutcome read(std::span<std::byte> into);
    IoOutcome write(std::span<const std::byte> data);
    /// read() would not want to wait: bytes, or the news that the other side has closed.
    bool hasNews();
    /// The other side sees the end; what it still sends can be thrown away with discard().
    void shutdownWrite();
    IoOutcome discard(std::span<std::byte> scratch);
    /// Both directions are closed: nobody is there to hear an answer.
    bool isHungUp() const;
    /// Nothing may follow.
    void hangUp();

    int fd() const { return m_socket.get(); }
    bool isTls() const { return m_tls != nullptr; }
    const TlsSession* tls() const { return m_tls.get(); }

  private:
    FileDescriptor m_socket;
    std::unique_ptr<TlsSession> m_tls;
};

}  // namespace contone::http
