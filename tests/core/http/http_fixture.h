// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What the HTTP tests share: a handler with a few routes, a server in a temporary folder, a bare socket.
#pragma once

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <chrono>
#include <cstring>
#include <thread>

#include "core/base/sha256.h"
#include "core/http/client.h"
#include "core/http/server.h"

namespace contone::http {

/// /echo: the body. /hash: its SHA-256, read in pieces. /who: uid of the peer. /refuse: 409 without reading.
/// /wait: until the server stops. /later: 300 ms, then "done".
class EchoHandler final : public Handler {
  public:
    Response handle(const Request& request, BodyReader& body, const CancelToken& stopping) override {
        ++requests;
        const std::string& route = request.target.segments.front();
        if (route == "hash") return hash(body);
        if (route == "who") return {200, "text/plain", std::to_string(request.peer.uid)};
        if (route == "refuse") return {409, "text/plain", "no"};
        if (route == "wait") {
            ++waiting;
            while (!stopping.isCancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(20));
            return {200, "text/plain", "stopped"};
        }
        if (route == "later") {
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            return {200, "text/plain", "done"};
        }
        auto text = body.text(1 << 20);
        if (!text) return failure(text.error());
        return {200, "text/plain", *text};
    }
    Response failure(const Error& error) override {
        return {error.reason == "body-too-large"     ? 413
                : error.reason == "header-too-large" ? 431
                : error.reason == "request-slow"     ? 408
                : error.reason == "server-busy"      ? 503
                                                     : 400,
                "text/plain", error.reason};
    }
    std::atomic<int> requests{0}, waiting{0};

  private:
    Response hash(BodyReader& body) {
        Sha256Hasher hasher;
        std::vector<std::byte> piece(64 * 1024);
        for (;;) {
            auto got = body.read(piece);
            if (!got) return failure(got.error());
            if (*got == 0) return {200, "text/plain", hasher.finish().toString()};
            hasher.update({piece.data(), *got});
        }
    }
};

/// A socket without manners.
class BareSocket {
  public:
    explicit BareSocket(const Path& path) : m_fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
        m_isConnected = ::connect(m_fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
        const timeval limit{5, 0};
        ::setsockopt(m_fd.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    }
    bool isConnected() const { return m_isConnected; }
    /// False when the other side does not take it any more.
    bool say(std::string_view text) const {
        return ::send(m_fd.get(), text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
    }
    void close() { m_fd.reset(); }
    /// All until the other side closes; "(open)" is appended when it has not after 5 s.
    std::string hearAll() const {
        std::string all;
        char piece[4096];
        for (;;) {
            const ssize_t got = ::recv(m_fd.get(), piece, sizeof piece, 0);
            if (got > 0) {
                all.append(piece, static_cast<std::size_t>(got));
                continue;
            }
            return got == 0 || errno == ECONNRESET ? all : all + "(open)";
        }
    }

  private:
    FileDescriptor m_fd;
    bool m_isConnected = false;
};

/// A fresh folder for each test.
struct Place {
    QTemporaryDir folder;
    Path socket = Path(folder.path().toStdString()) / "s";
};

/// Limits that make a test quick.
inline ServerLimits quickLimits() {
    ServerLimits limits;
    limits.idle = limits.firstByte = limits.header = limits.transfer = std::chrono::milliseconds(400);
    return limits;
}

}  // namespace contone::http
