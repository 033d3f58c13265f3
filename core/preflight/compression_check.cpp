// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Photos that were saved with so few bits that it shows: by their table, and by their blocks where they were saved
// anew.
#include "core/preflight/checks_p.h"

namespace contone::preflight {

using findings::FindingCode, findings::Severity;

namespace {

constexpr int poorQuality = 60;
constexpr double visibleBlocks = 0.85;  ///< levels; of photos saved at quality 50: 0.9 to 1.8

}  // namespace

Findings compression(const PhotoToCheck& photo, const PageToCheck&) {
    const int quality = photo.facts.jpegQuality;
    const bool isPoor = quality > 0 && quality < poorQuality;
    if (!isPoor && photo.measures.blockLevels <= visibleBlocks) return {};
    return {{.code = FindingCode::StronglyCompressed,
             .severity = Severity::Look,
             .numbers = {{"quality", static_cast<double>(quality)}}}};
}

}  // namespace contone::preflight
