// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The photo is opened once for its rows and once, small, for faces.
#include "core/inspect/measure_photo.h"

namespace contone::inspect {

Result<MeasuredPhoto> measurePhoto(decode::Decoder& decoder, const Path& file, const catalog::Catalog& catalog,
                                   Faces faces) {
    preflight::PhotoMeasures measures;
    const auto measure = [&](image::PhotoSource& source) -> Result<void> {
        CONTONE_TRY(measures, preflight::measurePhoto(source));
        return {};
    };
    CONTONE_TRY(PhotoReport photo, inspectPhoto(decoder, file, catalog, {}, measure));
    if (faces == Faces::LookedFor) {
        auto found = facesIn(decoder, file);
        if (!found && found.error().reason != "face-finder-missing") return fail(std::move(found.error()));
        if (found) measures.faces = std::move(*found);
    }
    return MeasuredPhoto{std::move(photo), std::move(measures)};
}

}  // namespace contone::inspect
