// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// DeskKeeper: keeps the desk with the shop after each action, and puts it back when the studio starts again.
#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include <QObject>
#include <QTimer>

#include "core/project/project_store.h"
#include "core/shop/shop.h"
#include "ui/common/session.h"
#include "ui/common/task_queue.h"

namespace contone::ui {

/// Without a shop it does nothing. What is saved is always the newest; actions that follow quickly are saved together.
/// When it is destroyed, what was done last is saved first.
class DeskKeeper : public QObject {
    Q_OBJECT
  public:
    /// `nameFile`: has the desk's id; made at the first start. The session outlives it.
    DeskKeeper(Session& session, std::shared_ptr<shop::Shop> shop, Path nameFile, QObject* parent = nullptr);
    ~DeskKeeper() override;
    /// Looks for what was kept: it comes back beside what is on the desk by then. Actions are kept from then on.
    void start();
    /// Waits until all that was done is with the shop, or could not be brought there.
    void finish();

  signals:
    void ready();  ///< what was kept is on the desk, or there is none
    /// Nothing is kept from now on, since another studio works on the same desk, or the shop does not answer.
    void refused(const contone::Error& error);

  private:
    void read();
    Result<shop::ProjectLines> readKept();
    void found(const Result<shop::ProjectLines>& kept);
    void keep();
    void keepNow();
    void saveNewest();
    bool tookTheLastAfterAll();

    Session& m_session;
    std::shared_ptr<shop::Shop> m_shop;
    Path m_nameFile;
    project::ProjectId m_id;   ///< set before anything is saved
    bool m_isKeeping = false;  ///< the window's thread
    project::Project m_noted;  ///< the newest that was asked to be saved
    QTimer m_soon;
    std::mutex m_mutex;  ///< of what follows
    std::optional<project::Project> m_toSave;
    int m_version = 0;
    std::vector<project::Line> m_tried;  ///< what was asked to be saved last; the saving thread's
    TaskQueue m_saving;
};

}  // namespace contone::ui
