// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// makeRecipe: from where a photo lies (PagePlan) and the colours it is printed in, to the recipe of its page.
#pragma once

#include "core/image/photo_facts.h"
#include "core/print/page_plan.h"
#include "core/print/setup.h"
#include "core/render/recipe.h"

namespace contone::print {

/// The device a page is rendered for.
struct PageColour {
    Sha256 outputProfile;
    icc::Intent intent = icc::Intent::Relative;
    icc::BlackPoint blackPoint = icc::BlackPoint::Compensate;
    image::PixelFormat device{image::Channels::Rgb, image::Depth::U8};
    bool dither = true;
    render::Sharpening sharpening;
};

/// A page for a printer is made by PrintTarget::page(), which uses this; pages for files and for screens use it alone.
render::Recipe makeRecipe(const PagePlan& plan, const Sha256& original, const image::PhotoFacts& facts,
                          const PhotoChoices& choices, const PageColour& colour);
/// The same page laid out otherwise: raster, resolution, frames and border colour are those of `plan`; the photo stays
/// adjusted as it was.
void layOut(render::Recipe& recipe, const PagePlan& plan);

}  // namespace contone::print
