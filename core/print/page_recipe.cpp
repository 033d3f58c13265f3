// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Gathers the parts of a recipe.
#include "core/print/page_recipe.h"

namespace contone::print {

void layOut(render::Recipe& recipe, const PagePlan& plan) {
    recipe.raster = plan.raster;
    recipe.dpiX = plan.dpiX;
    recipe.dpiY = plan.dpiY;
    // Every frame of a plan shows the one photo, adjusted in the one way.
    const image::Adjustments adjustments =
        recipe.frames.empty() ? image::Adjustments{} : recipe.frames.front().adjustments;
    recipe.frames = plan.frames;
    recipe.borderFill = plan.borderFill;
    for (render::Frame& frame : recipe.frames) {
        frame.crop = frame.crop.rounded();
        frame.adjustments = adjustments;
    }
}

render::Recipe makeRecipe(const PagePlan& plan, const Sha256& original, const image::PhotoFacts& facts,
                          const PhotoChoices& choices, const PageColour& colour) {
    render::Recipe recipe;
    const bool isPlain =
        facts.colour.isKnown && facts.colour.kind == image::SourceColour::Kind::Matrix && choices.adjustments.isEmpty();
    recipe.photos.push_back(
        {original, image::turnedSize(facts, {choices.turn.by, 0}), image::then(facts.orientation, choices.turn.by),
         facts.colour.profile, facts.colour.basis,
         isPlain && choices.lane == render::Lane::Fast ? render::Conversion::Fused : render::Conversion::TwoHalves,
         choices.inks, choices.turn});
    layOut(recipe, plan);
    for (render::Frame& frame : recipe.frames) frame.adjustments = choices.adjustments;
    recipe.lane = choices.lane;
    recipe.outputProfile = colour.outputProfile;
    recipe.intent = colour.intent;
    recipe.blackPoint = colour.blackPoint;
    recipe.device = colour.device;
    recipe.dither = colour.dither;
    recipe.sharpening = colour.sharpening;
    return recipe;
}

}  // namespace contone::print
