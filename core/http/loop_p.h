// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Loop: one thread that waits for many descriptors and times at once (Boost.Asio, which stays in loop_p.cpp).
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "core/base/log.h"

namespace contone::http {

using SteadyClock = std::chrono::steady_clock;
using Milliseconds = std::chrono::milliseconds;

/// All but post() is for the thread that runs it, or for the time before and after.
class Loop {
  public:
    Loop();
    ~Loop();
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    /// Works until quit(). What a task throws is logged and goes no further.
    void run(const Log& log);
    void quit();
    /// When run() has returned: what was waited for and given up lets go of what it holds, which else holds it in turn.
    void drain();
    /// `task` runs in the loop, after all that were posted before. From any thread. Without memory it tries again until
    /// there is some.
    void post(const std::function<void()>& task) noexcept;

    struct Impl;
    Impl& impl() { return *m_impl; }

  private:
    std::unique_ptr<Impl> m_impl;
};

/// Waits for one descriptor, which it does not own and which must outlive it.
class Watch {
  public:
    /// Fails by std::system_error.
    Watch(Loop& loop, int fd);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    // Each calls `then` once. A wait that is on is left as it is. The destructor drops the waits.
    void onceReadable(std::function<void()> then);
    void onceWritable(std::function<void()> then);
    /// Both directions are closed, or the connection has failed.
    void onceHungUp(std::function<void()> then);

  private:
    struct Impl;
    std::shared_ptr<Impl> m_impl;
};

/// Calls once, at a time that can be changed.
class Timer {
  public:
    explicit Timer(Loop& loop);
    ~Timer();
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;

    /// Instead of what was set before.
    void at(SteadyClock::time_point time, std::function<void()> then);
    void clear();

  private:
    struct Impl;
    std::shared_ptr<Impl> m_impl;
};

}  // namespace contone::http
