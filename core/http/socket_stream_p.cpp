// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Non-blocking calls on a socket, with poll() in between.
#include "core/http/socket_stream_p.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace contone::http {
namespace {

/// After a stop an answer that is ready may still go out, but a peer that does not read must not hold us.
constexpr Milliseconds lastWords{300};

}  // namespace

void SocketStream::allow(Milliseconds budget, int bytesPerSecond) {
    m_budget = m_isHurried ? std::min(budget, lastWords) : budget;
    m_bytesPerSecond = m_isHurried ? 0 : bytesPerSecond;
}

void SocketStream::earn(std::size_t bytes) {
    if (m_bytesPerSecond > 0)
        m_budget += std::chrono::nanoseconds(static_cast<std::int64_t>(bytes) * 1'000'000'000 / m_bytesPerSecond);
}

Io SocketStream::wait(short events) {
    using Clock = std::chrono::steady_clock;
    for (;;) {
        if (m_budget <= std::chrono::nanoseconds{0}) return Io::TimedOut;
        pollfd fds[2] = {{m_socket.get(), events, 0}, {m_isHurried ? -1 : m_stopFd, POLLIN, 0}};
        const auto began = Clock::now();
        const auto left = std::chrono::ceil<Milliseconds>(m_budget).count();
        const int ready = ::poll(fds, 2, static_cast<int>(std::min<std::int64_t>(left, 3'600'000)));
        m_budget -= Clock::now() - began;
        if (ready < 0 && errno != EINTR) return Io::Failed;
        if (ready <= 0) continue;
        if (fds[1].revents != 0) {
            if (events == POLLIN) return Io::Stopped;
            m_isHurried = true;
            m_bytesPerSecond = 0;
            m_budget = std::min<std::chrono::nanoseconds>(m_budget, lastWords);
        }
        if (fds[0].revents != 0) return Io::Ok;
    }
}

Io SocketStream::waitReadable() {
    return wait(POLLIN);
}

SocketStream::Outcome SocketStream::read(std::span<std::byte> into) {
    for (;;) {
        const ssize_t got = ::recv(m_socket.get(), into.data(), into.size(), MSG_DONTWAIT);
        if (got > 0) {
            earn(static_cast<std::size_t>(got));
            return {Io::Ok, static_cast<std::size_t>(got), 0};
        }
        if (got == 0) return {Io::Eof, 0, 0};
        if (errno == EINTR) continue;
        if (errno != EAGAIN && errno != EWOULDBLOCK) return {Io::Failed, 0, errno};
        if (const Io io = wait(POLLIN); io != Io::Ok) return {io, 0, errno};
    }
}

SocketStream::Outcome SocketStream::write(std::span<const std::byte> data) {
    for (;;) {
        const ssize_t put = ::send(m_socket.get(), data.data(), data.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (put >= 0) {
            earn(static_cast<std::size_t>(put));
            return {Io::Ok, static_cast<std::size_t>(put), 0};
        }
        if (errno == EINTR) continue;
        if (errno != EAGAIN && errno != EWOULDBLOCK) return {Io::Failed, 0, errno};
        if (const Io io = wait(POLLOUT); io != Io::Ok) return {io, 0, errno};
    }
}

SocketStream::Outcome SocketStream::writeAll(std::span<const std::byte> data) {
    std::size_t done = 0;
    while (done < data.size()) {
        const Outcome outcome = write(data.subspan(done));
        if (outcome.io != Io::Ok) return {outcome.io, done, outcome.errnum};
        done += outcome.bytes;
    }
    return {Io::Ok, done, 0};
}

bool SocketStream::hasNews() const {
    pollfd fds{m_socket.get(), POLLIN, 0};
    return ::poll(&fds, 1, 0) != 0;
}

}  // namespace contone::http
