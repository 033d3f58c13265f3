// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Child: a locked-down process that reads one customer's bytes, as its program sees it: it may die, lie or be silent.
#pragma once

#include <chrono>
#include <memory>

#include "core/base/cancel.h"
#include "core/decode/channel.h"
#include "core/decode/messages.h"

namespace contone::decode {

class Zygote;

/// Owns the process: it is killed with this object. One thread at a time. After a failure that is not a Problem of the
/// child's own words the process is dead.
class Child {
  public:
    Child(FileDescriptor socket, FileDescriptor process, std::shared_ptr<Zygote> zygote);
    Child(Child&&) noexcept = default;
    Child& operator=(Child&&) noexcept;
    ~Child();

    /// Never waits: a child that does not take what it is told is killed ("photo-harmful"). What is told to a dead one
    /// is lost; receive() says why it died.
    Result<void> send(std::span<const std::byte> packet, std::span<const int> descriptors = {});
    /// The next packet, valid until the next call; never a Problem or Ended, which become errors. Fails: what the
    /// child's Problem says; Invalid "photo-too-slow" after `limit`, "photo-memory" (killed for want of memory);
    /// Corrupt "photo-harmful" (it died); Cancelled.
    Result<std::span<const std::byte>> receive(std::chrono::milliseconds limit, const CancelToken& cancel);
    /// Kills it: what it said cannot be. Corrupt "photo-harmful".
    std::unexpected<Error> forged(const char* what);
    void kill();
    /// It ended and its zygote did not say why, so that ended too: the photo may be blameless.
    bool isLost() const { return m_isLost; }

  private:
    std::unexpected<Error> died(const Ended* how);
    Result<void> awaitPacket(std::chrono::milliseconds limit, const CancelToken& cancel);

    FileDescriptor m_socket, m_process;
    std::shared_ptr<Zygote> m_zygote;
    Bytes m_buffer;
    bool m_isLost = false;
};

}  // namespace contone::decode
