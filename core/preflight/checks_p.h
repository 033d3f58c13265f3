// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The checks of a photo, one file each; check_photo.cpp has the list in which people read them.
#pragma once

#include "core/preflight/check_photo.h"

namespace contone::preflight {

/// What is found has no subject yet. Empty: nothing to say.
using Findings = std::vector<findings::Finding>;

Findings facesOnPrint(const PhotoToCheck& photo, const PageToCheck& page);
Findings blur(const PhotoToCheck& photo, const PageToCheck& page);
Findings compression(const PhotoToCheck& photo, const PageToCheck& page);
Findings messenger(const PhotoToCheck& photo, const PageToCheck& page);
Findings oversharpening(const PhotoToCheck& photo, const PageToCheck& page);
Findings exposure(const PhotoToCheck& photo, const PageToCheck& page);
Findings screenshot(const PhotoToCheck& photo, const PageToCheck& page);
Findings ownBorder(const PhotoToCheck& photo, const PageToCheck& page);
Findings sourceColours(const PhotoToCheck& photo, const PageToCheck& page);

}  // namespace contone::preflight
