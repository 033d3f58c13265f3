// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CaptureSocket: a port on this computer that CUPS prints to (socket://) and that keeps the bytes of each job.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "core/base/file.h"

namespace contone::printers {

/// Listens on 127.0.0.1 alone, from start() until destroyed, one job a connection, one at a time; one that is silent
/// for 20 s is dropped. Any program of this computer may send something: who trusts a job must know what it shall be.
/// Any thread.
class CaptureSocket {
  public:
    /// Fails: Unavailable "no-free-port".
    static Result<CaptureSocket> start();
    ~CaptureSocket();
    CaptureSocket(CaptureSocket&&) noexcept;
    CaptureSocket& operator=(CaptureSocket&&) noexcept;

    /// What a queue that prints here has as its device: nothing is asked of it but to take bytes.
    std::string deviceUri() const;
    /// The jobs that came whole, in order. Above 512 MB in all a job is left out.
    std::vector<Bytes> jobs() const;
    /// Waits until `count` jobs are there; false after `patience`.
    bool waitFor(std::size_t count, std::chrono::milliseconds patience) const;

  private:
    class Parts;
    explicit CaptureSocket(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

}  // namespace contone::printers
