// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From a name or a list of sizes to pages.
#include "app/cli/package_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/cli/page_request.h"

namespace contone::cli {
namespace {

/// "2*13x18cm,8*6x9cm".
Result<layout::Package> parsePackage(const std::string& text) {
    layout::Package package{"typed", text, {}};
    std::istringstream parts(text);
    for (std::string part; std::getline(parts, part, ',');) {
        const std::size_t star = part.find('*');
        layout::Package::Prints row;
        const auto [end, failed] = std::from_chars(part.data(), part.data() + std::min(star, part.size()), row.count);
        if (star == std::string::npos || failed != std::errc() || end != part.data() + star || row.count < 1 ||
            row.count > 100)
            return fail(Code::Invalid, "bad-options",
                        "Write a package as numbers and sizes: \"1*20x25cm,8*6x9cm\". See contone template packages.",
                        text);
        CONTONE_TRY(row.size, parsePaperSize(part.substr(star + 1)));
        package.prints.push_back(row);
    }
    return package;
}

Result<std::map<std::string, layout::Package>> allPackages(Context& context) {
    const app::Places places = context.places();
    CONTONE_TRY(layout::Packages all, layout::readPackages(places.share / "packages"));
    auto shops = layout::readPackages(places.home / "packages");  // where there are any
    if (shops) {
        for (auto& [id, package] : shops->byId) all.byId.insert_or_assign(id, std::move(package));
        std::ranges::move(shops->refused, std::back_inserter(all.refused));
    }
    for (const Error& error : all.refused) context.complainAbout("packages", error);
    return std::move(all.byId);
}

Result<layout::Package> packageNamed(Context& context, const std::string& name) {
    if (name.find('*') != std::string::npos) return parsePackage(name);
    CONTONE_TRY(auto all, allPackages(context));
    const auto found = all.find(name);
    if (found != all.end()) return std::move(found->second);
    std::string ids;
    for (const auto& [id, one] : all) ids += (ids.empty() ? "" : ", ") + id;
    return fail(Code::NotFound, "template-unknown",
                fmt::format("There is no package \"{}\". There are: {}.", name, ids), name);
}

std::string printsOf(const layout::Package& package) {
    std::string all;
    for (const layout::Package::Prints& row : package.prints)
        all += fmt::format("{}{} × {:.0f}×{:.0f} mm", all.empty() ? "" : ", ", row.count, row.size.width.mm(),
                           row.size.height.mm());
    return all;
}

}  // namespace

Result<std::vector<FilledTemplate>> fillPackage(Context& context, const std::string& name,
                                                const std::vector<std::string>& files, PaperSize paper,
                                                const image::PhotoTurn& turn) {
    CONTONE_TRY(const layout::Package package, packageNamed(context, name));
    std::vector<inspect::PhotoReport> photos;
    std::vector<layout::TemplatePhoto> seen;
    for (const std::string& file : files) {
        CONTONE_TRY(inspect::PhotoReport photo,
                    inspect::inspectPhoto(context.decoder(), file, {}, inspect::Look::Facts));
        seen.push_back(asSeen(context, file, photo, turn));
        photos.push_back(std::move(photo));
    }
    CONTONE_TRY(layout::PackagePages made, layout::layOut(package, seen, paper));
    context.say(fmt::format("{}: {} {}, {:.0f} % of the paper used", package.name, made.pages.size(),
                            made.pages.size() == 1 ? "sheet" : "sheets", made.use * 100));
    std::vector<FilledTemplate> pages;
    for (layout::PackagePages::Page& page : made.pages) {
        FilledTemplate filled{
            .name = package.name, .photos = {}, .files = {}, .layout = std::move(page.layout), .turn = turn};
        for (const int photo : page.photos) {
            filled.photos.push_back(photos[static_cast<std::size_t>(photo)]);
            filled.files.push_back(files[static_cast<std::size_t>(photo)]);
        }
        pages.push_back(std::move(filled));
    }
    return pages;
}

int listPackages(Context& context) {
    const auto all = allPackages(context);
    if (!all) return context.complain(all.error());
    nlohmann::json answer = nlohmann::json::array();
    for (const auto& [id, one] : *all) {
        context.say(fmt::format("{:10} {:60} {}", id, one.name, printsOf(one)));
        nlohmann::json prints = nlohmann::json::array();
        for (const layout::Package::Prints& row : one.prints)
            prints.push_back(
                {{"count", row.count}, {"widthMm", row.size.width.mm()}, {"heightMm", row.size.height.mm()}});
        answer.push_back({{"id", id}, {"name", one.name}, {"prints", prints}});
    }
    context.answer({{"packages", answer}});
    return exitOk;
}

}  // namespace contone::cli
