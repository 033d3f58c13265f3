// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Names are looked up on a thread of their own, for getaddrinfo() knows no deadline; connect() never blocks.
#include "core/http/connect_p.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <system_error>
#include <thread>

namespace contone::http {
namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::milliseconds;

struct SocketAddress {
    sockaddr_storage bytes{};
    socklen_t size = 0;
};

std::unexpected<Error> unreachable(std::string detail) {
    return fail(Code::Unavailable, "server-unreachable", "Nobody answers at this address. Is the server running?",
                std::move(detail));
}

std::unexpected<Error> denied(std::string detail) {
    return fail(Code::Denied, "server-denied", "You may not use this server. Ask its owner for access.",
                std::move(detail));
}

Milliseconds leftUntil(Clock::time_point end) {
    return std::max(Milliseconds(0), std::chrono::ceil<Milliseconds>(end - Clock::now()));
}

Result<FileDescriptor> connectUnix(const Path& path, Clock::time_point end, const std::optional<CancelToken>& cancel) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string name = path.string();
    if (name.size() >= sizeof address.sun_path)
        return fail(Code::Invalid, "socket-path-long", "The path of the socket is too long. Choose a shorter folder.",
                    name);
    std::memcpy(address.sun_path, name.c_str(), name.size() + 1);
    FileDescriptor fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd.isOpen()) return fail(errorFromErrno(errno, "socket"));
    while (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        if (errno == EINTR) continue;
        const std::string detail = "connect " + name + ": " + std::strerror(errno);
        if (errno == EACCES || errno == EPERM)
            return fail(Code::Denied, "server-denied", "You may not use this socket. Ask for access to its group.",
                        detail);
        if (errno != EAGAIN) return unreachable(detail);
        // The listener's backlog is full, and nothing tells when it is not.
        if (cancel) CONTONE_CHECK(cancel->check());
        if (Clock::now() >= end) return unreachable(detail);
        std::this_thread::sleep_for(Milliseconds(10));
    }
    return fd;
}

/// What getaddrinfo() says, in time or not at all. A thread that is too late leaves its answer to nobody.
struct Lookup {
    std::mutex mutex;
    std::condition_variable isDone;
    int code = 0;
    bool hasAnswer = false;
    std::vector<SocketAddress> found;
};

int lookUpNow(const std::string& host, const std::string& port, int flags, std::vector<SocketAddress>& found) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags | AI_NUMERICSERV;
    addrinfo* list = nullptr;
    const int code = ::getaddrinfo(host.c_str(), port.c_str(), &hints, &list);
    if (code != 0) return code;
    for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
        SocketAddress& address = found.emplace_back();
        std::memcpy(&address.bytes, entry->ai_addr, entry->ai_addrlen);
        address.size = entry->ai_addrlen;
    }
    ::freeaddrinfo(list);
    return 0;
}

Result<std::vector<SocketAddress>> lookUp(const TcpAddress& server, Clock::time_point end,
                                          const std::optional<CancelToken>& cancel) {
    const std::string port = std::to_string(server.port);
    std::vector<SocketAddress> numeric;
    if (lookUpNow(server.host, port, AI_NUMERICHOST, numeric) == 0) return numeric;
    const auto lookup = std::make_shared<Lookup>();
    try {
        std::thread([lookup, host = server.host, port] {
            std::vector<SocketAddress> found;
            const int code = lookUpNow(host, port, AI_ADDRCONFIG, found);
            const std::lock_guard guard(lookup->mutex);
            lookup->found = std::move(found);
            lookup->code = code;
            lookup->hasAnswer = true;
            lookup->isDone.notify_all();
        }).detach();
    } catch (const std::system_error& e) {
        return unreachable(std::string("look up ") + server.host + ": " + e.what());
    }
    std::unique_lock lock(lookup->mutex);
    while (!lookup->hasAnswer) {
        if (cancel) CONTONE_CHECK(cancel->check());
        if (Clock::now() >= end) return unreachable("look up " + server.host + ": no answer");
        lookup->isDone.wait_for(lock, Milliseconds(50));
    }
    if (lookup->code != 0) return unreachable("look up " + server.host + ": " + ::gai_strerror(lookup->code));
    return std::move(lookup->found);
}

