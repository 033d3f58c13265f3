// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One thread, one place for the next request.
#include "ui/common/view_worker.h"

#include <QMetaObject>

namespace contone::ui {

ViewWorker::ViewWorker(Path tableCache, int threads, QObject* parent)
    : QObject(parent), m_renderer(std::move(tableCache), threads), m_thread([this] { run(); }) {}

ViewWorker::~ViewWorker() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
        m_running.cancel();
    }
    m_wake.notify_all();
    m_thread.join();
}

quint64 ViewWorker::request(ViewRequest request) {
    const std::lock_guard lock(m_mutex);
    m_running.cancel();
    m_next = Pending{++m_generation, std::move(request), {}};
    m_wake.notify_all();
    return m_generation;
}

void ViewWorker::forget() {
    const std::lock_guard lock(m_mutex);
    m_running.cancel();
    m_next.reset();
    ++m_generation;
}

void ViewWorker::run() {
    for (;;) {
        Pending job;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stop || m_next; });
            if (m_stop) return;
            job = std::move(*m_next);
            m_next.reset();
            m_running = job.cancel;
        }
        serve(job);
    }
}

void ViewWorker::serve(const Pending& job) {
    const Result<ViewPicture> picture = m_renderer.render(job.request, job.cancel);
    if (job.cancel.isCancelled()) return;
    if (!picture) {
        deliver(job.generation, [this, job, error = picture.error()] { emit failed(job.generation, error); });
        return;
    }
    deliver(job.generation, [this, job, p = *picture] { emit ready(job.generation, p); });
    const Result<icc::GamutReport> report = m_renderer.gamut(job.request);
    if (report && !job.cancel.isCancelled())
        deliver(job.generation, [this, job, r = *report] { emit gamutReady(job.generation, r); });
}

/// In the window's thread, unless a newer request came meanwhile.
template <class Emit>
void ViewWorker::deliver(quint64 generation, Emit emitting) {
    QMetaObject::invokeMethod(
        this,
        [this, generation, emitting] {
            {
                const std::lock_guard lock(m_mutex);
                if (generation != m_generation) return;
            }
            emitting();
        },
        Qt::QueuedConnection);
}

}  // namespace contone::ui
