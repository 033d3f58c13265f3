// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone template list, check, preview, new: the designs of the installation and of the shop.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/design_request.h"
#include "app/cli/id_photo_request.h"
#include "app/cli/package_request.h"
#include "app/cli/page_request.h"
#include "app/host/outputs.h"
#include "core/layout/collage.h"
#include "core/words/sentences.h"

namespace contone::cli {
namespace {

std::string inMillimetres(PaperSize size) {
    return fmt::format("{:.0f} × {:.0f} mm", size.width.mm(), size.height.mm());
}

std::string photosOf(const layout::Template& one) {
    const bool isAny = one.photos() >= static_cast<int>(layout::mostCollagePhotos);
    return one.photos() == 1 ? "1 photo" : isAny ? "any photos" : fmt::format("{} photos", one.photos());
}

nlohmann::json describe(const layout::Template& one) {
    nlohmann::json texts = nlohmann::json::object();
    for (const layout::TemplateText& text : one.texts) texts[text.id] = text.proposal;
    return {{"id", one.id},
            {"name", one.name},
            {"widthMm", one.size.width.mm()},
            {"heightMm", one.size.height.mm()},
            {"photos", one.photos()},
            {"texts", texts}};
}

int list(Context& context) {
    const auto all = allTemplates(context);
    if (!all) return context.complain(all.error());
    nlohmann::json answer = nlohmann::json::array();
    for (const auto& [id, one] : *all) {
        std::string texts;
        for (const layout::TemplateText& text : one.texts) texts += (texts.empty() ? "; texts: " : ", ") + text.id;
        context.say(fmt::format("{:20} {:34} {:14} {}{}", id, one.name, inMillimetres(one.size), photosOf(one), texts));
        answer.push_back(describe(one));
    }
    context.answer({{"templates", answer}});
    return exitOk;
}

/// What cannot be found in the file alone: fonts, adjustments, places off the paper.
Result<design::DesignedPage> tried(Context& context, layout::Template one) {
    CONTONE_CHECK(readMasks(context, one));
    const int enough = std::min(one.photos(), 40);
    std::vector<layout::TemplatePhoto> names(static_cast<std::size_t>(enough), {"IMG_0001", {3000, 2000}, {}});
    CONTONE_TRY(const layout::Almanac calendars, calendarsFor(context, one));
    CONTONE_TRY(const layout::Layout page, layout::layOut(one, names, {}, calendars));
    image::PhotoFacts facts;
    facts.size = facts.storedSize = {3000, 2000};
    std::vector<design::PagePhoto> photos(names.size(), {Sha256::of(one.id), &facts, {}});
    CONTONE_TRY(print::PagePlan bare, print::planBareFilePage(one.size, Dpi{300}));
    CONTONE_TRY(const text::FontSet fonts, text::FontSet::open({.folder = context.places().share / "fonts"}));
    return design::designPage(page, photos, {std::move(bare), {}, image::Lane::Fast}, fonts);
}

int check(Context& context, const std::vector<std::string>& files) {
    int exit = exitOk;
    nlohmann::json answers = nlohmann::json::array();
    for (const std::string& file : files) {
        const auto one = layout::readTemplate(file);
        const auto page = one ? tried(context, *one) : fail(one.error());
        if (!page) {
            context.complainAbout(file, page.error());
            answers.push_back({{"file", file}, {"error", toJson(page.error())}});
            exit = exitCodeOf(page.error());
            continue;
        }
        nlohmann::json answer = describe(*one);
        answer["file"] = file;
        context.say(fmt::format("{}: {}, {}, {}: good", file, one->name, inMillimetres(one->size), photosOf(*one)));
        for (const design::TextReport& text : page->texts)
            for (const text::TextWarning& warning : text.warnings) {
                context.say(fmt::format("{}: \"{}\": {}", file, text.text, words::sentence(context.locale(), warning)));
                answer["notes"].push_back({{"text", text.text}, {"note", words::sentence(context.locale(), warning)}});
            }
        answers.push_back(std::move(answer));
    }
    context.answer({{"templates", answers}});
    return exit;
}

int preview(Context& context, const DesignRequest& request) {
    if (inLowerCase(Path(request.output).extension().string()) != ".png")
        return context.complain(
            {Code::Invalid, "bad-output", "A preview is a PNG: name the output .png.", request.output});
    const auto of = templateNamed(context, request.templateId);
    if (!of) return context.complain(of.error());
    DesignRequest full = request;
    // As many as it takes: the same ones again.
    constexpr int ofAny = 9;  // of a collage, which takes many
    const bool isAny = of->photos() >= static_cast<int>(layout::mostCollagePhotos);
    const auto wanted = static_cast<std::size_t>(isAny ? ofAny : of->photos());
    for (std::size_t i = 0; full.files.size() < wanted; i++)
        full.files.push_back(request.files[i % request.files.size()]);
    full.files.resize(wanted);
    if (auto free = app::checkOutputs(std::vector<Path>(full.files.begin(), full.files.end()),
                                      std::vector<Path>{request.output},
                                      request.overwrite ? app::Existing::IsReplaced : app::Existing::Stays);
        !free)
        return context.complain(free.error());
    auto filled = fillTemplate(context, *of, full.files, full.texts);
    if (!filled) return context.complain(filled.error());
    const auto made = prepareDesign(context, full, *std::move(filled), image::Depth::U8, true);
    if (!made) return context.complain(made.error());
    if (auto written = writeProof(*made, request.output, request.threads); !written)
        return context.complain(written.error());
    context.say(fmt::format("{}: {}", request.output, of->name));
    context.answer({{"output", request.output}, {"template", describe(*of)}});
    return exitOk;
}

constexpr const char* newTemplate = R"(format = 1
id = "{id}"
name = "{id}"
size_mm = [101.6, 152.4]       # after cutting
texts = {{ title = "Our day" }}  # what people may write, with a proposal

# Items lie one over the other. What is painted before the first photo lies below all photos.
[[item]]
kind = "box"
box_mm = [0, 0, 101.6, 152.4]  # left, top, width, height; what reaches an edge goes on to the end of the paper
colour = "#ffffff"

[[item]]
kind = "photo"
box_mm = [7, 8, 87.6, 104]

[[item]]
kind = "text"
box_mm = [7, 117, 87.6, 26]
text = "{{title}}"
font = "Vollkorn"
size_pt = 20
least_pt = 9
colour = "#333333"
align = "centre"
stand = "middle"
)";

int create(Context& context, const std::string& file) {
    const Path path = file;
    const bool isToml = inLowerCase(path.extension().string()) == ".toml";
    if (!isToml) return context.complain({Code::Invalid, "bad-output", "Name the new template .toml.", file});
    if (auto free = app::checkOutputs({}, std::vector<Path>{path}, app::Existing::Stays); !free)
        return context.complain(free.error());
    const std::string text = fmt::format(fmt::runtime(newTemplate), fmt::arg("id", path.stem().string()));
    if (auto written = writeFileDurably(path, text); !written) return context.complain(written.error());
    context.say(file + ": a card with a photo and a line. Change it, then: contone template check " + file);
    context.answer({{"file", file}});
    return exitOk;
}

}  // namespace

