// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Makes findings of what was odd about a photo. Pure functions; `subject` is the photo's original.
#pragma once

#include "core/base/sha256.h"
#include "core/findings/finding.h"
#include "core/image/photo_warning.h"

namespace contone::findings {

/// In the order of the warnings. A photo that is damaged, or may not lie upright, is Bad; the others want a look.
std::vector<Finding> ofWarnings(const Sha256& subject, const image::PhotoWarnings& warnings);
/// The warning that a finding was made of.
std::optional<image::PhotoWarning> warningOf(FindingCode code);

}  // namespace contone::findings
