// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What the HTTP tests share: a handler with a few routes, a server in a temporary folder, a bare socket.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
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
        connectTo(reinterpret_cast<sockaddr*>(&address), sizeof address);
    }
    /// At 127.0.0.1.
    explicit BareSocket(std::uint16_t port) : m_fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int on = 1;
        ::setsockopt(m_fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        connectTo(reinterpret_cast<sockaddr*>(&address), sizeof address);
    }
    bool isConnected() const { return m_isConnected; }
    /// False when the other side does not take it any more.
    bool say(std::string_view text) const {
        return ::send(m_fd.get(), text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
    }
    void close() { m_fd.reset(); }
    /// Something can be heard: an answer, or that the other side has closed.
    bool hasNews() const {
        char byte = 0;
        return ::recv(m_fd.get(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0;
    }
    void sayNoMore() const { ::shutdown(m_fd.get(), SHUT_WR); }
    int fd() const { return m_fd.get(); }
    /// Until `end` was heard, the other side closes, or 30 s have passed.
    std::string hearUntil(std::string_view end) const {
        std::string all;
        for (char c = 0; !all.ends_with(end) && ::recv(m_fd.get(), &c, 1, 0) == 1;) all += c;
        return all;
    }
    /// All until the other side closes; "(open)" is appended when it has not after 30 s.
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
    void connectTo(const sockaddr* address, socklen_t size) {
        m_isConnected = ::connect(m_fd.get(), address, size) == 0;
        const timeval limit{30, 0};
        ::setsockopt(m_fd.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    }

    FileDescriptor m_fd;
    bool m_isConnected = false;
};

/// How many threads this process has (proc(5)).
inline int threadsNow() {
    int count = 0;
    for ([[maybe_unused]] const auto& task : std::filesystem::directory_iterator("/proc/self/task")) ++count;
    return count;
}

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