Result<SocketStream> connectOne(const SocketAddress& address, const std::string& name, Milliseconds within,
                                const std::optional<CancelToken>& cancel) {
    FileDescriptor fd(::socket(address.bytes.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd.isOpen()) return unreachable("socket: " + std::string(std::strerror(errno)));
    const int on = 1;
    ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(fd.get(), SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    SocketStream stream{ByteStream(std::move(fd))};
    const int socket = stream.bytes().fd();
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address.bytes), address.size) == 0) return stream;
    if (errno != EINPROGRESS) return unreachable("connect " + name + ": " + std::strerror(errno));
    stream.allow(within, 0);
    stream.cancelBy(cancel);
    const auto waited = stream.waitConnected();
    if (waited.end == Waited::Cancelled) return fail(Code::Cancelled, "cancelled", "This was stopped.");
    if (waited.end == Waited::TimedOut) return unreachable("connect " + name + ": no answer");
    int errnum = 0;
    socklen_t size = sizeof errnum;
    ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &errnum, &size);
    if (errnum != 0) return unreachable("connect " + name + ": " + std::strerror(errnum));
    return stream;
}

Result<SocketStream> connectTcp(const TcpAddress& server, Clock::time_point end,
                                const std::optional<CancelToken>& cancel) {
    CONTONE_TRY(const auto addresses, lookUp(server, end, cancel));
    const std::string name = server.host + " port " + std::to_string(server.port);
    Result<SocketStream> last = unreachable("connect " + name + ": no address");
    // One after another, each with its share of the time: the first may be a network that leads nowhere.
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        last = connectOne(addresses[i], name, leftUntil(end) / (addresses.size() - i), cancel);
        if (last || last.error().code == Code::Cancelled) break;
    }
    return last;
}

Result<void> startTls(SocketStream& stream, const std::string& name, TlsContext& context) {
    stream.bytes().startTls(context.connect(stream.bytes().fd(), name));
    const auto outcome = stream.handshake();
    switch (outcome.end) {
        case Waited::Ok:
            return {};
        case Waited::Cancelled:
            return fail(Code::Cancelled, "cancelled", "This was stopped.");
        case Waited::TimedOut:
            return fail(Code::Unavailable, "server-slow", "The answer did not come in time. Try again.", "handshake");
        case Waited::Eof:
        case Waited::Failed:
            break;
    }
    if (stream.bytes().tls()->isUntrusted())
        return fail(Code::Denied, "server-untrusted",
                    "The server at this address cannot prove that it is the right one. Check the address, then its "
                    "certificate.",
                    outcome.why);
    if (stream.bytes().tls()->isRejected()) return denied("handshake: " + outcome.why);
    return unreachable("handshake: " + outcome.why);
}

}  // namespace

Result<SocketStream> connectTo(const Address& address, std::shared_ptr<TlsContext>& tls, Milliseconds within,
                               const std::optional<CancelToken>& cancel) {
    const auto end = Clock::now() + within;
    if (const auto* path = std::get_if<Path>(&address)) {
        CONTONE_TRY(FileDescriptor fd, connectUnix(*path, end, cancel));
        return SocketStream(ByteStream(std::move(fd)));
    }
    const auto& server = std::get<TcpAddress>(address);
    if (server.tls && !tls) {
        CONTONE_TRY(tls, TlsContext::forClient(*server.tls));
    }
    CONTONE_TRY(SocketStream stream, connectTcp(server, end, cancel));
    if (!server.tls) return stream;
    stream.allow(std::max(Milliseconds(1), leftUntil(end)), 1 << 30);
    stream.cancelBy(cancel);
    CONTONE_CHECK(startTls(stream, server.tls->name.empty() ? server.host : server.tls->name, *tls));
    return stream;
}

}  // namespace contone::http
