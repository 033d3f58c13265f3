// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Faces that the knife cuts, that are not on the print, or that lie so near its edge that a drift of the paper cuts
// them.
//
// Only faces that are sure enough and large enough count: who stands behind the bride by chance may be cut.
#include <algorithm>
#include <cmath>

#include "core/preflight/checks_p.h"
#include "core/preflight/trim_on_photo_p.h"

namespace contone::preflight {

using findings::Finding, findings::FindingCode, findings::Fix, findings::Region, findings::Severity;
using image::Crop;

namespace {

constexpr double leastOfLargest = 0.5;     ///< of the largest face's height
constexpr double cutFrom = 0.10;           ///< of the box, which reaches from the brows to the chin
constexpr double leftOutFrom = 0.90;       ///< so much of it gone is no face any more
constexpr double hair = 0.25, ear = 0.15;  ///< of the box, that belong to a head besides
constexpr double nearly = 0.002;           ///< of the photo: pages are planned in whole pixels
constexpr double atPhotoEdge = 0.005;      ///< the photo itself ends there: no crop can show more

std::vector<Crop> facesThatCount(const std::vector<vision::Face>& faces) {
    std::vector<Crop> boxes;
    double largest = 0;
    for (const vision::Face& face : faces)
        if (face.score >= vision::scoreForFinding) largest = std::max(largest, face.box.height);
    for (const vision::Face& face : faces)
        if (face.score >= vision::scoreForFinding && face.box.height >= leastOfLargest * largest)
            boxes.push_back(face.box);
    return boxes;
}

double overlap(double a, double aSize, double b, double bSize) {
    return std::max(0.0, std::min(a + aSize, b + bSize) - std::max(a, b));
}

double lostOf(const Crop& face, const Crop& trim) {
    const double kept =
        overlap(face.left, face.width, trim.left, trim.width) * overlap(face.top, face.height, trim.top, trim.height);
    return 1 - kept / (face.width * face.height);
}

/// With hair and ears, as far as the photo has them.
Crop headOf(const Crop& face) {
    const double left = std::max(0.0, face.left - ear * face.width), top = std::max(0.0, face.top - hair * face.height);
    return {left, top, std::min(1.0, face.left + (1 + ear) * face.width) - left, face.top + face.height - top};
}

/// Whether `head` reaches beyond `safe` on a side where the photo goes on.
bool isNear(const Crop& head, const Crop& safe) {
    const double right = head.left + head.width, bottom = head.top + head.height;
    const auto isBeyond = [](double outer, double inner) { return outer < inner - nearly; };
    return (isBeyond(head.left, safe.left) && head.left > atPhotoEdge) ||
           (isBeyond(head.top, safe.top) && head.top > atPhotoEdge) ||
           (isBeyond(safe.left + safe.width, right) && right < 1 - atPhotoEdge) ||
           (isBeyond(safe.top + safe.height, bottom) && bottom < 1 - atPhotoEdge);
}

Crop unionOf(const Crop& a, const Crop& b) {
    const double left = std::min(a.left, b.left), top = std::min(a.top, b.top);
    return {left, top, std::max(a.left + a.width, b.left + b.width) - left,
            std::max(a.top + a.height, b.top + b.height) - top};
}

/// What `at` must move by so that `low`…`high` lies in `safe`…`safe + size`; not a number when it cannot.
double shiftFor(double low, double high, double safe, double size) {
    if (high - low > size) return std::nan("");
    if (low < safe) return low - safe;
    return high > safe + size ? high - safe - size : 0;
}

struct FaceFinding {
    FindingCode code;
    Severity severity;
    std::vector<Crop> faces;
};

/// Numbers and places that are written down: to a tenth of a per cent, so that the same is the same.
Region regionOf(const Crop& box) {
    const auto rounded = [](double v) { return std::round(v * 1000) / 1000; };
    return {rounded(box.left), rounded(box.top), rounded(box.width), rounded(box.height)};
}

}  // namespace

Crop shownOf(const print::PagePlan& plan) {
    if (plan.frames.empty()) return {};
    const Crop trim = trimOnPhoto(plan, plan.frames.front()).trim;
    const double left = std::max(0.0, trim.left), top = std::max(0.0, trim.top);
    return {left, top, std::min(1.0, trim.left + trim.width) - left, std::min(1.0, trim.top + trim.height) - top};
}

std::optional<Crop> cropWithFaces(const std::vector<vision::Face>& faces, const print::PagePlan& plan) {
    const std::vector<Crop> boxes = facesThatCount(faces);
    if (boxes.empty() || plan.frames.empty()) return std::nullopt;
    Crop all = headOf(boxes.front());
    for (const Crop& box : boxes) all = unionOf(all, headOf(box));
    const Crop safe = trimOnPhoto(plan, plan.frames.front()).safe;
    Crop moved = shownOf(plan);
    const double dx = shiftFor(all.left, all.left + all.width, safe.left, safe.width);
    const double dy = shiftFor(all.top, all.top + all.height, safe.top, safe.height);
    if (std::isnan(dx) || std::isnan(dy)) return std::nullopt;
    // Towards them as far as there is photo: where it ends, no crop can show more.
    const double left = std::clamp(moved.left + dx, 0.0, 1 - moved.width);
    const double top = std::clamp(moved.top + dy, 0.0, 1 - moved.height);
    if (std::abs(left - moved.left) < nearly && std::abs(top - moved.top) < nearly) return std::nullopt;
    moved.left = left;
    moved.top = top;
    return moved.rounded();
}

Findings facesOnPrint(const PhotoToCheck& photo, const PageToCheck& page) {
    if (!photo.measures.faces || page.plan.frames.empty()) return {};
    FaceFinding kinds[] = {{FindingCode::FaceCut, Severity::Bad, {}},
                           {FindingCode::FaceLeftOut, Severity::Look, {}},
                           {FindingCode::FaceNearEdge, Severity::Look, {}}};
    for (const Crop& face : facesThatCount(*photo.measures.faces)) {
        double lost = 0;
        bool near = false;
        for (const render::Frame& frame : page.plan.frames) {
            const TrimOnPhoto there = trimOnPhoto(page.plan, frame);
            lost = std::max(lost, lostOf(face, there.trim));
            near = near || isNear(headOf(face), there.safe);
        }
        if (lost >= leftOutFrom)
            kinds[1].faces.push_back(face);
        else if (lost >= cutFrom)
            kinds[0].faces.push_back(face);
        else if (near)
            kinds[2].faces.push_back(face);
    }
    const bool canMove = cropWithFaces(*photo.measures.faces, page.plan).has_value();
    const bool isWhole = page.plan.lostPercent < 0.5;
    Findings found;
    for (const FaceFinding& kind : kinds) {
        if (kind.faces.empty()) continue;
        Crop region = kind.faces.front();
        for (const Crop& face : kind.faces) region = unionOf(region, face);
        found.push_back({.code = kind.code,
                         .severity = kind.severity,
                         .numbers = {{"faces", static_cast<double>(kind.faces.size())}},
                         .region = regionOf(region),
                         .fix = canMove   ? Fix::KeepFaces
                                : isWhole ? Fix::None
                                          : Fix::ShowAll});
    }
    return found;
}

}  // namespace contone::preflight
