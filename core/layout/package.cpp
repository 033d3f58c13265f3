// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Paper is upright or on its side, whichever needs fewer sheets; prints are turned where that saves room.
#include "core/layout/package.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/facts/fact_file.h"
#include "core/layout/keep_faces_p.h"
#include "core/layout/nesting.h"

namespace contone::layout {
namespace {

using facts::FactFile;
using facts::FactTable;

constexpr Srgb kPaper{255, 255, 255};

Result<Package> readPackage(const Path& path) {
    CONTONE_TRY(const FactFile file, FactFile::open(path, "package"));
    const FactTable root = file.root();
    Package package{root.identifier("id"), root.text("name"), {}};
    int all = 0;
    for (const FactTable& row : root.tables("print")) {
        package.prints.push_back({row.paperSize("size_mm", 20, 3000), row.integer("count", 1, 100)});
        all += package.prints.back().count;
    }
    if (all > Package::mostPrints) root.refuse("print", "make more than " + std::to_string(Package::mostPrints));
    CONTONE_CHECK(file.finish(package.id));
    return package;
}

struct Wanted {
    std::vector<Print> prints;
    std::vector<int> photos;  ///< of each print
};

Wanted printsOf(const Package& package, const std::vector<TemplatePhoto>& photos) {
    Wanted wanted;
    for (std::size_t i = 0; i < photos.size(); i++)
        for (const Package::Prints& row : package.prints) {
            const bool isWide = photos[i].size.width > photos[i].size.height;
            const PaperSize size = row.size.isLandscape() == isWide ? row.size : row.size.rotated();
            wanted.prints.insert(wanted.prints.end(), static_cast<std::size_t>(row.count),
                                 {size, {}, Turning::Allowed});
            wanted.photos.insert(wanted.photos.end(), static_cast<std::size_t>(row.count), static_cast<int>(i));
        }
    return wanted;
}

Result<Nesting> nestOn(PaperSize paper, const Wanted& wanted, Length gap) {
    const Medium medium{.form = Form::Sheets,
                        .width = paper.width,
                        .length = paper.height,
                        .margins = {},
                        .gap = gap,
                        .cutting = Cutting::Guillotine};
    return nest(wanted.prints, medium, Owners::Mixed);  // the sizes of one order
}

PackagePages::Page pageOf(const NestedSheet& sheet, PaperSize paper, const Wanted& wanted,
                          const std::vector<TemplatePhoto>& photos) {
    PackagePages::Page page{{paper, {PaintedBox{.box = {{}, {}, paper}, .paint = {kPaper, {}, 0}}}}, {}};
    std::vector<TemplatePhoto> shown;
    for (const Place& place : sheet.places) {
        const int photo = wanted.photos[place.print];
        auto at = std::ranges::find(page.photos, photo);
        if (at == page.photos.end()) {
            at = page.photos.insert(at, photo);
            shown.push_back(photos[static_cast<std::size_t>(photo)]);
        }
        page.layout.items.emplace_back(PhotoFrame{
            .box = place.box,
            .photo = static_cast<int>(at - page.photos.begin()),
            .turn = place.turned == Turned::Quarter ? image::Orientation::Rotate90 : image::Orientation::Upright});
    }
    keepFaces(page.layout, shown);
    return page;
}

}  // namespace

Result<Packages> readPackages(const Path& folder) {
    CONTONE_TRY(const std::vector<Path> files, facts::factFiles(folder, "package"));
    Packages all;
    for (const Path& path : files) {
        auto package = readPackage(path);
        if (package)
            all.byId.emplace(package->id, *std::move(package));
        else
            all.refused.push_back(package.error());
    }
    return all;
}

Result<PackagePages> layOut(const Package& package, const std::vector<TemplatePhoto>& photos, PaperSize paper) {
    const Wanted wanted = printsOf(package, photos);
    if (wanted.prints.empty() || wanted.prints.size() > mostNestedPrints)
        return fail(Code::Invalid, "template-photos",
                    fmt::format("A package is of one photo and more, at most {} prints.", mostNestedPrints),
                    std::to_string(wanted.prints.size()));
    struct Try {
        PaperSize paper;
        Nesting nesting;
    };
    std::optional<Try> best;
    // A gap is wanted, a sheet is not; paper on its side only when that saves one.
    for (const Length gap : {millimetres(2), Length()})
        for (const PaperSize& size : {paper, paper.rotated()}) {
            CONTONE_TRY(Nesting nesting, nestOn(size, wanted, gap));
            if (!nesting.leftOut.empty()) continue;
            if (!best || nesting.sheets.size() < best->nesting.sheets.size()) best = Try{size, std::move(nesting)};
        }
    const PaperSize largest = std::ranges::max(package.prints, {}, [](const Package::Prints& one) {
                                  return one.size.width.mm() * one.size.height.mm();
                              }).size;
    if (!best)
        return fail(Code::Invalid, "package-paper",
                    fmt::format("A print of {:.0f} × {:.0f} mm is larger than this paper. Choose a larger product.",
                                largest.width.mm(), largest.height.mm()),
                    package.id);
    PackagePages made{{}, best->nesting.use};
    for (const NestedSheet& sheet : best->nesting.sheets)
        made.pages.push_back(pageOf(sheet, best->paper, wanted, photos));
    return made;
}

}  // namespace contone::layout
