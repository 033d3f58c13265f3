// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// autoEnhance: what one tap on "Improve" sets, as sliders that a person sees and can take back.
#pragma once

#include "core/image/adjustments.h"
#include "core/render/pipeline.h"

namespace contone::render {

/// What a photo is like, as far as its light tells. Night, silhouettes, high key, dusk and fog are meant to be as they
/// are; so is a picture that is no photo.
enum class PhotoKind { NotAPhoto, HighKey, LowKey, Dusk, Underexposed, Veiled, Dim, Bright, Normal };
constexpr auto wordsOf(PhotoKind) {
    return enumWords<PhotoKind>("bad-photo-kind", "There is no such kind of photo.",
                                {{PhotoKind::NotAPhoto, "not-a-photo"},
                                 {PhotoKind::HighKey, "high-key"},
                                 {PhotoKind::LowKey, "low-key"},
                                 {PhotoKind::Dusk, "dusk"},
                                 {PhotoKind::Underexposed, "underexposed"},
                                 {PhotoKind::Veiled, "veiled"},
                                 {PhotoKind::Dim, "dim"},
                                 {PhotoKind::Bright, "bright"},
                                 {PhotoKind::Normal, "normal"}});
}
using contone::toString;

struct Enhancement {
    PhotoKind kind = PhotoKind::Normal;
    image::Adjustments adjustments;  ///< empty: nothing is to be done
};

/// `photo`: all of it, unadjusted, about 512 pixels on the long side (renderWorking). Small steps only, fading in
/// before their thresholds: two files of one scene must not look different. Rules and thresholds were set by eye on 126
/// pictures (docs/editing.md).
Enhancement autoEnhance(const WorkingPicture& photo);

}  // namespace contone::render
