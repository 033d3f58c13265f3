// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ViewWorker: renders views on its own thread; the newest request wins.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include <QObject>

#include "core/view/generations.h"
#include "ui/common/view_renderer.h"

namespace contone::ui {

/// Lives in the window's thread; signals arrive there. A request replaces the one that waits. What is being rendered is
/// finished and shown when it is the same page with another crop (a drag shall be seen while it lasts); anything else
/// is cancelled and never answered. The gamut report follows once no newer request came for a moment.
class ViewWorker : public QObject {
    Q_OBJECT
  public:
    /// `decoder` outlives it.
    ViewWorker(decode::Decoder& decoder, Path tableCache, int threads, render::OpenLook looks = {},
               QObject* parent = nullptr);
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
    bool staysNewest(const Pending& job);
    template <class Emit>
    void deliver(quint64 generation, Emit emitting);

    ViewRenderer m_renderer;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stop = false;
    std::optional<Pending> m_next;
    Pending m_running;
    view::Generations m_generations;
    std::thread m_thread;
};

}  // namespace contone::ui
