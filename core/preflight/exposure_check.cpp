// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Photos too dark for paper, darks that the paper closes, lights without detail.
#include <cmath>

#include "core/preflight/checks_p.h"
#include "core/render/auto_enhance.h"

namespace contone::preflight {

using findings::Finding, findings::FindingCode, findings::Fix, findings::Region, findings::Severity;

namespace {

constexpr double closedPercent = 8, openPhotoL = 3;
constexpr double clippedPercent = 3, clippedFacePercent = 1;

/// Share of a part of the photo, 0…100, that has no detail left.
double clippedIn(const PhotoMeasures& measures, const image::Crop& part) {
    const image::PixelRect pixels = pixelsOf(measures.small.size, part);
    double sum = 0;
    for (int y = pixels.y; y < pixels.y + pixels.height; y++)
        for (int x = pixels.x; x < pixels.x + pixels.width; x++)
            sum += measures.clipped[static_cast<std::size_t>(y) * static_cast<std::size_t>(measures.small.size.width) +
                                    static_cast<std::size_t>(x)];
    return 100 * sum / 255 / (pixels.width * pixels.height);
}

/// The ninth of what is shown that lost most.
Region worstNinth(const PhotoMeasures& measures, const image::Crop& shown) {
    image::Crop worst;
    double most = -1;
    for (int i = 0; i < 9; i++) {
        const double width = shown.width / 3, height = shown.height / 3;
        const image::Crop ninth{shown.left + width * (i % 3), shown.top + height * (i / 3), width, height};
        const double percent = clippedIn(measures, ninth);
        if (percent > most) worst = ninth;
        most = std::max(most, percent);
    }
    return {worst.left, worst.top, worst.width, worst.height};
}

void addLights(const PhotoMeasures& measures, const image::Crop& shown, Findings& to) {
    if (measures.faces)
        for (const vision::Face& face : *measures.faces) {
            const double percent = clippedIn(measures, face.box);
            if (face.score < vision::scoreForFinding || percent <= clippedFacePercent) continue;
            const image::Crop& box = face.box;
            to.push_back({.code = FindingCode::FaceWithoutDetail,
                          .severity = Severity::Look,
                          .numbers = {{"percent", std::round(percent)}},
                          .region = Region{box.left, box.top, box.width, box.height}});
            return;
        }
    if (const double percent = clippedIn(measures, shown); percent > clippedPercent)
        to.push_back({.code = FindingCode::LightsWithoutDetail,
                      .severity = Severity::Look,
                      .numbers = {{"percent", std::round(percent)}},
                      .region = worstNinth(measures, shown)});
}

}  // namespace

Findings exposure(const PhotoToCheck& photo, const PageToCheck& page) {
    Findings found;
    const image::Crop shown = shownOf(page.plan);
    // Of all of the photo: a crop must not decide whether a photo is a night or a mistake.
    if (const auto picture = workingOf(photo.measures, photo.facts.colour)) {
        const render::PhotoKind kind = render::autoEnhance(*picture).kind;
        if (kind == render::PhotoKind::Underexposed || kind == render::PhotoKind::Dim)
            found.push_back({.code = FindingCode::TooDark, .severity = Severity::Look, .fix = Fix::Improve});
    }
    if (page.light && page.light->atPaperBlackPercent > closedPercent && page.light->photoDarkL > openPhotoL)
        found.push_back({.code = FindingCode::ShadowsClose,
                         .severity = Severity::Look,
                         .numbers = {{"percent", std::round(page.light->atPaperBlackPercent)}}});
    addLights(photo.measures, shown, found);
    return found;
}

}  // namespace contone::preflight
