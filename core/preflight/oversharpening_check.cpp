// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Photos with bright and dark seams along their edges. These overlap with photos that are well: only the clearest
// count.
#include "core/preflight/checks_p.h"

namespace contone::preflight {

using findings::FindingCode, findings::Severity;

Findings oversharpening(const PhotoToCheck& photo, const PageToCheck&) {
    constexpr double clearOvershoot = 0.30, fineDetailDb = 12;
    const DetailMeasures& detail = photo.measures.detail;
    if (detail.edgePx == 0 || detail.overshoot <= clearOvershoot || detail.rollOffDb >= fineDetailDb) return {};
    return {{.code = FindingCode::Oversharpened, .severity = Severity::Look}};
}

}  // namespace contone::preflight
