// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Lines by id, and projects as JSON.
#include "core/project/project.h"

#include <algorithm>

#include "core/project/project_fields.h"

namespace contone::project {
namespace {

/// How a project is kept.
struct Kept {
    static constexpr int format = 1;
    int madeBy = format;
    std::vector<Line> lines;
    static constexpr auto fields() {
        return json::list(json::field("format", &Kept::madeBy), json::field("lines", &Kept::lines));
    }
};

std::unexpected<Error> damaged(std::string detail) {
    return fail(Code::Corrupt, "project-damaged", "These photos and choices cannot be read any more. Begin anew.",
                std::move(detail));
}

}  // namespace

std::size_t Project::indexOf(LineId id) const {
    return m_lines.find([id](const Line& line) { return line.id == id; });
}

const Line* Project::line(LineId id) const {
    const std::size_t index = indexOf(id);
    return index < m_lines.size() ? &m_lines[index] : nullptr;
}

Project Project::with(Line line) const {
    const std::size_t index = indexOf(line.id);
    return index < m_lines.size() ? Project(m_lines.with(index, std::move(line))) : *this;
}

Project Project::without(LineId id) const {
    const std::size_t index = indexOf(id);
    return index < m_lines.size() ? Project(m_lines.erased(index)) : *this;
}

Project Project::moved(LineId id, std::size_t to) const {
    const std::size_t index = indexOf(id);
    if (index == m_lines.size()) return *this;
    const SharedList<Line> others = m_lines.erased(index);
    return Project(others.inserted(std::min(to, others.size()), m_lines[index]));
}

std::set<Sha256> originalsOf(const Project& project) {
    std::set<Sha256> originals;
    const auto add = [&](const PhotoPrint& photo) {
        if (!photo.original.isNone()) originals.insert(photo.original);
    };
    project.lines().each([&](const Line& line) {
        if (const auto* photo = std::get_if<PhotoPrint>(&line.shows)) add(*photo);
        if (const auto* design = std::get_if<DesignedPrint>(&line.shows))
            for (const PhotoPrint& photo : design->photos) add(photo);
    });
    return originals;
}

std::string toJson(const Project& project) {
    Kept kept;
    project.lines().each([&](const Line& line) { kept.lines.push_back(line); });
    return json::write(kept);
}

Result<Project> projectFromJson(std::string_view text) {
    const auto kept = json::read<Kept>(text);
    if (!kept) return damaged(kept.error().detail);
    if (kept->madeBy > Kept::format)
        return fail(Code::Unsupported, "project-newer",
                    "These photos and choices were kept by a newer Contone. Update this one.");
    if (kept->lines.size() > Project::mostLines) return damaged("lines");
    Project project;
    for (const Line& line : kept->lines) {
        if (const auto good = json::checkRanges(line); !good) return damaged(good.error().detail);
        Line checked = line;
        if (auto* design = std::get_if<DesignedPrint>(&checked.shows)) {
            auto layout = layout::checked(std::move(design->layout));
            if (!layout) return damaged(layout.error().detail);
            design->layout = *std::move(layout);
        }
        if (project.line(checked.id) != nullptr) return damaged("two lines of one id");
        project = project.added(std::move(checked));
    }
    return project;
}

}  // namespace contone::project
