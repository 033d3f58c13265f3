// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A small fork-join pool.
#include "core/render/row_workers.h"

namespace contone::render {

RowWorkers::RowWorkers(int threads) {
    for (int i = 1; i < threads; i++) m_threads.emplace_back([this, i] { run(i); });
}

RowWorkers::~RowWorkers() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_start.notify_all();
    for (std::thread& t : m_threads) t.join();
}

void RowWorkers::take(int worker) {
    for (;;) {
        int row = 0;
        const std::function<void(int, int)>* work = nullptr;
        {
            const std::lock_guard lock(m_mutex);
            if (m_next >= m_rows) return;
            row = m_next++;
            work = m_work;
        }
        (*work)(row, worker);
    }
}

void RowWorkers::run(int worker) {
    std::uint64_t seen = 0;
    for (;;) {
        {
            std::unique_lock lock(m_mutex);
            m_start.wait(lock, [&] { return m_stop || m_round != seen; });
            if (m_stop) return;
            seen = m_round;
        }
        take(worker);
        {
            const std::lock_guard lock(m_mutex);
            m_busy--;
        }
        m_done.notify_one();
    }
}

void RowWorkers::forEach(int rows, const std::function<void(int, int)>& work) {
    if (m_threads.empty() || rows < 2) {
        for (int row = 0; row < rows; row++) work(row, 0);
        return;
    }
    {
        const std::lock_guard lock(m_mutex);
        m_work = &work;
        m_rows = rows;
        m_next = 0;
        m_busy = static_cast<int>(m_threads.size());
        m_round++;
    }
    m_start.notify_all();
    take(0);
    std::unique_lock lock(m_mutex);
    m_done.wait(lock, [&] { return m_busy == 0; });
}

}  // namespace contone::render
