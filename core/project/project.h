// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Project: what a customer or an operator makes of photos before it is an order: a kiosk's cart, a studio's desk.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/id.h"
#include "core/base/sha256.h"
#include "core/layout/layout.h"
#include "core/order/photo_choices.h"
#include "core/project/shared_list.h"

namespace contone::project {

/// A photo and what is chosen for it.
struct PhotoPrint {
    static constexpr std::string_view kind = "photo";
    Sha256 original;   ///< in the shop's vault; none: not taken in yet
    std::string file;  ///< its name as it was brought, or where a studio finds it
    /// Adjustments of what is printed as sent, a crop of what is shown whole: kept for later, but not ordered.
    order::PhotoChoices choices;
    bool operator==(const PhotoPrint&) const = default;
};

/// Photos in a design.
struct DesignedPrint {
    static constexpr std::string_view kind = "design";
    std::string templateId;                    ///< what `layout` was made of; empty: nobody knows
    std::map<std::string, std::string> texts;  ///< that a person wrote, by TemplateText::id
    std::vector<PhotoPrint> photos;            ///< in the order of the layout
    layout::Layout layout;
    bool operator==(const DesignedPrint&) const = default;
};

/// One product, some copies. A photo may be in several lines.
struct Line {
    LineId id;  ///< stays as long as the line does
    std::string product;
    int copies = 1;  ///< 1…999
    std::variant<PhotoPrint, DesignedPrint> shows;
    bool operator==(const Line&) const = default;
};

/// A value: changing it makes another one, which shares what is the same.
class Project {
  public:
    static constexpr std::size_t mostLines = 5000;

    const SharedList<Line>& lines() const { return m_lines; }
    /// Null when there is no such line. Lives as long as this project.
    const Line* line(LineId id) const;
    [[nodiscard]] Project added(Line line) const { return Project(m_lines.inserted(m_lines.size(), std::move(line))); }
    /// In the place of the line of this id; unchanged when there is none.
    [[nodiscard]] Project with(Line line) const;
    [[nodiscard]] Project without(LineId id) const;
    /// `to`: its index among the other lines, at most their number.
    [[nodiscard]] Project moved(LineId id, std::size_t to) const;
    bool operator==(const Project&) const = default;

    Project() = default;

  private:
    explicit Project(SharedList<Line> lines) : m_lines(std::move(lines)) {}
    std::size_t indexOf(LineId id) const;
    SharedList<Line> m_lines;
};

/// All photos that are in the vault; each once.
std::set<Sha256> originalsOf(const Project& project);

/// One line of JSON.
std::string toJson(const Project& project);
/// What toJson() wrote. Fails: Corrupt "project-damaged".
Result<Project> projectFromJson(std::string_view json);

}  // namespace contone::project
