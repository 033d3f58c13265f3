// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone check FILE… --product ID: what a person should know about photos before they cost paper.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/page_request.h"
#include "app/host/exit_codes.h"
#include "core/inspect/faces_on_print.h"
#include "core/inspect/measure_photo.h"
#include "core/json/json.h"
#include "core/preflight/check_photo.h"
#include "core/words/sentences.h"

namespace contone::cli {
namespace {

using findings::Finding;
using nlohmann::json;

struct Wishes {
    std::vector<std::string> files;
    PageRequest page;
};

std::optional<PaperSize> sharpUpTo(const catalog::Catalog& catalog, image::PixelSize photo, const image::Crop& shown) {
    const auto pixels = [](double part, int of) { return std::max(1, static_cast<int>(part * of)); };
    const catalog::Product* product = catalog.largestAt(pixels(shown.width, photo.width),
                                                        pixels(shown.height, photo.height), catalog::Sharpness::Sharp);
    return product ? std::optional(product->trim) : std::nullopt;
}

Result<std::vector<Finding>> findingsOf(Context& context, const PageRequest& request, const catalog::Catalog& catalog,
                                        const inspect::MeasuredPhoto& measured) {
    const bool hasPaper = !request.setup.empty() || !request.profile.empty();
    PageRequest asked = request;
    if (!hasPaper) asked.profile = "srgb";
    CONTONE_TRY(PreparedPage page, prepare(context, asked, measured.photo, image::Depth::U8, false));
    if (request.setup.empty()) {
        CONTONE_TRY(const catalog::Product product, catalog.product(request.product));
        inspect::keepFree(page.page.plan, product.safe);
    }
    const image::PhotoFacts& facts = measured.photo.facts;
    const image::Crop shown = preflight::shownOf(page.page.plan);
    preflight::PageToCheck print{page.page.plan, 1, sharpUpTo(catalog, facts.uprightSize(), shown), {}};
    if (hasPaper) {
        CONTONE_TRY(const render::WorkingPicture part, preflight::workingOf(measured.measures, facts.colour, shown));
        const render::Recipe& recipe = page.page.recipe;
        CONTONE_TRY(print.light, preflight::paperLightOf(part, page.ingredients.outputProfile, recipe.intent,
                                                         recipe.blackPoint, *context.tables()));
    }
    const std::string name = Path(request.file).filename().string();
    return preflight::checkPhoto({measured.photo.original, facts, measured.measures, name}, print);
}

const char* labelOf(findings::Severity severity) {
    switch (severity) {
        case findings::Severity::Good:
            return "  Good:  ";
        case findings::Severity::Look:
            return "  Look:  ";
        case findings::Severity::Bad:
            return "  Bad:   ";
    }
    return "";
}

std::string inWords(const words::Locale& locale, const Finding& finding) {
    std::string said = words::sentence(locale, finding);
    if (finding.code == findings::FindingCode::PartLost && finding.fix != findings::Fix::None)
        said += " " + words::fix(locale, finding.fix);
    return said;
}

json describe(const std::vector<Finding>& found) {
    json list = json::array();
    for (const Finding& one : found) {
        list.push_back(json::parse(contone::json::write(one)));
        list.back()["sentence"] = inWords(words::Locale(), one);
    }
    return {{"ok", true}, {"worst", contone::toString(findings::worst(found))}, {"findings", list}};
}

Result<std::vector<Finding>> checkFile(Context& context, const PageRequest& request, const catalog::Catalog& catalog,
                                       std::vector<preflight::OrderedPhoto>& order) {
    order.emplace_back();  // a photo that cannot be read keeps its place
    CONTONE_TRY(const inspect::MeasuredPhoto measured, inspect::measurePhoto(context.decoder(), request.file, catalog));
    CONTONE_TRY(std::vector<Finding> found, findingsOf(context, request, catalog, measured));
    order.back() = {measured.photo.original, request.product, measured.measures.likeness, measured.photo.facts.takenAt};
    if (auto again = preflight::againInOrder(std::span(order).first(order.size() - 1), order.back()))
        found.push_back(std::move(*again));
    return found;
}

int check(Context& context, const Wishes& wishes) {
    const auto catalog = context.catalog();
    if (!catalog) return context.complain(catalog.error());
    if (const auto product = (*catalog)->product(wishes.page.product); !product)
        return context.complain(product.error());
    json list = json::array();
    std::vector<preflight::OrderedPhoto> order;
    int exit = exitOk;
    for (const std::string& file : wishes.files) {
        PageRequest request = wishes.page;
        request.file = file;
        const auto found = checkFile(context, request, **catalog, order);
        int code = exitOk;
        json entry;
        if (found) {
            entry = describe(*found);
            context.say(file);
            for (const Finding& one : *found) context.say(labelOf(one.severity) + inWords(context.locale(), one));
            if (findings::worst(*found) == findings::Severity::Bad)
                code = exitCodeOf({Code::Conflict, "prints-at-risk", {}, {}});
        } else {
            entry = {{"ok", false}, {"error", toJson(found.error())}};
            context.complainAbout(file, found.error());
            code = exitCodeOf(found.error());
        }
        entry["file"] = file;
        list.push_back(entry);
        if (code != exitOk) exit = exit == exitOk || exit == code ? code : exitSeveral;
    }
    context.answer({{"files", list}});
    return exit;
}

}  // namespace

void addCheck(const Command& program, Context& context) {
    const auto command =
        program.add("check", "Say what a person should know about photos before they are printed on a product");
    auto wishes = std::make_shared<Wishes>();
    PageRequest& page = wishes->page;
    command.option("FILE", wishes->files, "Photos; those that come twice are told too").required();
    command.option("--product", page.product, "A product, e.g. 10x15").required();
    const auto bySetup = command.option("--setup", page.setup, "On the printer and paper of this setup");
    command.option("--profile", page.profile, "On the paper of this ICC output profile: as of contone proof")
        .excludes(bySetup);
    command.flag("--fit", page.fit, "Show the whole photo, paper around it");
    command.does([&context, wishes] { return check(context, *wishes); });
}

}  // namespace contone::cli
