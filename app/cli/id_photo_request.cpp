// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Finds the head, straightens it, and lays it as the document wants it.
#include "app/cli/id_photo_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "core/inspect/inspect_photo.h"

namespace contone::cli {
namespace {

Error badMarks() {
    return {Code::Invalid,
            "bad-options",
            "Write --marks as \"across,down across,down crown chin\": the person's right and left eye, then how far "
            "down the crown and the chin are, in parts of the photo.",
            {}};
}

Result<layout::HeadMarks> parseMarks(const std::string& text) {
    layout::HeadMarks m;
    int end = 0;
    if (std::sscanf(text.c_str(), "%lf,%lf %lf,%lf %lf %lf%n", &m.rightEye.u, &m.rightEye.v, &m.leftEye.u, &m.leftEye.v,
                    &m.crown, &m.chin, &end) != 6 ||
        end != std::ssize(text))
        return fail(badMarks());
    for (const double part : {m.rightEye.u, m.rightEye.v, m.leftEye.u, m.leftEye.v, m.chin})
        if (!(part >= 0 && part <= 1)) return fail(badMarks());
    if (!(m.crown >= -1 && m.crown <= 1)) return fail(badMarks());  // hair may be cut off above
    return m;
}

Result<layout::HeadMarks> marksOn(Context& context, const IdPhotoRequest& request, const std::string& file) {
    if (!request.marks.empty()) return parseMarks(request.marks);
    CONTONE_TRY(std::vector<vision::Face> faces, inspect::facesIn(context.decoder(), file));
    std::erase_if(faces, [](const vision::Face& face) { return face.score < vision::scoreForFinding; });
    if (faces.size() != 1)
        return fail(Code::Invalid, "id-photo-no-face",
                    faces.empty() ? "No face was found on this photo. Say where the head is with --marks."
                                  : "There is more than one face on this photo. Say whose head is meant with --marks.",
                    file);
    const vision::Face& face = faces.front();
    const vision::Point &right = face.at(vision::FacePoint::RightEye), &left = face.at(vision::FacePoint::LeftEye);
    return layout::estimateHead({right.u, right.v}, {left.u, left.v}, face.box.top + face.box.height);
}

Result<std::map<std::string, layout::IdDocument>> documents(Context& context) {
    return layout::loadIdDocuments(context.places().share);
}

Result<layout::IdDocument> documentNamed(Context& context, const std::string& id) {
    CONTONE_TRY(auto all, documents(context));
    const auto found = all.find(id);
    if (found != all.end()) return std::move(found->second);
    std::string ids;
    for (const auto& [known, document] : all) ids += (ids.empty() ? "" : ", ") + known;
    return fail(Code::NotFound, "template-unknown", fmt::format("There is no document \"{}\". There are: {}.", id, ids),
                id);
}

void tell(Context& context, const layout::IdDocument& document, const layout::IdPhoto& placed) {
    const layout::IdPhotoGuides& guides = placed.guides;
    context.say(fmt::format(
        "{}: head {:.1f} mm of {:g} to {:g}, eyes {:.1f} mm above the lower edge{}.", document.name,
        (guides.chin - guides.crown).mm(), document.head.low.mm(), document.head.high.mm(),
        (document.size.height - guides.eyeLine).mm(),
        document.eyes ? fmt::format(" of {:g} to {:g}", document.eyes->low.mm(), document.eyes->high.mm()) : ""));
    context.say(
        "Crown and chin are estimated: look at them with --proof --guides, and say where they are with --marks.");
    if (!document.note.empty()) context.say(document.note);
}

}  // namespace

app::Option IdPhotoRequest::addOptions(const app::Command& command) {
    const app::Option byDocument =
        command.option("--id-photo", document, "A sheet of ID photos: contone template documents");
    command
        .option("--marks", marks,
                "With --id-photo: \"across,down across,down crown chin\" of the right and left eye, in parts of the "
                "photo (default: where a face is found)")
        .needs(byDocument);
    return byDocument;
}

Result<FilledTemplate> fillIdSheet(Context& context, const IdPhotoRequest& request, const std::string& file,
                                   PaperSize paper, layout::Guides guides) {
    CONTONE_TRY(const layout::IdDocument document, documentNamed(context, request.document));
    CONTONE_TRY(inspect::PhotoReport photo, inspect::inspectPhoto(context.decoder(), file, {}, inspect::Look::Facts));
    const image::PixelSize size = photo.facts.uprightSize();
    CONTONE_TRY(layout::HeadMarks marks, marksOn(context, request, file));
    CONTONE_TRY(layout::IdPhoto placed, layout::placeHead(document, size, marks));
    FilledTemplate filled{.name = document.name, .photos = {}, .files = {file}, .layout = {}};
    constexpr double slight = 0.5;
    if (std::abs(placed.turnDegrees) >= slight) {
        const int most = image::PhotoTurn::most;
        filled.turn.straighten = std::clamp(static_cast<int>(std::lround(placed.turnDegrees * 100)), -most, most);
        marks = layout::straightened(marks, size, filled.turn.straighten);
        CONTONE_TRY(placed, layout::placeHead(document, image::turnedSize(photo.facts, filled.turn), marks));
    }
    CONTONE_TRY(filled.layout, layout::idSheet(document, placed, paper, guides));
    filled.photos.push_back(std::move(photo));
    tell(context, document, placed);
    return filled;
}

int listIdDocuments(Context& context) {
    const auto all = documents(context);
    if (!all) return context.complain(all.error());
    nlohmann::json answer = nlohmann::json::array();
    for (const auto& [id, one] : *all) {
        context.say(fmt::format("{:14} {:44} {:g} × {:g} mm, head {:g} to {:g} mm", id, one.name, one.size.width.mm(),
                                one.size.height.mm(), one.head.low.mm(), one.head.high.mm()));
        answer.push_back({{"id", id},
                          {"country", one.country},
                          {"name", one.name},
                          {"widthMm", one.size.width.mm()},
                          {"heightMm", one.size.height.mm()},
                          {"note", one.note},
                          {"sources", one.sources}});
    }
    context.say("Offices change their rules: a person checks the guides before it is printed.");
    context.answer({{"documents", answer}});
    return exitOk;
}

}  // namespace contone::cli
