// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// By a page of the product as a file.
#include "core/inspect/faces_on_print.h"

#include "core/inspect/inspect_photo.h"
#include "core/preflight/check_photo.h"

namespace contone::inspect {

Result<std::optional<image::Crop>> faceKeepingCrop(decode::Decoder& decoder, const Path& file,
                                                   const catalog::Product& product,
                                                   const print::PhotoChoices& choices) {
    if (choices.crop || choices.fit != print::Fit::Fill || !choices.turn.isNone()) return std::nullopt;
    const auto faces = facesIn(decoder, file);
    if (!faces && faces.error().reason == "face-finder-missing") return std::nullopt;
    if (!faces) return fail(faces.error());
    if (faces->empty()) return std::nullopt;
    CONTONE_TRY(const PhotoReport photo, inspectPhoto(decoder, file, {}, Look::Facts));
    CONTONE_TRY(print::PagePlan plan, print::planFilePage(product, Dpi{300}, photo.facts.uprightSize(), choices));
    keepFree(plan, product.safe);
    return preflight::cropWithFaces(*faces, plan);
}

void keepFree(print::PagePlan& plan, Length safe) {
    const double x = safe.inches() * plan.dpiX.value, y = safe.inches() * plan.dpiY.value;
    for (print::PiecePlan& piece : plan.pieces)
        piece.safe = {piece.trim.x + x, piece.trim.y + y, piece.trim.width - 2 * x, piece.trim.height - 2 * y};
}

}  // namespace contone::inspect
