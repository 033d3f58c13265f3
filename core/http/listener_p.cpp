// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Whose Unix socket it is, binding to addresses, and what the kernel says about a client.
#include "core/http/listener_p.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace contone::http {
namespace {

constexpr int backlog = 4096;  // the kernel lowers it to net.core.somaxconn

std::unexpected<Error> inUse(const Path& socket) {
    return fail(Code::Conflict, "socket-in-use",
                "Another Contone agent is already running here. Use that one or stop it.", socket.string());
}

Result<sockaddr_un> addressOf(const Path& socket) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string name = socket.string();
    if (name.size() >= sizeof address.sun_path)
        return fail(Code::Invalid, "socket-path-long", "The path of the socket is too long. Choose a shorter folder.",
                    name);
    std::memcpy(address.sun_path, name.c_str(), name.size() + 1);
    return address;
}

/// The lock that the kernel releases when its holder dies, however it dies.
Result<FileDescriptor> lockFor(const Path& socket) {
    const std::string name = socket.string() + ".lock";
    FileDescriptor lock(::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!lock.isOpen()) return fail(errorFromErrno(errno, "open " + name));
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) return inUse(socket);
    return lock;
}

/// Removes what a dead server left. With the lock held nobody else is between these calls.
Result<void> removeStale(const Path& socket, const sockaddr_un& address) {
    struct stat facts{};
    if (::lstat(socket.c_str(), &facts) != 0) {
        if (errno == ENOENT) return {};
        return fail(errorFromErrno(errno, "stat " + socket.string()));
    }
    if (!S_ISSOCK(facts.st_mode))
        return fail(Code::Conflict, "socket-path-taken",
                    "There is a file where the agent's socket should be. Move it away.", socket.string());
    FileDescriptor probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!probe.isOpen()) return fail(errorFromErrno(errno, "socket"));
    if (::connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 || errno == EAGAIN)
        return inUse(socket);
    if (::unlink(socket.c_str()) != 0) return fail(errorFromErrno(errno, "remove " + socket.string()));
    return {};
}

Result<FileDescriptor> listenAt(const UnixEndpoint& endpoint, const sockaddr_un& address) {
    FileDescriptor listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!listener.isOpen()) return fail(errorFromErrno(errno, "socket"));
    const std::string name = endpoint.socket.string();
    // The new file gets the socket's mode less the umask: never open to others, not even between bind and chmod.
    ::fchmod(listener.get(), 0600);
    if (::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return fail(errorFromErrno(errno, "bind " + name));
    const bool isOwned = !endpoint.group || ::chown(name.c_str(), static_cast<uid_t>(-1), *endpoint.group) == 0;
    if (!isOwned || ::chmod(name.c_str(), endpoint.mode) != 0 || ::listen(listener.get(), backlog) != 0) {
        const int errnum = errno;
        ::unlink(name.c_str());
        return fail(errorFromErrno(errnum, "listen " + name));
    }
    return listener;
}

/// IPv4 and IPv6 in one.
union AnyAddress {
    sockaddr any;
    sockaddr_in v4;
    sockaddr_in6 v6;
};

Result<socklen_t> parse(const TcpEndpoint& endpoint, AnyAddress& address) {
    address = {};
    if (::inet_pton(AF_INET, endpoint.address.c_str(), &address.v4.sin_addr) == 1) {
        address.v4.sin_family = AF_INET;
        address.v4.sin_port = htons(endpoint.port);
        return socklen_t{sizeof address.v4};
    }
    if (::inet_pton(AF_INET6, endpoint.address.c_str(), &address.v6.sin6_addr) == 1) {
        address.v6.sin6_family = AF_INET6;
        address.v6.sin6_port = htons(endpoint.port);
        return socklen_t{sizeof address.v6};
    }
    return fail(Code::Invalid, "bad-address",
                "The address to listen at is not an IP address, such as 127.0.0.1. Check the settings.",
                endpoint.address);
}

