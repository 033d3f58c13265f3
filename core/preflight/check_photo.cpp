// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The list of the checks.
#include "core/preflight/check_photo.h"

#include <algorithm>

#include "core/findings/warning_findings.h"
#include "core/preflight/checks_p.h"
#include "core/preflight/page_findings.h"

namespace contone::preflight {

using findings::Finding, findings::FindingCode;

namespace {

using Check = Findings (*)(const PhotoToCheck& photo, const PageToCheck& page);
/// The gravest that they can find first.
constexpr Check checks[] = {facesOnPrint, blur,      exposure,   compression,  oversharpening,
                            ownBorder,    messenger, screenshot, sourceColours};

Finding sharpUpTo(const PaperSize& size) {
    return {.code = FindingCode::SharpUpTo, .numbers = {{"widthMm", size.width.mm()}, {"heightMm", size.height.mm()}}};
}

}  // namespace

Findings checkPhoto(const PhotoToCheck& photo, const PageToCheck& page) {
    Findings all = ofPage(photo.original, page.plan, page.zoom);
    if (page.sharpUpTo) all.insert(all.begin() + 1, sharpUpTo(*page.sharpUpTo));
    for (const Check check : checks) std::ranges::move(check(photo, page), std::back_inserter(all));
    for (Finding& one : all) one.subject = photo.original.toString();
    std::ranges::move(findings::ofWarnings(photo.original, photo.facts.warnings), std::back_inserter(all));
    return all;
}

}  // namespace contone::preflight
