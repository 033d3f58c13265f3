// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Pool: a few threads for work that may block.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/log.h"

namespace contone::http {

/// Thread-safe. Threads are started when there is work for them, and kept.
class Pool {
  public:
    enum class Kind {
        Brief,      ///< first come, first served
        Streaming,  ///< waits for a client while it works: at most half of the threads do that at once
    };

    Pool(int threads, Log log);
    /// As finish().
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    /// Runs `job` when a thread is free. What it throws is logged. Fails by std::bad_alloc, and by std::system_error
    /// when not even one thread can be had; then `job` will not run.
    void run(Kind kind, std::function<void()> job);
    /// Does what is in the queue, then ends the threads. No run() may come after it. Twice is fine.
    void finish();

  private:
    void work();
    bool takeJob(std::unique_lock<std::mutex>& lock, std::function<void()>& job, Kind& kind);

    const std::size_t m_most;
    const Log m_log;
    std::mutex m_mutex;
    std::condition_variable m_isThereWork;
    // All guarded by m_mutex.
    std::deque<std::function<void()>> m_brief, m_streaming;
    std::vector<std::thread> m_threads;
    std::size_t m_idle = 0, m_nowStreaming = 0;
    bool m_isFinishing = false;
};

}  // namespace contone::http
