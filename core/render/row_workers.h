// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// RowWorkers: a few threads that share out the rows of a batch. Which thread takes a row never matters to its bytes.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace contone::render {

class RowWorkers {
  public:
    /// `threads` in all, the caller included; 1 makes none.
    explicit RowWorkers(int threads);
    ~RowWorkers();
    RowWorkers(const RowWorkers&) = delete;
    RowWorkers& operator=(const RowWorkers&) = delete;
    /// Calls work(row, worker) for every row 0…rows-1 and returns when all are done. worker: 0…threads()-1, for
    /// scratch.
    void forEach(int rows, const std::function<void(int row, int worker)>& work);
    int threads() const { return static_cast<int>(m_threads.size()) + 1; }

  private:
    void run(int worker);
    void take(int worker);
    std::mutex m_mutex;
    std::condition_variable m_start, m_done;
    const std::function<void(int, int)>* m_work = nullptr;
    int m_rows = 0, m_next = 0, m_busy = 0;
    std::uint64_t m_round = 0;
    bool m_stop = false;
    std::vector<std::thread> m_threads;
};

}  // namespace contone::render
