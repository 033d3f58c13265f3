// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// OverlappedSink: lets the next sink encode while the page is still being rendered.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/image/strip_sink.h"

namespace contone::render {

/// Passes strips to `next` on a thread of its own, in order, through a few copies: a writer that is slower makes the
/// caller wait. begin() and finish() of `next` run on the caller's thread, never beside a write(). What a write() fails
/// with comes back from the next call.
class OverlappedSink final : public image::StripSink {
  public:
    explicit OverlappedSink(image::StripSink& next) : m_next(next) {}
    /// Strips that wait are dropped.
    ~OverlappedSink() override;
    OverlappedSink(const OverlappedSink&) = delete;
    OverlappedSink& operator=(const OverlappedSink&) = delete;
    Result<void> begin(const image::PageHeader& header) override;
    Result<void> write(image::StripView strip) override;
    Result<void> finish() override;

  private:
    static constexpr std::uint64_t slots = 4;
    struct Slot {
        std::vector<std::byte> bytes;
        image::StripView strip;
    };
    enum class Ending { No, WhenWritten, Now };
    void run();
    void end(Ending ending);

    image::StripSink& m_next;
    Slot m_slots[slots];
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::uint64_t m_filled = 0, m_written = 0;  ///< strips; slot = number % slots
    Ending m_ending = Ending::No;
    std::optional<Error> m_failure;
    std::thread m_thread;
};

}  // namespace contone::render
