// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Rows, their words, and which of them wait for a person.
#include "ui/common/sheet_list.h"

#include <algorithm>

#include "ui/common/words.h"

namespace contone::ui {
namespace {

bool sameRows(const std::vector<print::Sheet>& a, const std::vector<print::Sheet>& b) {
    return std::ranges::equal(a, b, {}, &print::Sheet::id, &print::Sheet::id);
}

}  // namespace

void SheetList::setSheets(std::vector<print::Sheet> sheets) {
    if (!sameRows(m_sheets, sheets)) {
        beginResetModel();
        m_sheets = std::move(sheets);
        endResetModel();
        return;
    }
    for (std::size_t i = 0; i < sheets.size(); i++) {
        if (m_sheets[i] == sheets[i]) continue;
        m_sheets[i] = sheets[i];
        const QModelIndex at = index(int(i));
        emit dataChanged(at, at);
    }
}

const print::Sheet* SheetList::sheet(const QModelIndex& index) const {
    const bool known = index.isValid() && index.row() < int(m_sheets.size());
    return known ? &m_sheets[std::size_t(index.row())] : nullptr;
}

const print::Sheet* SheetList::inQuestion() const {
    const auto at = std::ranges::find(m_sheets, print::SheetState::Unknown, &print::Sheet::state);
    return at == m_sheets.end() ? nullptr : &*at;
}

bool SheetList::allOut() const {
    const auto unfinished = [](const print::Sheet& s) { return !print::isFinal(s.state); };
    return !m_sheets.empty() && wasted() < 0 && std::ranges::none_of(m_sheets, unfinished);
}

int SheetList::wasted() const {
    for (std::size_t i = 0; i < m_sheets.size(); i++) {
        const print::Sheet& s = m_sheets[i];
        if (s.state != print::SheetState::Spoiled && s.state != print::SheetState::Cancelled) continue;
        const bool again = std::ranges::any_of(m_sheets, [&](const print::Sheet& o) { return o.reprintOf == s.id; });
        if (!again) return int(i);
    }
    return -1;
}

QString SheetList::summary() const {
    if (m_sheets.empty()) return {};
    const auto out = std::ranges::count(m_sheets, print::SheetState::Out, &print::Sheet::state);
    return tr("%1 of %2 in the tray").arg(out).arg(m_sheets.size());
}

int SheetList::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_sheets.size());
}

QVariant SheetList::data(const QModelIndex& index, int role) const {
    const print::Sheet* s = sheet(index);
    if (!s) return {};
    const QString name =
        s->reprintOf ? tr("Sheet %1 (again)").arg(index.row() + 1) : tr("Sheet %1").arg(index.row() + 1);
    switch (role) {
        case Qt::DisplayRole:
            return name;
        case Qt::AccessibleTextRole:
            return tr("%1: %2").arg(name, words::state(s->state));
        case Qt::ToolTipRole:
            return words::tip(words::text(s->message));
        case MessageRole:
            return words::text(s->message);
        case StateRole:
            return words::state(s->state);
        case TimeRole:
            return words::time(s->changedAt);
        case QuestionRole:
            return s->state == print::SheetState::Unknown;
        case FinalRole:
            return print::isFinal(s->state);
        default:
            return {};
    }
}

}  // namespace contone::ui
