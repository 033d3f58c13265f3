// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// poll() between calls that do not block.
#include "core/http/socket_stream_p.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace contone::http {
namespace {

/// A token cannot wake a poll(): how often it is looked at.
constexpr int lookMs = 50;
constexpr int longestPollMs = 3'600'000;

}  // namespace

SocketStream::Outcome SocketStream::wait(Io what) {
    using Milliseconds = std::chrono::milliseconds;
    for (;;) {
        if (m_cancel.isCancelled()) return {Waited::Cancelled};
        const auto now = Budget::Clock::now();
        const auto left = std::chrono::ceil<Milliseconds>(m_budget.left(now)).count();
        if (left <= 0) return {Waited::TimedOut};
        const auto most = static_cast<int>(std::min<std::int64_t>(left, m_isCancellable ? lookMs : longestPollMs));
        pollfd fds{m_stream.fd(), static_cast<short>(what == Io::WantWrite ? POLLOUT : POLLIN), 0};
        m_budget.run(now);
        const int ready = ::poll(&fds, 1, most);
        const int errnum = errno;
        m_budget.pause(Budget::Clock::now());
        if (ready > 0) return {};
        if (ready < 0 && errnum != EINTR) return {Waited::Failed, 0, std::strerror(errnum)};
    }
}

template <class Call>
SocketStream::Outcome SocketStream::untilDone(Call call) {
    for (;;) {
        IoOutcome outcome = call();
        switch (outcome.io) {
            case Io::Ok:
                m_budget.earn(outcome.bytes, Budget::Clock::now());
                return {Waited::Ok, outcome.bytes};
            case Io::Eof:
                return {Waited::Eof};
            case Io::Failed:
                return {Waited::Failed, 0, std::move(outcome.why)};
            case Io::WantRead:
            case Io::WantWrite:
                break;
        }
        if (Outcome waited = wait(outcome.io); waited.end != Waited::Ok) return waited;
    }
}

SocketStream::Outcome SocketStream::waitReadable() {
    return m_stream.hasNews() ? Outcome{}
                              : untilDone([&] { return m_stream.hasNews() ? IoOutcome{} : IoOutcome{Io::WantRead}; });
}

SocketStream::Outcome SocketStream::waitConnected() {
    return wait(Io::WantWrite);
}

SocketStream::Outcome SocketStream::handshake() {
    return untilDone([&] { return m_stream.handshake(); });
}

SocketStream::Outcome SocketStream::read(std::span<std::byte> into) {
    return untilDone([&] { return m_stream.read(into); });
}

SocketStream::Outcome SocketStream::writeAll(std::span<const std::byte> data) {
    std::size_t done = 0;
    while (done < data.size()) {
        Outcome outcome = untilDone([&] { return m_stream.write(data.subspan(done)); });
        if (outcome.end != Waited::Ok) return outcome;
        done += outcome.bytes;
    }
    return {Waited::Ok, done};
}

}  // namespace contone::http
