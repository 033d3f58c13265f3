// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Connection: whole ZVT messages over bare TCP, each wait with an end.
#pragma once

#include <chrono>
#include <expected>

#include "core/base/cancel.h"
#include "core/base/file.h"
#include "core/devices/zvt/apdu.h"
#include "core/devices/zvt/zvt_settings.h"

namespace contone::devices::zvt {

using Moment = std::chrono::steady_clock::time_point;

/// Why there is no message. After all but Cancelled nothing more can be read from the connection.
enum class Stop {
    Lost,        ///< the other side ended it, or the network did
    Silent,      ///< nothing came in time
    Unreadable,  ///< a message began and did not go on, or is none of this protocol
    Cancelled    ///< between two messages
};

/// Of one thread at a time. Movable.
class Connection {
  public:
    Connection() = default;  ///< not open
    /// Fails: Unavailable "terminal-unreachable", Cancelled "cancelled".
    static Result<Connection> open(const ZvtSettings& settings, const CancelToken& cancel);

    bool isOpen() const { return m_socket.isOpen(); }
    /// Open, and the other side has neither ended it nor said anything that nobody asked for.
    bool isQuiet() const;
    void close() { m_socket.reset(); }

    enum class Sent { All, Nothing, Some };
    /// Waits up to the answer's timeout for room.
    Sent send(const Bytes& message);
    /// The next whole message. A `cancel` that is set ends the wait for its first byte.
    std::expected<Apdu, Stop> receive(Moment until, const CancelToken* cancel);

  private:
    std::expected<void, Stop> fill(std::span<std::uint8_t> bytes);

    FileDescriptor m_socket;
    ZvtTimeouts m_timeouts;
};

}  // namespace contone::devices::zvt