std::unexpected<Error> notBound(int errnum, const TcpEndpoint& endpoint) {
    const std::string detail =
        "bind " + endpoint.address + " port " + std::to_string(endpoint.port) + ": " + std::strerror(errnum);
    if (errnum == EADDRINUSE)
        return fail(Code::Conflict, "port-in-use",
                    "Another program already listens at this port. Stop it, or choose another port.", detail);
    if (errnum == EACCES)
        return fail(Code::Denied, "port-denied", "This program may not use this port. Choose one above 1023.", detail);
    if (errnum == EADDRNOTAVAIL || errnum == EAFNOSUPPORT)
        return fail(Code::Invalid, "bad-address",
                    "This machine does not have the address to listen at. Check the settings.", detail);
    return fail(errorFromErrno(errnum, detail));
}

/// A client whose machine vanished is noticed within a minute, though nothing is sent.
void watchForLostMachines(int socket) {
    const int on = 1, idle = 30, pause = 10, tries = 3;
    ::setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    ::setsockopt(socket, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof idle);
    ::setsockopt(socket, IPPROTO_TCP, TCP_KEEPINTVL, &pause, sizeof pause);
    ::setsockopt(socket, IPPROTO_TCP, TCP_KEEPCNT, &tries, sizeof tries);
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

void describe(const AnyAddress& address, Peer& peer) {
    char text[INET6_ADDRSTRLEN] = {};
    if (address.any.sa_family == AF_INET) {
        ::inet_ntop(AF_INET, &address.v4.sin_addr, text, sizeof text);
        peer.port = ntohs(address.v4.sin_port);
    } else {
        const in6_addr& v6 = address.v6.sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(&v6))
            ::inet_ntop(AF_INET, &v6.s6_addr[12], text, sizeof text);
        else
            ::inet_ntop(AF_INET6, &v6, text, sizeof text);
        peer.port = ntohs(address.v6.sin6_port);
    }
    peer.address = text;
}

}  // namespace

Result<Listener> Listener::open(const Endpoint& endpoint) {
    if (const auto* local = std::get_if<UnixEndpoint>(&endpoint)) return openUnix(*local);
    return openTcp(std::get<TcpEndpoint>(endpoint));
}

Result<Listener> Listener::openUnix(const UnixEndpoint& endpoint) {
    CONTONE_TRY(const sockaddr_un address, addressOf(endpoint.socket));
    Listener listener;
    CONTONE_TRY(listener.m_lock, lockFor(endpoint.socket));
    CONTONE_CHECK(removeStale(endpoint.socket, address));
    CONTONE_TRY(listener.fd, listenAt(endpoint, address));
    listener.m_path = endpoint.socket;
    return listener;
}

Result<Listener> Listener::openTcp(const TcpEndpoint& endpoint) {
    Listener listener;
    if (endpoint.tls) {
        CONTONE_TRY(listener.tls, TlsContext::forServer(*endpoint.tls));
    }
    AnyAddress address{};
    CONTONE_TRY(socklen_t size, parse(endpoint, address));
    listener.fd = FileDescriptor(::socket(address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!listener.fd.isOpen()) return notBound(errno, endpoint);
    const int on = 1, off = 0;
    ::setsockopt(listener.fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (address.any.sa_family == AF_INET6) ::setsockopt(listener.fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    if (::bind(listener.fd.get(), &address.any, size) != 0 || ::listen(listener.fd.get(), backlog) != 0)
        return notBound(errno, endpoint);
    ::getsockname(listener.fd.get(), &address.any, &size);
    listener.port = ntohs(address.any.sa_family == AF_INET ? address.v4.sin_port : address.v6.sin6_port);
    return listener;
}

void Listener::close() {
    if (fd.isOpen() && !m_path.empty()) ::unlink(m_path.c_str());  // still ours: we hold the lock
    fd.reset();
}

FileDescriptor Listener::accept(Peer& peer) const {
    AnyAddress address{};
    socklen_t size = sizeof address;
    FileDescriptor socket(::accept4(fd.get(), &address.any, &size, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket.isOpen()) return socket;
    if (m_path.empty()) {
        watchForLostMachines(socket.get());
        peer.transport = tls ? Transport::Tls : Transport::Tcp;
        describe(address, peer);
        return socket;
    }
    ucred who{};
    size = sizeof who;
    if (::getsockopt(socket.get(), SOL_SOCKET, SO_PEERCRED, &who, &size) == 0) peer = {who.pid, who.uid, who.gid};
    return socket;
}

}  // namespace contone::http
