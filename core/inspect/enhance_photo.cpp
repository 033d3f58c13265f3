// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// By way of the analysis picture.
#include "core/inspect/enhance_photo.h"

#include "core/render/frame_adjustments.h"

namespace contone::inspect {

Result<render::Enhancement> enhancementOf(decode::Decoder& decoder, const Path& file, const PhotoReport& photo,
                                          image::InkSense inks, std::shared_ptr<render::ColourTables> tables) {
    const image::PhotoFacts& facts = photo.facts;
    render::RecipePhoto whole{photo.original, facts.uprightSize(), facts.orientation, facts.colour.profile,
                              facts.colour.basis};
    whole.inks = inks;
    const auto ingredients = ingredientsFrom(decoder, {file}, icc::Profile::srgb(), std::move(tables));
    CONTONE_TRY(const render::WorkingPicture picture, render::analysisPicture(whole, 0, ingredients));
    return render::autoEnhance(picture);
}

}  // namespace contone::inspect
