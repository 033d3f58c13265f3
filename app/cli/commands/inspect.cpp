// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone inspect FILE…: what a photo is, in which colours, and how large it may be printed.
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/host/exit_codes.h"
#include "core/findings/warning_findings.h"
#include "core/inspect/inspect_photo.h"
#include "core/words/sentences.h"

namespace contone::cli {
namespace {

using nlohmann::json;

/// What lists show the photo by; nothing: no small picture can be made.
std::optional<image::SmallFrom> listedBy(Context& context, const std::string& file) {
    const auto small = inspect::thumbnailOf(context.decoder(), file, inspect::listedSide);
    return small ? std::optional(small->from) : std::nullopt;
}

json describe(const inspect::PhotoReport& report) {
    const image::PixelSize size = report.facts.uprightSize();
    return {{"ok", true},
            {"format", image::toString(report.facts.format)},
            {"sha256", report.original.toString()},
            {"width", size.width},
            {"height", size.height},
            {"orientation", static_cast<int>(report.facts.orientation)},
            {"channels", image::count(report.facts.pixels.channels)},
            {"profile",
             {{"name", report.facts.colour.name},
              {"known", report.facts.colour.isKnown ? report.facts.colour.name : "unknown"},
              {"sha256", report.facts.colour.profile.toString()},
              {"from", image::toString(report.facts.colour.basis)},
              {"sentence", image::describe(report.facts.colour)}}},
            {"camera", report.facts.camera},
            {"sharpUpTo", report.largestSharp ? json(report.largestSharp->id) : json()},
            {"goodUpTo", report.largestGood ? json(report.largestGood->id) : json()},
            {"warnings", report.facts.warnings.sentences()}};
}

void tell(const Context& context, const std::string& file, const inspect::PhotoReport& report,
          std::optional<image::SmallFrom> listed) {
    const words::Locale& locale = context.locale();
    const image::PixelSize size = report.facts.uprightSize();
    const auto nameOf = [](const std::optional<catalog::Product>& product) {
        return product ? std::optional(product->name) : std::nullopt;
    };
    context.say(file);
    context.say("  Size:    " + locale.pixels(size.width, size.height) +
                (report.facts.camera.empty() ? "" : ", " + report.facts.camera));
    context.say("  Lies:    " + words::orientation(locale, report.facts.orientation));
    context.say("  Colours: " + image::describe(report.facts.colour));
    if (listed)
        context.say(std::string("  Listed:  by the ") +
                    (*listed == image::SmallFrom::Embedded ? "small picture inside the file" : "photo itself"));
    context.say("  Prints:  " + words::largest(locale, nameOf(report.largestSharp), nameOf(report.largestGood)));
    for (const findings::Finding& odd : findings::ofWarnings(report.original, report.facts.warnings))
        context.say("  Note:    " + words::sentence(locale, odd));
}

int inspect(Context& context, const std::vector<std::string>& files) {
    const auto catalog = context.catalog();
    if (!catalog) return context.complain(catalog.error());
    json list = json::array();
    int exit = exitOk;
    for (const std::string& file : files) {
        const auto report = inspect::inspectPhoto(context.decoder(), file, **catalog);
        json entry = report ? describe(*report) : json{{"ok", false}, {"error", toJson(report.error())}};
        entry["file"] = file;
        const auto listed = report ? listedBy(context, file) : std::nullopt;
        if (report) entry["thumbnail"] = listed ? json(image::toString(*listed)) : json();
        list.push_back(entry);
        if (report) {
            tell(context, file, *report, listed);
        } else {
            context.complainAbout(file, report.error());
            const int code = exitCodeOf(report.error());
            exit = exit == exitOk || exit == code ? code : exitSeveral;
        }
    }
    context.answer({{"files", list}});
    return exit;
}

}  // namespace

void addInspect(const Command& program, Context& context) {
    const auto command =
        program.add("inspect", "Say what a photo is: size, orientation, colours, and how large it prints well");
    auto files = std::make_shared<std::vector<std::string>>();
    command.option("FILE", *files, "Photos").required();
    command.does([&context, files] { return inspect(context, *files); });
}

}  // namespace contone::cli
