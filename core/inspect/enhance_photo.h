// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// enhancementOf: what auto-enhance would do to a photo in a file.
#pragma once

#include "core/inspect/inspect_photo.h"
#include "core/render/auto_enhance.h"

namespace contone::inspect {

/// Decodes the photo, small. `tables` may be null. Fails: as decode::Decoder::open, render::renderWorking.
Result<render::Enhancement> enhancementOf(decode::Decoder& decoder, const Path& file, const PhotoReport& photo,
                                          image::InkSense inks = image::InkSense::AsRead,
                                          std::shared_ptr<render::ColourTables> tables = {});

}  // namespace contone::inspect
