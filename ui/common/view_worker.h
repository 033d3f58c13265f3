// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ViewWorker: renders views on its own thread; the newest request wins.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include <QObject>

#include "ui/common/view_renderer.h"

namespace contone::ui {

/// Lives in the window's thread; signals arrive there. A request replaces the one before it: that one is cancelled and
/// never answered. The gamut report follows when no newer request came.
class ViewWorker : public QObject {
    Q_OBJECT
  public:
    ViewWorker(Path tableCache, int threads, QObject* parent = nullptr);
    ~ViewWorker() override;
    /// Returns the request's generation: 1, 2, …
    quint64 request(ViewRequest request);
    /// Nothing is wanted any more: what is on its way will not arrive.
    void forget();

  signals:
    void ready(quint64 generation, const contone::ui::ViewPicture& picture);
    void failed(quint64 generation, const contone::Error& error);
    void gamutReady(quint64 generation, const contone::icc::GamutReport& report);

  private:
    struct Pending {
        quint64 generation = 0;
        ViewRequest request;
        CancelToken cancel;
    };
    void run();
    void serve(const Pending& job);
    template <class Emit>
    void deliver(quint64 generation, Emit emitting);

    ViewRenderer m_renderer;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stop = false;
    std::optional<Pending> m_next;
    CancelToken m_running;
    quint64 m_generation = 0;
    std::thread m_thread;
};

}  // namespace contone::ui
