// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Checks what is asked, parts prints by owner, has each part searched, and says where everything lies on the paper.
#include "core/layout/nesting.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "core/layout/nesting_search_p.h"

namespace contone::layout {
namespace {

constexpr Length shortest = millimetres(1), longestSide = millimetres(20'000), widestGap = millimetres(1000);
constexpr int mostTries = 100'000;

bool isSide(Length length) {
    return length >= shortest && length <= longestSide;
}

std::string inMm(Length length) {
    return fmt::format("{:g}", length.mm());
}
std::string inMm(const PaperSize& size) {
    return inMm(size.width) + " × " + inMm(size.height) + " mm";
}

/// What may be printed on, grown by one gap: so a print with its gap fits where the print alone does.
struct Usable {
    Length width, length;  ///< length 0: endless
};

Result<Usable> usableOf(const Medium& m) {
    const bool isEndless = m.form == Form::Roll && m.length == Length();
    const auto isMargin = [](Length margin) { return margin >= Length() && margin <= longestSide; };
    const bool hasEdges = isMargin(m.margins.left) && isMargin(m.margins.top) && isMargin(m.margins.right) &&
                          isMargin(m.margins.bottom) && m.gap >= Length() && m.gap <= widestGap;
    if (!isSide(m.width) || !(isEndless || isSide(m.length)) || !hasEdges)
        return fail(Code::Invalid, "medium-size",
                    "Paper is 1 mm to 20 m a side, and its margins and gaps are not negative. Correct them.");
    const Usable usable{m.width - m.margins.left - m.margins.right,
                        isEndless ? Length() : m.length - m.margins.top - m.margins.bottom};
    if (!isSide(usable.width) || !(isEndless || isSide(usable.length)))
        return fail(Code::Invalid, "medium-size", "The margins leave nothing of the paper. Make them smaller.");
    return Usable{usable.width + m.gap, isEndless ? Length() : usable.length + m.gap};
}

bool fits(const Usable& usable, Length width, Length length) {
    return width <= usable.width && (usable.length == Length() || length <= usable.length);
}

std::optional<Error> whyLeftOut(const Print& print, const Medium& medium, const Usable& usable) {
    if (!isSide(print.size.width) || !isSide(print.size.height))
        return Error{Code::Invalid, "print-size", "A print is 1 mm to 20 m a side. Correct its size.", {}};
    const Length width = print.size.width + medium.gap, height = print.size.height + medium.gap;
    if (fits(usable, width, height)) return std::nullopt;
    const bool fitsTurned = fits(usable, height, width);
    if (print.turning == Turning::Allowed && fitsTurned) return std::nullopt;
    const std::string paper = usable.length == Length() ? "a roll " + inMm(usable.width - medium.gap) + " mm wide"
                                                        : inMm({usable.width - medium.gap, usable.length - medium.gap});
    return Error{Code::Invalid,
                 "print-too-large",
                 "A print of " + inMm(print.size) + " does not fit on " + paper +
                     (fitsTurned ? ". Allow that it is turned." : ". Choose larger paper or a smaller print."),
                 {}};
}

/// Prints of one owner, and the rest of what is known of them.
struct Part {
    std::string owner;
    std::vector<Piece> pieces;
};

std::vector<Part> partsOf(const std::vector<Print>& prints, const Medium& medium, const Usable& usable, Owners owners,
                          std::vector<LeftOut>& leftOut) {
    std::vector<Part> parts;
    std::map<std::string, std::size_t> partOf;
    for (std::size_t i = 0; i < prints.size(); ++i) {
        if (auto why = whyLeftOut(prints[i], medium, usable)) {
            leftOut.push_back({i, std::move(*why)});
            continue;
        }
        const std::string owner = owners == Owners::Apart ? prints[i].owner : std::string();
        const auto [at, isNew] = partOf.try_emplace(owner, parts.size());
        if (isNew) parts.push_back({owner, {}});
        parts[at->second].pieces.push_back({(prints[i].size.width + medium.gap).um(),
                                            (prints[i].size.height + medium.gap).um(), prints[i].turning, i});
    }
    return parts;
}

NestedSheet sheetOf(const Part& part, const Filled& filled, const Medium& medium) {
    NestedSheet sheet{part.owner, medium.length, {}, {}};
    for (const Laid& laid : filled.laid) {
        const Box box{medium.margins.left + Length::micrometres(laid.at.x),
                      medium.margins.top + Length::micrometres(laid.at.y),
                      {Length::micrometres(laid.at.w) - medium.gap, Length::micrometres(laid.at.h) - medium.gap}};
        sheet.places.push_back({part.pieces[laid.piece].print, box, laid.turned});
        sheet.used = std::max(sheet.used, box.bottom() + medium.margins.bottom);
    }
    std::ranges::sort(sheet.places, {}, [](const Place& p) { return std::pair(p.box.top, p.box.left); });
    if (medium.form == Form::Roll) sheet.length = sheet.used;
    return sheet;
}

Result<std::vector<Filled>> search(const Part& part, const Medium& medium, const Usable& usable,
                                   const NestingEffort& effort, const CancelToken& cancel) {
    NestingSearch searching(part.pieces, usable.width.um(), medium.cutting, effort, cancel);
    if (usable.length == Length()) {
        CONTONE_TRY(Filled section, searching.onRoll());
        return std::vector{std::move(section)};
    }
    CONTONE_TRY(std::vector<Filled> sheets, searching.onSheets(usable.length.um()));
    // A section ends where its prints do; of sheets, only the rest of the last can be of use.
    for (std::size_t i = medium.form == Form::Roll ? 0 : sheets.size() - 1; i < sheets.size(); ++i) {
        CONTONE_TRY(sheets[i], searching.shortened(sheets[i]));
    }
    return sheets;
}

double useOf(const std::vector<Print>& prints, const std::vector<NestedSheet>& sheets, const Medium& medium) {
    double printed = 0, paper = 0;
    for (const NestedSheet& sheet : sheets) {
        for (const Place& place : sheet.places)
            printed += prints[place.print].size.width.mm() * prints[place.print].size.height.mm();
        paper += medium.width.mm() * (&sheet == &sheets.back() ? sheet.used : sheet.length).mm();
    }
    return paper > 0 ? printed / paper : 0;
}

}  // namespace

Result<Nesting> nest(const std::vector<Print>& prints, const Medium& medium, Owners owners, const NestingEffort& effort,
                     const CancelToken& cancel) {
    if (prints.size() > mostNestedPrints)
        return fail(Code::Invalid, "nesting-too-many",
                    fmt::format("At most {} prints are laid out at once. Lay them out in parts.", mostNestedPrints));
    if (effort.triesForEachPrint < 0 || effort.triesForEachPrint > mostTries)
        return fail(Code::Invalid, "nesting-effort",
                    fmt::format("A print is tried 0 to {} times. Choose such a number.", mostTries));
    CONTONE_TRY(const Usable usable, usableOf(medium));
    Nesting nesting;
    for (const Part& part : partsOf(prints, medium, usable, owners, nesting.leftOut)) {
        CONTONE_TRY(const std::vector<Filled> filled, search(part, medium, usable, effort, cancel));
        for (const Filled& sheet : filled) nesting.sheets.push_back(sheetOf(part, sheet, medium));
    }
    nesting.use = useOf(prints, nesting.sheets, medium);
    return nesting;
}

}  // namespace contone::layout
