// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CaptureSocket: a printer port on this computer that keeps the bytes of each job: CUPS prints to it as socket://.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "core/base/file.h"

namespace contone::printers {

/// Listens on 127.0.0.1 from start() until destroyed, one job a connection. Any thread.
class CaptureSocket {
  public:
    /// Fails: Unavailable "no-free-port".
    static Result<CaptureSocket> start();
    ~CaptureSocket();
    CaptureSocket(CaptureSocket&&) noexcept;
    CaptureSocket& operator=(CaptureSocket&&) noexcept;

    /// What a queue that prints here has as its device: nothing is asked of it but to take bytes.
    std::string deviceUri() const;
    /// The jobs that came whole, in order. Above 512 MB a job is cut off and left out.
    std::vector<Bytes> jobs() const;
    /// Waits until `count` jobs are there; false after `patience`.
    bool waitFor(std::size_t count, std::chrono::milliseconds patience) const;

  private:
    class Parts;
    explicit CaptureSocket(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

}  // namespace contone::printers
