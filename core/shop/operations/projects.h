// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Projects: what people work on before it is an order.
#pragma once

#include "core/project/project_fields.h"
#include "core/project/project_store.h"
#include "core/shop/operation_terms.h"
#include "core/shop/values.h"

namespace contone::project {

constexpr auto fieldsOf(std::type_identity<ProjectSummary>) {
    return json::list(json::field("id", &ProjectSummary::id), json::field("version", &ProjectSummary::version),
                      json::field("changedAtMs", &ProjectSummary::changedAt),
                      json::field("lines", &ProjectSummary::lines), json::field("prints", &ProjectSummary::prints));
}

}  // namespace contone::project

namespace contone::shop {

struct ProjectVersion {
    int version = 0;
    std::string code;  ///< of the order that it becomes: the customer may have it from now on
    bool operator==(const ProjectVersion&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("version", &ProjectVersion::version), json::field("code", &ProjectVersion::code));
    }
};

struct ProjectLines {
    project::ProjectId project;
    int version = 0;
    Instant changedAt;
    std::vector<project::Line> lines;
    bool operator==(const ProjectLines&) const = default;
    static constexpr auto fields() {
        return json::list(
            json::field("project", &ProjectLines::project), json::field("version", &ProjectLines::version),
            json::field("changedAtMs", &ProjectLines::changedAt), json::field("lines", &ProjectLines::lines));
    }
};

/// "project-changed": somebody else saved it since; nothing is kept of what was asked.
struct SaveProject {
    using Answer = ProjectVersion;
    static constexpr OperationTerms terms{
        .name = "save-project",
        .does =
            "Keeps what somebody is working on, as it is now. Whatever happens to a machine, it is there as it was "
            "answered last.",
        .answer = "ProjectVersion",
        .fails = "project-changed, project-too-large, project-lines, bad-copies, bad-layout",
        .role = Role::Customer,
        .largestBody = std::size_t{16} << 20};
    project::ProjectId project;        ///< the asker's own, made anew for a new project
    int version = 0;                   ///< that it takes the place of; 0: it is new
    std::vector<project::Line> lines;  ///< at most project::Project::mostLines
    static constexpr auto fields() {
        return json::list(json::field("project", &SaveProject::project), json::field("version", &SaveProject::version),
                          json::field("lines", &SaveProject::lines));
    }
};

struct ShowProject {
    using Answer = ProjectLines;
    static constexpr OperationTerms terms{.name = "show-project",
                                          .does = "Shows a project as it was saved last.",
                                          .answer = "ProjectLines",
                                          .fails = "project-unknown",
                                          .role = Role::Customer,
                                          .effect = Effect::Reads};
    project::ProjectId project;
    static constexpr auto fields() { return json::list(json::field("project", &ShowProject::project)); }
};

struct ListProjects {
    using Answer = Page<project::ProjectSummary>;
    static constexpr OperationTerms terms{.name = "list-projects",
                                          .does = "Lists projects, the last changed first.",
                                          .answer = "Page of ProjectSummary",
                                          .fails = "project-unknown, bad-limit",
                                          .effect = Effect::Reads};
    std::optional<project::ProjectId> after;
    int limit = 100;
    static constexpr auto fields() {
        return json::list(json::field("after", &ListProjects::after),
                          json::field("limit", &ListProjects::limit, pageLimit, json::Absent::KeepsDefault));
    }
};

struct EraseProject {
    using Answer = Nothing;
    static constexpr OperationTerms terms{.name = "erase-project",
                                          .does = "Erases a project for good. Twice is fine.",
                                          .answer = "nothing",
                                          .fails = "",
                                          .role = Role::Customer};
    project::ProjectId project;
    static constexpr auto fields() { return json::list(json::field("project", &EraseProject::project)); }
};

struct OrderProject {
    using Answer = order::Order;
    static constexpr OperationTerms terms{
        .name = "order-project",
        .does = "Places an order of all that a project has; the project is gone then, so that it is ordered once.",
        .answer = "Order, with its number",
        .fails = "project-unknown, project-changed, and as place-order",
        .role = Role::Customer};
    project::ProjectId project;
    int version = 0;                     ///< that the person saw
    std::string customerName;            ///< personal, erasable; may be empty
    std::string customerPhone = {};      ///< as of place-order
    std::optional<Money> expected = {};  ///< as of place-order
    static constexpr auto fields() {
        return json::list(json::field("project", &OrderProject::project),
                          json::field("version", &OrderProject::version),
                          json::field("customerName", &OrderProject::customerName, json::Absent::KeepsDefault),
                          json::field("customerPhone", &OrderProject::customerPhone, json::Absent::KeepsDefault),
                          json::field("expected", &OrderProject::expected));
    }
};

}  // namespace contone::shop
