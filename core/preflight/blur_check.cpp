// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Photos out of focus, shaken, or with less detail than pixels: as it shows on this print.
//
// Figures: 26 photos, blurred, shaken and enlarged on purpose (docs/decisions/0064-photo-measures.md).
#include <cmath>

#include "core/preflight/checks_p.h"

namespace contone::preflight {

using findings::Finding, findings::FindingCode, findings::Fix, findings::Severity;

namespace {

constexpr double blurredFrom = 0.42, blurredEdgePx = 3.5;
constexpr double shakenFrom = 0.45, shakenDirectional = 0.14;
constexpr double softRollOffDb = 26, softEdgePx = 2.8, softMostEdgePx = 5.5;
constexpr double visibleMm = 0.30;  ///< an edge as wide as this on paper looks blurred in the hand

}  // namespace

Findings blur(const PhotoToCheck& photo, const PageToCheck& page) {
    const DetailMeasures& detail = photo.measures.detail;
    if (detail.edgePx == 0 || page.plan.photoDpi <= 0) return {};
    const double edgeMm = detail.edgePx / page.plan.photoDpi * 25.4;
    Finding found{
        .severity = Severity::Look, .numbers = {{"edgeMm", std::round(edgeMm * 10) / 10}}, .fix = Fix::SmallerPrint};
    const bool isBlurred = detail.blur > blurredFrom && detail.edgePx > blurredEdgePx && edgeMm > visibleMm;
    const bool isShaken = detail.blur > shakenFrom && detail.directional > shakenDirectional;
    const bool isSoft = detail.rollOffDb > softRollOffDb && detail.edgePx > softEdgePx &&
                        detail.edgePx < softMostEdgePx && edgeMm > visibleMm;
    if (isShaken)
        found.code = FindingCode::Shaken;
    else if (isBlurred)
        found.code = FindingCode::Blurred;
    else if (isSoft)
        found.code = FindingCode::LittleDetail;
    else
        return {};
    return {found};
}

}  // namespace contone::preflight
