// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SocketStream: waits for a ByteStream, within a budget of waiting time and until it is cancelled.
#pragma once

#include <optional>

#include "core/base/cancel.h"
#include "core/http/budget_p.h"
#include "core/http/byte_stream_p.h"

namespace contone::http {

/// How a wait for the other side ended.
enum class Waited { Ok, Eof, TimedOut, Cancelled, Failed };

/// One thread at a time. Only waiting costs budget: work between two calls is ours, not the other side's.
class SocketStream {
  public:
    struct Outcome {
        Waited end = Waited::Ok;
        std::size_t bytes = 0;
        std::string why{};  ///< Failed: for the log
    };

    explicit SocketStream(ByteStream stream) : m_stream(std::move(stream)) {}

    /// What all coming calls may wait together, and whether they are cancelled; see Budget.
    void allow(std::chrono::milliseconds whole, int bytesPerSecond) { m_budget = Budget(whole, bytesPerSecond); }
    void cancelBy(const std::optional<CancelToken>& cancel) {
        m_isCancellable = cancel.has_value();
        m_cancel = cancel.value_or(CancelToken());
    }

    Outcome waitReadable();
    /// A connect() that is under way has come to its end, good or bad.
    Outcome waitConnected();
    Outcome handshake();
    /// At least one byte, or why not.
    Outcome read(std::span<std::byte> into);
    Outcome writeAll(std::span<const std::byte> data);
    ByteStream& bytes() { return m_stream; }

  private:
    Outcome wait(Io what);
    template <class Call>
    Outcome untilDone(Call call);

    ByteStream m_stream;
    Budget m_budget{std::chrono::milliseconds(0), 0};
    bool m_isCancellable = false;
    CancelToken m_cancel;
};

}  // namespace contone::http
