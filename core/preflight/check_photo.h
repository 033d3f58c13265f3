// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// checkPhoto: everything that a person should know about one photo on one print, of what was measured once.
//
// Pure functions over values; nothing is decoded here. What each check looks for, and its thresholds, stand in its own
// file: <name>_check.cpp.
#pragma once

#include <span>
#include <string>

#include "core/findings/finding.h"
#include "core/preflight/paper_light.h"
#include "core/preflight/photo_measures.h"
#include "core/print/page_plan.h"

namespace contone::preflight {

/// Lives no longer than what it refers to.
struct PhotoToCheck {
    Sha256 original;
    const image::PhotoFacts& facts;  ///< with the warnings that decoding found
    const PhotoMeasures& measures;
    std::string fileName;  ///< without folders, as the customer's medium has it; may be empty
};
struct PageToCheck {
    const print::PagePlan& plan;
    double zoom = 1;  ///< of the crop, 1 and more
    std::optional<PaperSize>
        sharpUpTo;                    ///< the largest product on which what is shown is sharp; empty: none, or unknown
    std::optional<PaperLight> light;  ///< empty: the paper's colours are not known yet
};

/// Sharpness and loss first, then what the checks found, then what was odd about the file. Severities: only what makes
/// a print worthless is Bad (too few pixels, half of it lost, a face cut in two, damage).
std::vector<findings::Finding> checkPhoto(const PhotoToCheck& photo, const PageToCheck& page);

/// What of the photo the print shows, its trim: as a crop that the same product would take.
image::Crop shownOf(const print::PagePlan& plan);
/// The crop moved, as large as it is, so that all faces that count lie inside the safe area with their hair, or as far
/// as the photo goes; empty: they are there already, or too far apart. What Fix::KeepFaces sets.
std::optional<image::Crop> cropWithFaces(const std::vector<vision::Face>& faces, const print::PagePlan& plan);

/// One photo of an order.
struct OrderedPhoto {
    Sha256 original;
    std::string product;
    std::uint64_t likeness = 0;  ///< PhotoMeasures::likeness
    std::string takenAt;         ///< PhotoFacts::takenAt
};
/// Whether the next photo of an order is among those before it, on the same product: number "other" is the place of the
/// first such photo, from 1. One original that was chosen twice counts too.
std::optional<findings::Finding> againInOrder(std::span<const OrderedPhoto> before, const OrderedPhoto& next);
/// The same for all photos of an order; as many, in their order.
std::vector<std::optional<findings::Finding>> checkOrder(std::span<const OrderedPhoto> photos);

}  // namespace contone::preflight
