// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Steps, one behind the other.
#include "core/project/history.h"

namespace contone::project {

void History::step(Project to, std::string what) {
    m_mayGoOn = false;
    if (to == now()) return;
    m_steps.resize(m_at + 1);
    m_steps.push_back({std::move(to), std::move(what)});
    m_at++;
}

void History::goOn(Project to, std::string what) {
    if (m_mayGoOn && canUndo() && !canRedo() && m_steps[m_at].what == what) {
        m_steps[m_at].project = std::move(to);
        return;
    }
    step(std::move(to), std::move(what));
    m_mayGoOn = true;
}

const Project& History::undo() {
    m_mayGoOn = false;
    if (canUndo()) m_at--;
    return now();
}

const Project& History::redo() {
    m_mayGoOn = false;
    if (canRedo()) m_at++;
    return now();
}

}  // namespace contone::project
