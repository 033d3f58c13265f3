// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// History: every state of a project, back and forth.
#pragma once

#include <string>
#include <vector>

#include "core/project/project.h"

namespace contone::project {

/// Without a limit: a step costs some kilobytes (SharedList). One thread.
class History {
  public:
    History() : m_steps{{}} {}
    explicit History(Project from) : m_steps{{std::move(from), {}}} {}

    const Project& now() const { return m_steps[m_at].project; }
    /// A step forward; what was undone is gone. `what`: which action it was, a word that does not change ("crop"). No
    /// step when it is what there is now.
    void step(Project to, std::string what);
    /// The action goes on, as a slider does under a finger: the last step takes this as its end, if it was the same
    /// `what` and nothing was undone since; else it is a step.
    void goOn(Project to, std::string what);
    /// The action has ended: the next goOn() is a step.
    void rest() { m_mayGoOn = false; }

    bool canUndo() const { return m_at > 0; }
    bool canRedo() const { return m_at + 1 < m_steps.size(); }
    /// Which action undo() or redo() would take back or do again; empty when none.
    std::string undone() const { return canUndo() ? m_steps[m_at].what : std::string(); }
    std::string redone() const { return canRedo() ? m_steps[m_at + 1].what : std::string(); }
    const Project& undo();
    const Project& redo();

  private:
    struct Step {
        Project project;
        std::string what;
    };
    std::vector<Step> m_steps;  ///< at least one
    std::size_t m_at = 0;
    bool m_mayGoOn = false;
};

}  // namespace contone::project
