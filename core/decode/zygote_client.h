// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Zygote, the program's side: the clean, locked-down process that forks children, started once and asked for each.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>

#include "core/decode/child.h"
#include "core/decode/decoder.h"

namespace contone::decode {

/// Owns the process; ended (and with it all its children) when the last owner lets go. Thread-safe.
class Zygote : public std::enable_shared_from_this<Zygote> {
  public:
    /// Starts `program` with an empty environment and no descriptor but its socket. Fails: Unavailable
    /// "decoder-missing", "decoder-refused".
    static Result<std::shared_ptr<Zygote>> start(const Path& program, const Decoder::Options& options);
    Zygote(FileDescriptor control, int pid, std::chrono::milliseconds patience);
    ~Zygote();
    Zygote(const Zygote&) = delete;
    Zygote& operator=(const Zygote&) = delete;

    /// Forks a child that holds `photo` (or none, for thumbnails). Fails: Unavailable "decoder-lost": it is dead, start
    /// another.
    Result<Child> spawn(const Spawn& order, const FileDescriptor* photo);
    /// No new children: what happened may have been an attempt to learn its memory layout.
    void retire() { m_isRetired = true; }
    bool isRetired() const { return m_isRetired; }

  private:
    Result<void> awaitReady(int complaints);
    Result<std::span<const std::byte>> answer(std::vector<FileDescriptor>* descriptors);

    std::mutex m_turn;
    FileDescriptor m_control;
    int m_pid;
    std::chrono::milliseconds m_patience;
    std::array<std::byte, 1024> m_buffer{};
    std::atomic<bool> m_isRetired = false;
};

}  // namespace contone::decode
