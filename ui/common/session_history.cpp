// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The desk as a project: every action a step, and back from each of them.
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/common/session.h"

namespace contone::ui {

void Session::take(const project::Line& line, PhotoEntry& entry) const {
    const auto* print = std::get_if<project::PhotoPrint>(&line.shows);
    if (!print) return;
    entry.copies = line.copies;
    entry.fit = print->choices.fit;
    entry.inks = print->choices.inks;
    entry.turn = print->choices.turn;
    entry.keepsFaces = false;
    entry.adjustments = print->choices.adjustments;
    entry.asSent = print->choices.asSent;
    const auto aspect = aspectFor(entry);
    const auto& crop = print->choices.crop;
    entry.orientation = PrintOrientation::AsPhoto;
    if (aspect && crop) {
        const image::PixelSize photo = image::turnedSize(entry.report->facts, entry.turn);
        const double seen = std::log(crop->width * photo.width / (crop->height * photo.height));
        const bool isAcross = std::abs(seen + std::log(*aspect)) + 1e-6 < std::abs(seen - std::log(*aspect));
        if (isAcross) entry.orientation = PrintOrientation::Across;
    }
    fitCrop(entry);
    if (crop) {
        entry.crop.show(*crop);
    } else {
        entry.crop.reset();
        keepFaces(entry);
    }
}

void Session::show(const project::Project& project) {
    const LineId current = photo() ? photo()->line : LineId();
    if (!project.lines().isEmpty())
        if (const auto product = m_catalog.product(project.lines()[0].product); product && m_product != *product) {
            m_product = *product;
            chooseTarget();
            emit targetsChanged();
        }
    std::vector<PhotoEntry> before = std::exchange(m_photos, {});
    project.lines().each([&](const project::Line& line) {
        const auto* print = std::get_if<project::PhotoPrint>(&line.shows);
        if (!print) return;
        const auto known = std::ranges::find(before, line.id, &PhotoEntry::line);
        m_photos.push_back(known != before.end() ? std::move(*known)
                                                 : PhotoEntry{.line = line.id, .file = print->file});
        take(line, m_photos.back());
        if (known == before.end()) look(m_photos.back().file);
    });
    const auto same = std::ranges::find(m_photos, current, &PhotoEntry::line);
    m_current = same != m_photos.end() ? int(same - m_photos.begin()) : std::min(m_current, int(m_photos.size()) - 1);
    if (m_current < 0 && !m_photos.empty()) m_current = 0;
    emit photosChanged();
    emit pageChanged();
}

void Session::restore(const project::Project& kept) {
    if (m_history.now().lines().isEmpty()) {
        m_history = project::History(kept);
    } else {
        project::Project both = kept;
        m_history.now().lines().each([&](const project::Line& line) {
            const auto* now = std::get_if<project::PhotoPrint>(&line.shows);
            const bool isThere = kept.lines().find([&](const project::Line& other) {
                const auto* print = std::get_if<project::PhotoPrint>(&other.shows);
                return now && print && print->file == now->file;
            }) < kept.lines().size();
            if (!isThere) both = both.added(line);
        });
        m_history = project::History(both);
    }
    show(m_history.now());
}

void Session::undo() {
    if (m_history.canUndo()) show(m_history.undo());
}

void Session::redo() {
    if (m_history.canRedo()) show(m_history.redo());
}

void Session::note(const std::string& action, const project::Project& project) {
    m_history.step(project, action);
}

void Session::note(const std::string& action) {
    note(action, m_history.now().with(lineOf(*photo(), m_product ? m_product->id : std::string())));
}

void Session::noteGoingOn(const std::string& action) {
    constexpr qint64 restMs = 1000;
    if (!m_sinceAction.isValid() || m_sinceAction.hasExpired(restMs)) m_history.rest();
    m_sinceAction.start();
    m_history.goOn(m_history.now().with(lineOf(*photo(), m_product ? m_product->id : std::string())), action);
}

}  // namespace contone::ui
