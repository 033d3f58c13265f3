// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ProjectStore: where projects are kept while people work on them, so that a kill or a power cut loses no action.
#pragma once

#include "core/order/order.h"
#include "core/project/project.h"

namespace contone::project {

using ProjectId = Id<struct ProjectTag>;

struct KeptProject {
    ProjectId id;
    int version = 0;  ///< grows with each save
    Instant changedAt;
    Project project;
};

struct ProjectSummary {
    ProjectId id;
    int version = 0;
    Instant changedAt;
    int lines = 0, prints = 0;
    bool operator==(const ProjectSummary&) const = default;
};

/// Each call is one committed transaction. Thread-safe. No events: projects are people's own, and gone when they are
/// ordered or erased.
class ProjectStore {
  public:
    virtual ~ProjectStore() = default;
    /// In place of the version that is kept; 0: there is none. Answers the new one.
    /// Fails: Conflict "project-changed" when another is kept.
    virtual Result<int> saveProject(ProjectId id, int version, const Project& project) = 0;
    virtual Result<KeptProject> project(ProjectId id) const = 0;  ///< NotFound "project-unknown"
    /// The last changed first; with `after` those behind it. Fails: NotFound "project-unknown".
    virtual Result<std::vector<ProjectSummary>> projects(int limit, std::optional<ProjectId> after = {}) const = 0;
    /// Twice is fine.
    virtual Result<void> eraseProject(ProjectId id) = 0;
    /// As OrderStore::place, and the project is gone: it cannot be ordered twice. Fails also: NotFound
    /// "project-unknown", Conflict "project-changed".
    virtual Result<order::Order> placeProject(ProjectId id, int version, const std::vector<order::OrderLine>& lines,
                                              const order::Customer& customer, const std::string& actor,
                                              const std::optional<Money>& total = {}) = 0;
};

}  // namespace contone::project
