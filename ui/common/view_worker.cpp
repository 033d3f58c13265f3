// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One thread, one place for the next request.
#include "ui/common/view_worker.h"

#include <QMetaObject>

namespace contone::ui {
namespace {

/// Only the crop differs.
bool isSamePage(const ViewRequest& a, const ViewRequest& b) {
    return a.file == b.file && a.view == b.view && a.simulate == b.simulate &&
           a.page.plan.raster == b.page.plan.raster && a.page.plan.turn == b.page.plan.turn && a.output == b.output &&
           a.monitor == b.monitor && a.page.recipe.intent == b.page.recipe.intent &&
           a.page.recipe.blackPoint == b.page.recipe.blackPoint && a.page.recipe.sharpening == b.page.recipe.sharpening;
}

}  // namespace

ViewWorker::ViewWorker(decode::Decoder& decoder, Path tableCache, int threads, render::OpenLook looks, QObject* parent)
    : QObject(parent),
      m_renderer(decoder, std::move(tableCache), threads, std::move(looks)),
      m_thread([this] { run(); }) {}

ViewWorker::~ViewWorker() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
        m_generations.forget();
    }
    m_wake.notify_all();
    m_thread.join();
}

quint64 ViewWorker::request(ViewRequest request) {
    const std::lock_guard lock(m_mutex);
    const ViewRequest& before = m_next ? m_next->request : m_running.request;
    const quint64 generation =
        m_generations.next(isSamePage(before, request) ? view::Supersede::LetFinish : view::Supersede::Cancel);
    m_next = Pending{generation, std::move(request), {}};
    m_wake.notify_all();
    return generation;
}

void ViewWorker::forget() {
    const std::lock_guard lock(m_mutex);
    m_generations.forget();
    m_next.reset();
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
            job.cancel = m_generations.begin(job.generation);
            m_running = job;
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
    if (!staysNewest(job)) return;
    const Result<icc::GamutReport> report = m_renderer.gamut(job.request);
    if (report && !job.cancel.isCancelled())
        deliver(job.generation, [this, job, r = *report] { emit gamutReady(job.generation, r); });
}

bool ViewWorker::staysNewest(const Pending& job) {
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, view::restBeforeSettled, [&] { return m_stop || !m_generations.isNewest(job.generation); });
    return !m_stop && m_generations.isNewest(job.generation);
}

/// In the window's thread, unless something else is wanted there by now.
template <class Emit>
void ViewWorker::deliver(quint64 generation, Emit emitting) {
    QMetaObject::invokeMethod(
        this,
        [this, generation, emitting] {
            if (m_generations.isWanted(generation)) emitting();
        },
        Qt::QueuedConnection);
}

}  // namespace contone::ui
