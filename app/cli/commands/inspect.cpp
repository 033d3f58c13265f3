// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone inspect FILE…: what a photo is, in which colours, how large it may be printed, and where faces are.
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/host/exit_codes.h"
#include "core/findings/warning_findings.h"
#include "core/inspect/inspect_photo.h"
#include "core/words/sentences.h"

namespace contone::cli {
namespace {

using nlohmann::json;

struct Wishes {
    std::vector<std::string> files;
    bool faces = false;
};

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

json describe(const vision::Face& face) {
    const auto pair = [&](vision::FacePoint point) { return json{face.at(point).u, face.at(point).v}; };
    using enum vision::FacePoint;
    return {{"box", {face.box.left, face.box.top, face.box.width, face.box.height}},
            {"rightEye", pair(RightEye)},
            {"leftEye", pair(LeftEye)},
            {"nose", pair(Nose)},
            {"mouth", pair(Mouth)},
            {"rightEar", pair(RightEar)},
            {"leftEar", pair(LeftEar)},
            {"score", face.score}};
}

void tell(const Context& context, const std::vector<vision::Face>& faces) {
    const words::Locale& locale = context.locale();
    const auto percent = [&](double part) { return locale.percent(part, 0); };
    context.say("  Faces:   " + locale.number(static_cast<std::int64_t>(faces.size())));
    for (const auto& [box, points, score] : faces)
        context.say("           from the left " + percent(100 * box.left) + ", from the top " + percent(100 * box.top) +
                    ", wide " + percent(100 * box.width) + ", high " + percent(100 * box.height) + "; sure to " +
                    percent(100 * score));
}

/// Null: they could not be looked for, which was said; `exit` holds the code then.
json lookForFaces(Context& context, const std::string& file, int& exit) {
    const auto faces = inspect::facesIn(context.decoder(), file);
    if (!faces) {
        context.complainAbout(file, faces.error());
        exit = exitCodeOf(faces.error());
        return {};
    }
    tell(context, *faces);
    json list = json::array();
    for (const vision::Face& face : *faces) list.push_back(describe(face));
    return list;
}

int inspect(Context& context, const Wishes& wishes) {
    const auto catalog = context.catalog();
    if (!catalog) return context.complain(catalog.error());
    json list = json::array();
    int exit = exitOk;
    for (const std::string& file : wishes.files) {
        const auto report = inspect::inspectPhoto(context.decoder(), file, **catalog);
        json entry = report ? describe(*report) : json{{"ok", false}, {"error", toJson(report.error())}};
        entry["file"] = file;
        const auto listed = report ? listedBy(context, file) : std::nullopt;
        if (report) entry["thumbnail"] = listed ? json(image::toString(*listed)) : json();
        int code = exitOk;
        if (report) {
            tell(context, file, *report, listed);
            if (wishes.faces) entry["faces"] = lookForFaces(context, file, code);
        } else {
            context.complainAbout(file, report.error());
            code = exitCodeOf(report.error());
        }
        list.push_back(entry);
        if (code != exitOk) exit = exit == exitOk || exit == code ? code : exitSeveral;
    }
    context.answer({{"files", list}});
    return exit;
}

}  // namespace

void addInspect(const Command& program, Context& context) {
    const auto command =
        program.add("inspect", "Say what a photo is: size, orientation, colours, and how large it prints well");
    auto wishes = std::make_shared<Wishes>();
    command.option("FILE", wishes->files, "Photos").required();
    command.flag("--faces", wishes->faces, "Say where faces are, too");
    command.does([&context, wishes] { return inspect(context, *wishes); });
}

}  // namespace contone::cli
