// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A non-blocking socket and poll.
#include "core/devices/zvt/connection_p.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <memory>

namespace contone::devices::zvt {
namespace {

using std::chrono::milliseconds;
using SteadyTime = std::chrono::steady_clock;

constexpr milliseconds look{50};  // how soon a cancel is seen

enum class Readiness { Ready, TimeOver, Cancelled };

Readiness waitFor(int socket, short events, Moment until, const CancelToken* cancel) {
    for (;;) {
        if (cancel != nullptr && cancel->isCancelled()) return Readiness::Cancelled;
        const auto left = std::chrono::ceil<milliseconds>(until - SteadyTime::now());
        pollfd one{socket, events, 0};
        const auto pause = cancel != nullptr ? std::min(left, look) : std::min(left, milliseconds(60'000));
        if (::poll(&one, 1, static_cast<int>(std::max<milliseconds::rep>(pause.count(), 0))) > 0)
            return Readiness::Ready;
        if (left.count() <= 0) return Readiness::TimeOver;
    }
}

std::unexpected<Error> unreachable(std::string detail) {
    return fail(Code::Unavailable, "terminal-unreachable",
                "The card terminal does not answer. See that it is on and connected.", std::move(detail));
}

struct FreeAddresses {
    void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

Result<Addresses> addressesOf(const std::string& host, std::uint16_t port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV;
    addrinfo* list = nullptr;
    if (const int error = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list); error != 0)
        return unreachable(std::string("getaddrinfo: ") + ::gai_strerror(error));
    return Addresses(list);
}

/// Connected, or what kept it.
Result<FileDescriptor> connectTo(const addrinfo& address, Moment until, const CancelToken& cancel) {
    FileDescriptor socket(::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket.isOpen()) return unreachable(errorFromErrno(errno, "socket").detail);
    const int on = 1;  // messages are small and each is waited for
    (void)::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(socket.get(), address.ai_addr, address.ai_addrlen) == 0) return socket;
    if (errno != EINPROGRESS) return unreachable(errorFromErrno(errno, "connect").detail);
    const Readiness readiness = waitFor(socket.get(), POLLOUT, until, &cancel);
    CONTONE_CHECK(cancel.check());
    if (readiness == Readiness::TimeOver) return unreachable("connect: no answer in time");
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
    if (error != 0) return unreachable(errorFromErrno(error, "connect").detail);
    return socket;
}

bool isGroup(std::uint8_t group) {
    constexpr std::array known{0x04, 0x05, 0x06, 0x08, 0x0F, 0x80, 0x84};
    return std::ranges::find(known, group) != known.end();
}

}  // namespace

Result<Connection> Connection::open(const ZvtSettings& settings, const CancelToken& cancel) {
    CONTONE_CHECK(cancel.check());
    CONTONE_TRY(const Addresses addresses, addressesOf(settings.host, settings.port));
    const Moment until = SteadyTime::now() + settings.timeouts.connect;
    Result<FileDescriptor> socket = unreachable("no address");
    for (const addrinfo* one = addresses.get(); one != nullptr && !socket; one = one->ai_next) {
        socket = connectTo(*one, until, cancel);
        CONTONE_CHECK(cancel.check());
    }
    if (!socket) return std::unexpected(std::move(socket).error());
    Connection connection;
    connection.m_socket = std::move(*socket);
    connection.m_timeouts = settings.timeouts;
    return connection;
}

bool Connection::isQuiet() const {
    pollfd one{m_socket.get(), POLLIN, 0};
    return isOpen() && ::poll(&one, 1, 0) == 0;
}

Connection::Sent Connection::send(const Bytes& message) {
    std::span<const std::uint8_t> left = message;
    const Moment until = SteadyTime::now() + m_timeouts.answer;
    while (isOpen() && !left.empty()) {
        const ssize_t n = ::send(m_socket.get(), left.data(), left.size(), MSG_NOSIGNAL);
        if (n > 0) {
            left = left.subspan(static_cast<std::size_t>(n));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (waitFor(m_socket.get(), POLLOUT, until, nullptr) != Readiness::Ready) break;
        } else if (errno != EINTR) {
            break;
        }
    }
    if (left.empty()) return Sent::All;
    return left.size() == message.size() ? Sent::Nothing : Sent::Some;
}

/// The rest of a message that has begun.
std::expected<void, Stop> Connection::fill(std::span<std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const ssize_t n = ::recv(m_socket.get(), bytes.data(), bytes.size(), 0);
        if (n > 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(n));
            continue;
        }
        if (n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)) return std::unexpected(Stop::Lost);
        if (waitFor(m_socket.get(), POLLIN, SteadyTime::now() + m_timeouts.byte, nullptr) != Readiness::Ready)
            return std::unexpected(Stop::Unreadable);
    }
    return {};
}

std::expected<Apdu, Stop> Connection::receive(Moment until, const CancelToken* cancel) {
    if (!isOpen()) return std::unexpected(Stop::Lost);
    switch (waitFor(m_socket.get(), POLLIN, until, cancel)) {
        case Readiness::Ready:
            break;
        case Readiness::TimeOver:
            return std::unexpected(Stop::Silent);
        case Readiness::Cancelled:
            return std::unexpected(Stop::Cancelled);
    }
    std::array<std::uint8_t, 5> begin{};
    std::span<std::uint8_t> bytes = begin;
    if (auto filled = fill(bytes.first(3)); !filled) return std::unexpected(filled.error());
    Head head = headOf(bytes.first(3));
    if (!isGroup(begin[0])) return std::unexpected(Stop::Unreadable);
    if (head.headBytes == 0) {
        if (auto filled = fill(bytes.subspan(3)); !filled) return std::unexpected(filled.error());
        head = headOf(bytes);
    }
    Apdu apdu{head.verb, WipedBytes(head.dataBytes)};
    if (auto filled = fill(apdu.data.writable()); !filled) return std::unexpected(filled.error());
    return apdu;
}

}  // namespace contone::devices::zvt
