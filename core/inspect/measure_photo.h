// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// measurePhoto: one photo in a file, opened, hashed and measured for all checks of its prints.
#pragma once

#include "core/inspect/inspect_photo.h"
#include "core/preflight/photo_measures.h"

namespace contone::inspect {

enum class Faces { LookedFor, Left };

struct MeasuredPhoto {
    PhotoReport photo;  ///< with every row read: the warnings are complete
    preflight::PhotoMeasures measures;
};
/// As inspectPhoto() with EveryRow, at full resolution: decoded once, and small a second time for faces. Where no faces
/// can be found since their finder is missing, `measures.faces` is empty. Fails: as inspectPhoto,
/// preflight::measurePhoto, facesIn.
Result<MeasuredPhoto> measurePhoto(decode::Decoder& decoder, const Path& file, const catalog::Catalog& catalog,
                                   Faces faces = Faces::LookedFor);

}  // namespace contone::inspect
