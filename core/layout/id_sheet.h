// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// idSheet: one ID photo as often as it fits on a sheet of paper, with lines to cut along.
#pragma once

#include "core/layout/id_photo.h"
#include "core/layout/layout.h"

namespace contone::layout {

/// Whether the lines by which a person checks the head lie over the photos. For screens and proofs: not for an office.
enum class Guides { Hidden, Shown };

/// Each photo in the document's exact size, 2 mm apart, in the middle of the paper, 4 mm from its edges at least; the
/// paper upright or on its side, whichever takes more. The page of a product's size, so that nothing is scaled. Fails:
/// Invalid "id-photo-paper" when not one fits.
Result<Layout> idSheet(const IdDocument& document, const IdPhoto& photo, PaperSize paper, Guides guides);

/// Marks on the upright photo, on the photo as it is straightened. `size`: of the upright photo, in pixels;
/// `hundredths`: as image::PhotoTurn. What is cut off lies outside 0…1.
HeadMarks straightened(const HeadMarks& marks, image::PixelSize size, int hundredths);

}  // namespace contone::layout
