// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SocketStream: reads and writes of one socket with a budget of waiting time, and a way to stop them from outside.
#pragma once

#include <chrono>
#include <cstddef>
#include <span>

#include "core/base/file.h"

namespace contone::http {

using Milliseconds = std::chrono::milliseconds;

/// How a wait for the other side ended.
enum class Io { Ok, Eof, TimedOut, Stopped, Failed };

/// One thread at a time. Only waiting costs budget: work between two calls is ours, not the peer's.
class SocketStream {
  public:
    struct Outcome {
        Io io = Io::Ok;
        std::size_t bytes = 0;
        int errnum = 0;
    };

    /// `stopFd`: readable from the moment on when reads shall end with Stopped; -1: never. Not owned.
    explicit SocketStream(FileDescriptor socket, int stopFd = -1) : m_socket(std::move(socket)), m_stopFd(stopFd) {}

    /// Sets how long all coming calls may wait together. Every byte moved adds 1 / `bytesPerSecond` to it: a peer that
    /// keeps that rate never runs out, one that drips does. 0: bytes add nothing.
    void allow(Milliseconds budget, int bytesPerSecond = 0);

    Io waitReadable();
    /// At least one byte, or why not.
    Outcome read(std::span<std::byte> into);
    Outcome write(std::span<const std::byte> data);
    Outcome writeAll(std::span<const std::byte> data);
    /// Something to read is there now: bytes, or the news that the other side has closed.
    bool hasNews() const;
    int fd() const { return m_socket.get(); }

  private:
    Io wait(short events);
    void earn(std::size_t bytes);

    FileDescriptor m_socket;
    int m_stopFd;
    std::chrono::nanoseconds m_budget{0};
    int m_bytesPerSecond = 0;
    bool m_isHurried = false;
};

}  // namespace contone::http