void addTemplate(const Command& program, Context& context) {
    const auto group = program.add("template", "The designs for collages, cards and sheets");
    const auto shown = group.add("list", "Say which designs there are");
    shown.does([&context] { return list(context); });

    const auto packages = group.add("packages", "Say which packages of prints there are");
    packages.does([&context] { return listPackages(context); });

    const auto documents = group.add("documents", "Say for which documents there are sheets of ID photos");
    documents.does([&context] { return listIdDocuments(context); });

    const auto checked = group.add("check", "Say whether template files are good");
    auto files = std::make_shared<std::vector<std::string>>();
    checked.option("FILE", *files, "The .toml files").required();
    checked.does([&context, files] { return check(context, *files); });

    const auto previewed = group.add("preview", "Show a design with photos");
    auto wish = std::make_shared<DesignRequest>();
    previewed.option("TEMPLATE", wish->templateId, "An id, or a .toml file").required();
    previewed.option("FILE", wish->files, "Photos; used again when the design takes more").required();
    wish->addOptions(previewed);
    previewed.option("-o,--output", wish->output, "OUT.png").required();
    previewed.does([&context, wish] { return preview(context, *wish); });

    const auto made = group.add("new", "Write a template to begin with");
    auto file = std::make_shared<std::string>();
    made.option("FILE", *file, "The new .toml file; its name is the design's id").required();
    made.does([&context, file] { return create(context, *file); });
}

}  // namespace contone::cli
