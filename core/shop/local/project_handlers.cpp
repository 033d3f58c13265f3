// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Projects: kept while people work on them, and the one way from a project to an order.
#include "core/shop/local/handlers_p.h"

namespace contone::shop {
namespace {

/// As it is ordered: without choices that rest.
order::PhotoChoices orderedChoices(const project::PhotoPrint& photo) {
    order::PhotoChoices choices = photo.choices;
    if (choices.asSent) choices.adjustments = {};
    if (choices.fit == order::Fit::Whole) choices.crop.reset();
    return choices;
}

struct ToLine {
    NewLine& line;
    void operator()(const project::PhotoPrint& photo) const {
        line.original = photo.original;
        line.fileName = Path(photo.file).filename().string();
        line.choices = orderedChoices(photo);
    }
    void operator()(const project::DesignedPrint& design) const {
        line.design = NewDesign{design.layout, {}};
        for (const project::PhotoPrint& photo : design.photos) {
            line.design->photos.push_back({photo.original, orderedChoices(photo)});
            line.fileName += (line.fileName.empty() ? "" : ", ") + Path(photo.file).filename().string();
        }
    }
};

Result<project::Project> projectOf(const std::vector<project::Line>& lines) {
    if (lines.size() > project::Project::mostLines)
        return fail(Code::Invalid, "project-too-large", "These are too many photos at once. Make two orders of them.",
                    std::to_string(lines.size()));
    project::Project project;
    std::set<LineId> ids;
    for (const project::Line& line : lines) {
        if (line.id.isNil() || !ids.insert(line.id).second)
            return fail(Code::Invalid, "project-lines", "Each line of a project has an id of its own.",
                        line.id.toString());
        project::Line checked = line;
        if (auto* design = std::get_if<project::DesignedPrint>(&checked.shows)) {
            CONTONE_TRY(design->layout, layout::checked(std::move(design->layout)));
        }
        project = project.added(std::move(checked));
    }
    return project;
}

}  // namespace

Result<ProjectVersion> Handlers::handle(const SaveProject& asked, const Asking& by) {
    CONTONE_TRY(const project::Project project, projectOf(asked.lines));
    CONTONE_TRY(const int version, m_parts.projects.saveProject(asked.project, asked.version, project, by.actor));
    CONTONE_TRY(const order::Order draft, m_parts.orders.order(orderOf(asked.project)));
    return ProjectVersion{version, draft.code.toString()};
}

Result<ProjectLines> Handlers::handle(const ShowProject& asked, const Asking&) {
    CONTONE_TRY(const project::KeptProject kept, m_parts.projects.project(asked.project));
    ProjectLines lines{kept.id, kept.version, kept.changedAt, {}};
    kept.project.lines().each([&](const project::Line& line) { lines.lines.push_back(line); });
    return lines;
}

Result<Page<project::ProjectSummary>> Handlers::handle(const ListProjects& asked, const Asking&) {
    CONTONE_TRY(auto projects, m_parts.projects.projects(asked.limit + 1, asked.after));
    return pageOf(std::move(projects), asked.limit);
}

Result<Nothing> Handlers::handle(const EraseProject& asked, const Asking& by) {
    const auto erased = m_parts.projects.eraseProject(asked.project, by.actor);
    if (!erased && erased.error().reason != "store-busy") return std::unexpected(erased.error());
    CONTONE_CHECK(finishErasures());
    if (!erased) return std::unexpected(erased.error());
    return Nothing{};
}

Result<order::Order> Handlers::handle(const OrderProject& asked, const Asking& by) {
    CONTONE_TRY(const project::KeptProject kept, m_parts.projects.project(asked.project));
    if (kept.version != asked.version)
        return fail(Code::Conflict, "project-changed",
                    "These photos and choices were changed in another window. Look at them again.",
                    std::to_string(kept.version) + ", not " + std::to_string(asked.version));
    PlaceOrder wanted{
        .customerName = asked.customerName, .customerPhone = asked.customerPhone, .expected = asked.expected};
    kept.project.lines().each([&](const project::Line& line) {
        NewLine& made = wanted.lines.emplace_back();
        made.product = line.product;
        made.copies = line.copies;
        std::visit(ToLine{made}, line.shows);
    });
    const std::lock_guard lock(m_originals);
    CONTONE_TRY(const AcceptedOrder accepted, accept(wanted, by));
    auto placed = m_parts.projects.placeProject(asked.project, asked.version, accepted.lines, accepted.price,
                                                accepted.customer, by.actor);
    if (placed) noteInIndex(placed->id);
    return placed;
}

}  // namespace contone::shop
