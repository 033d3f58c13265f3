// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Faces from the finder, pixels by way of a picture of the whole photo.
#include "core/inspect/red_eyes_of_photo.h"

#include "core/render/frame_adjustments.h"

namespace contone::inspect {

Result<std::vector<image::RedEye>> redEyesOf(decode::Decoder& decoder, const Path& file, const PhotoReport& photo,
                                             image::InkSense inks, std::shared_ptr<render::ColourTables> tables) {
    CONTONE_TRY(const std::vector<vision::Face> faces, facesIn(decoder, file));
    std::vector<render::EyePlaces> places;
    for (const vision::Face& face : faces) {
        if (face.score < vision::scoreForFinding) continue;
        const vision::Point right = face.at(vision::FacePoint::RightEye), left = face.at(vision::FacePoint::LeftEye);
        places.push_back({{{{right.u, right.v}, {left.u, left.v}}}});
    }
    if (places.empty()) return std::vector<image::RedEye>{};
    const image::PhotoFacts& facts = photo.facts;
    render::RecipePhoto whole{photo.original, facts.uprightSize(), facts.orientation, facts.colour.profile,
                              facts.colour.basis};
    whole.inks = inks;
    const auto ingredients = ingredientsFrom(decoder, {file}, icc::Profile::srgb(), std::move(tables));
    CONTONE_TRY(const render::WorkingPicture picture,
                render::wholePicture(whole, 0, ingredients, render::eyePictureSide));
    return render::findRedEyes(picture, places);
}

}  // namespace contone::inspect
