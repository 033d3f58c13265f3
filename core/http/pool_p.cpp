// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Two queues, and threads that take from them.
#include "core/http/pool_p.h"

#include <algorithm>
#include <exception>
#include <system_error>
#include <utility>

namespace contone::http {

Pool::Pool(int threads, Log log) : m_most(static_cast<std::size_t>(std::max(threads, 2))), m_log(std::move(log)) {}

Pool::~Pool() {
    finish();
}

void Pool::run(Kind kind, std::function<void()> job) {
    const std::lock_guard guard(m_mutex);
    auto& queue = kind == Kind::Streaming ? m_streaming : m_brief;
    queue.push_back(std::move(job));
    if (m_idle >= m_brief.size() + m_streaming.size() || m_threads.size() >= m_most) {
        m_isThereWork.notify_one();
        return;
    }
    try {
        m_threads.reserve(m_most);
        m_threads.emplace_back([this] { work(); });
    } catch (const std::system_error& e) {
        m_log.error("http-thread", {{"detail", e.what()}});
        if (m_threads.empty()) {
            queue.pop_back();
            throw;
        }
    }
}

bool Pool::takeJob(std::unique_lock<std::mutex>& lock, std::function<void()>& job, Kind& kind) {
    for (;;) {
        const bool mayStream = !m_streaming.empty() && (m_nowStreaming < m_most / 2 || m_isFinishing);
        if (mayStream && (m_brief.empty() || m_nowStreaming == 0)) {
            kind = Kind::Streaming;
            job = std::move(m_streaming.front());
            m_streaming.pop_front();
            ++m_nowStreaming;
            return true;
        }
        if (!m_brief.empty()) {
            kind = Kind::Brief;
            job = std::move(m_brief.front());
            m_brief.pop_front();
            return true;
        }
        if (m_isFinishing && m_streaming.empty()) return false;
        ++m_idle;
        m_isThereWork.wait(lock);
        --m_idle;
    }
}

void Pool::work() {
    std::unique_lock lock(m_mutex);
    std::function<void()> job;
    for (Kind kind{}; takeJob(lock, job, kind);) {
        lock.unlock();
        try {
            job();
        } catch (const std::exception& e) {
            m_log.error("http-job", {{"detail", e.what()}});
        } catch (...) {
            m_log.error("http-job", {{"detail", "an exception that is no std::exception"}});
        }
        job = nullptr;
        lock.lock();
        if (kind == Kind::Streaming) {
            --m_nowStreaming;
            m_isThereWork.notify_one();
        }
    }
}

void Pool::finish() {
    std::vector<std::thread> threads;
    {
        const std::lock_guard guard(m_mutex);
        m_isFinishing = true;
        threads = std::exchange(m_threads, {});
    }
    m_isThereWork.notify_all();
    for (std::thread& thread : threads) thread.join();
}

}  // namespace contone::http
