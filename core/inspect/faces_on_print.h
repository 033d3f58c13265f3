// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// faceKeepingCrop: the crop of a photo on a product that leaves faces whole, where the middle would not.
#pragma once

#include <optional>

#include "core/catalog/product.h"
#include "core/decode/decoder.h"
#include "core/print/page_plan.h"

namespace contone::inspect {

/// What the product keeps free inside its trim counts as its edge, as no printer is known. Empty: the middle is good,
/// somebody chose a crop or all of the photo, the photo is turned, or its faces are too far apart. Where no faces can
/// be found since their finder is missing, the middle is good. Fails: as inspectPhoto, facesIn, print::planFilePage.
Result<std::optional<image::Crop>> faceKeepingCrop(decode::Decoder& decoder, const Path& file,
                                                   const catalog::Product& product, const print::PhotoChoices& choices);

/// Without a printer no knife is known: what the product keeps free inside its trim counts all the same.
void keepFree(print::PagePlan& plan, Length safe);

}  // namespace contone::inspect
