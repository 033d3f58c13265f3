// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One thread asks the shop; the newest project waits for it.
#include "ui/common/desk_keeper.h"

#include <chrono>
#include <future>
#include <utility>

#include <QMetaObject>

#include "core/base/file.h"

namespace contone::ui {

DeskKeeper::DeskKeeper(Session& session, std::shared_ptr<shop::Shop> shop, Path nameFile, QObject* parent)
    : QObject(parent), m_session(session), m_shop(std::move(shop)), m_nameFile(std::move(nameFile)) {
    constexpr int moreActionsMs = 200;  // a drag is not a transaction a pixel
    m_soon.setSingleShot(true);
    m_soon.setInterval(moreActionsMs);
    connect(&m_soon, &QTimer::timeout, this, &DeskKeeper::keepNow);
}

DeskKeeper::~DeskKeeper() {
    finish();
}

void DeskKeeper::start() {
    if (!m_shop) return;
    connect(&m_session, &Session::photosChanged, this, &DeskKeeper::keep);
    connect(&m_session, &Session::pageChanged, this, &DeskKeeper::keep);
    read();
}

void DeskKeeper::read() {
    m_saving.add([this] {
        auto kept = readKept();
        QMetaObject::invokeMethod(this, [this, kept = std::move(kept)] { found(kept); }, Qt::QueuedConnection);
    });
}

Result<shop::ProjectLines> DeskKeeper::readKept() {
    const auto text = readTextFile(m_nameFile, 100);
    if (!text && text.error().code != Code::NotFound) return std::unexpected(text.error());
    const auto id = project::ProjectId::parse(text ? text->substr(0, text->find('\n')) : std::string());
    m_id = id ? *id : project::ProjectId::generate(SystemClock());
    if (!id) CONTONE_CHECK(writeFileDurably(m_nameFile, m_id.toString() + "\n"));
    auto kept = m_shop->ask(shop::ShowProject{m_id});
    if (!kept && kept.error().reason == "project-unknown") return shop::ProjectLines{m_id, 0, {}, {}};
    return kept;
}

void DeskKeeper::found(const Result<shop::ProjectLines>& kept) {
    if (!kept) {
        constexpr int againMs = 5000;
        QTimer::singleShot(againMs, this, &DeskKeeper::read);
        emit refused(kept.error());
        return;
    }
    m_version = kept->version;
    project::Project project;
    for (const project::Line& line : kept->lines) project = project.added(line);
    m_noted = project;
    m_isKeeping = true;
    if (!project.lines().isEmpty()) m_session.restore(project);
    keep();  // what was done meanwhile
    emit ready();
}

void DeskKeeper::keep() {
    if (m_isKeeping && !m_soon.isActive()) m_soon.start();
}

void DeskKeeper::keepNow() {
    const project::Project& now = m_session.history().now();
    if (!m_isKeeping || now == m_noted) return;
    m_noted = now;
    const std::lock_guard lock(m_mutex);
    if (!std::exchange(m_toSave, now)) m_saving.add([this] { saveNewest(); });
}

void DeskKeeper::saveNewest() {
    std::optional<project::Project> project;
    {
        const std::lock_guard lock(m_mutex);
        project = std::exchange(m_toSave, std::nullopt);
    }
    if (!project) return;
    shop::SaveProject save{m_id, m_version, {}};
    project->lines().each([&](const project::Line& line) { save.lines.push_back(line); });
    auto saved = m_shop->ask(save);
    if (!saved && saved.error().reason == "project-changed" && tookTheLastAfterAll()) {
        save.version = ++m_version;
        saved = m_shop->ask(save);
    }
    m_tried = std::move(save.lines);
    if (saved)
        m_version = saved->version;
    else
        QMetaObject::invokeMethod(
            this,
            [this, error = saved.error()] {
                m_isKeeping = m_isKeeping && error.reason != "project-changed";
                m_noted = {};  // the next action tries again
                emit refused(error);
            },
            Qt::QueuedConnection);
}

// An answer may be lost although the shop saved what was asked.
bool DeskKeeper::tookTheLastAfterAll() {
    const auto kept = m_shop->ask(shop::ShowProject{m_id});
    return kept && kept->version == m_version + 1 && kept->lines == m_tried;
}

void DeskKeeper::finish() {
    constexpr auto patience = std::chrono::seconds(3);  // a window closes, whatever the shop does
    keepNow();
    const auto done = std::make_shared<std::promise<void>>();
    m_saving.add([done] { done->set_value(); });
    done->get_future().wait_for(patience);
}

}  // namespace contone::ui
