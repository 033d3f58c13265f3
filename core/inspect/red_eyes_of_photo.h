// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// redEyesOf: the eyes in a photo file that are red from the flash.
#pragma once

#include "core/inspect/inspect_photo.h"
#include "core/render/red_eyes.h"

namespace contone::inspect {

/// Looks for faces that are sure enough to say something of, then at their eyes. `tables` may be null. Fails: as
/// facesIn(), render::renderWorking.
Result<std::vector<image::RedEye>> redEyesOf(decode::Decoder& decoder, const Path& file, const PhotoReport& photo,
                                             image::InkSense inks = image::InkSense::AsRead,
                                             std::shared_ptr<render::ColourTables> tables = {});

}  // namespace contone::inspect
