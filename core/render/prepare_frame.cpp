// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Photos, their colours, and whether they are still what the recipe says.
#include "core/render/prepare_frame.h"

#include <algorithm>
#include <cmath>

#include "core/image/photo_problem.h"
#include "core/render/adjustments/adjustments.h"
#include "core/render/adjustments/detail.h"
#include "core/render/denoised_source.h"
#include "core/render/frame_adjustments.h"
#include "core/render/straightened_source.h"

namespace contone::render {
namespace {

LinearTables linearTables(image::PixelFormat pixels, const icc::InputTransform& input) {
    LinearTables tables;
    const int levels = pixels.depth == image::Depth::U8 ? 256 : 65536;
    for (int c = 0; c < image::count(pixels.channels); c++) {
        std::vector<float> values(static_cast<std::size_t>(levels));
        for (int v = 0; v < levels; v++)
            values[static_cast<std::size_t>(v)] = static_cast<float>(v) / static_cast<float>(levels - 1);
        input.decode(values.data(), values.data(), levels, c);
        tables.push_back(std::move(values));
    }
    return tables;
}

std::unexpected<Error> photoChanged(const char* what) {
    return fail(Code::Conflict, "photo-changed",
                "This photo is not the one that was ordered. Add it to the order again.", what);
}

/// How many times smaller the frame shows the photo, at least 1: in both directions, so the lesser counts.
double reductionOf(const Frame& frame, const RecipePhoto& photo) {
    const image::PixelSize stored = image::oriented(photo.uprightSize, image::inverse(photo.orientation));
    // A straightened photo is turned at the size at which it comes: half as many again for it.
    constexpr double sparePixels = 1.5;
    const double spare =
        photo.turn.straighten == 0 ? 1 : image::keptWhenStraightened(stored, photo.turn.straighten) / sparePixels;
    const FrameGeometry g = frameGeometry(frame, photo, stored, stored);
    return std::max(1.0, spare * std::min(g.width / g.size.width, g.height / g.size.height));
}

Result<void> checkPhoto(const image::PhotoFacts& facts, const RecipePhoto& photo) {
    if (image::turnedSize(facts, {photo.turn.by, 0}) != photo.uprightSize ||
        image::then(facts.orientation, photo.turn.by) != photo.orientation)
        return photoChanged("size or orientation differ from the recipe");
    if (facts.colour.profile != photo.sourceProfile) return photoChanged("source profile differs from the recipe");
    if (facts.size.width < 1 || facts.size.height < 1 || facts.size.width > facts.storedSize.width ||
        facts.size.height > facts.storedSize.height)
        return image::photoProblem("photo-damaged", "strips larger than the photo");
    CONTONE_CHECK(image::check(facts.colour));
    const bool isGray = facts.colour.kind == image::SourceColour::Kind::Gray;
    if (facts.pixels.channels != (isGray ? image::Channels::Gray : image::Channels::Rgb))
        return image::photoProblem("photo-damaged", "colours of another model than the strips");
    if (photo.conversion == Conversion::Fused && facts.colour.kind != image::SourceColour::Kind::Matrix)
        return photoChanged("a fused conversion of colours that have no matrix");
    return {};
}

std::unexpected<Error> damaged(const char* what) {
    return fail(Code::Invalid, "recipe-damaged",
                "The record of this page is not usable. Print it again from the order.", what);
}

/// The photo's own rows may lie on their sides.
Sharpener::Options sharpeningOf(const Recipe& recipe, const Frame& frame, const FrameGeometry& geometry) {
    const bool isTurned = image::swapsAxes(geometry.toPage);
    return {.sharpening = sharpened(recipe.sharpening, frame.adjustments),
            .acrossDpi = isTurned ? recipe.dpiY : recipe.dpiX,
            .downDpi = isTurned ? recipe.dpiX : recipe.dpiY};
}

bool isUsable(const Shape& shape) {
    return shape.radiusUm >= 0 && shape.radiusUm <= Shape::maxRadiusUm &&
           (shape.radiusUm == 0 || shape.kind == Shape::Kind::Rounded);
}

bool isUsable(const std::optional<Shadow>& shadow) {
    const auto isNear = [](int um) { return um >= -Shadow::maxUm && um <= Shadow::maxUm; };
    return !shadow ||
           (shadow->opacityPermille >= 0 && shadow->opacityPermille <= Frame::opaque && shadow->blurUm >= 0 &&
            shadow->blurUm <= Shadow::maxUm && isNear(shadow->rightUm) && isNear(shadow->downUm));
}

/// The crop with what the filter looks at around it.
image::PixelRect underFilter(const FrameGeometry& geometry) {
    const double acrossReach = 3 * std::max(1.0, geometry.width / geometry.size.width) + 1;
    const double downReach = 3 * std::max(1.0, geometry.height / geometry.size.height) + 1;
    const int x = static_cast<int>(std::floor(geometry.x - acrossReach));
    const int y = static_cast<int>(std::floor(geometry.y - downReach));
    return {x, y, static_cast<int>(std::ceil(geometry.x + geometry.width + acrossReach)) - x,
            static_cast<int>(std::ceil(geometry.y + geometry.height + downReach)) - y};
}

}  // namespace

Result<PreparedFrame> prepareFrame(const Recipe& recipe, const Frame& frame, const Ingredients& ingredients,
                                   ColourTables& tables, Halves halves, int threads) {
    if (frame.photo < 0 || frame.photo >= static_cast<int>(recipe.photos.size())) return damaged("frame without photo");
    const RecipePhoto& photo = recipe.photos[static_cast<std::size_t>(frame.photo)];
    // Some devices compensate whatever was asked; both halves must do the same.
    const auto blackPoint = icc::effectiveBlackPoint(ingredients.outputProfile, recipe.intent, recipe.blackPoint);
    const double reducible = recipe.lane == Lane::Fast ? reductionOf(frame, photo) : 1;
    CONTONE_TRY(auto source, ingredients.openPhoto(frame.photo, {recipe.intent, blackPoint, reducible, photo.inks}));
    CONTONE_CHECK(checkPhoto(source->facts(), photo));
    if (const NoiseReduction wanted = noiseReductionOf(frame.adjustments); wanted.isNeeded()) {
        CONTONE_TRY(const NoiseLevel noise, noiseOf(recipe, frame.photo, ingredients, tables));
        source = std::make_unique<DenoisedSource>(std::move(source), wanted, noise, threads);
    }
    FrameGeometry geometry;
    if (photo.turn.straighten != 0) {
        auto turned = straightened(
            std::move(source), image::isMirrored(photo.orientation) ? -photo.turn.straighten : photo.turn.straighten);
        geometry = frameGeometry(frame, photo, turned->facts().storedSize, turned->facts().size);
        turned->needOnly(underFilter(geometry));
        source = std::move(turned);
    } else {
        geometry = frameGeometry(frame, photo, source->facts().storedSize, source->facts().size);
    }
    const image::PhotoFacts& facts = source->facts();
    PreparedFrame prepared{std::move(source), geometry, {}, {}, {}, sharpeningOf(recipe, frame, geometry)};
    if (halves == Halves::AsRecipeSays && photo.conversion == Conversion::Fused) {
        CONTONE_TRY(icc::FusedTable table,
                    tables.fused(facts.colour, ingredients.outputProfile, recipe.intent, recipe.blackPoint));
        prepared.fused = std::make_unique<const icc::FusedTable>(std::move(table));
        return prepared;
    }
    CONTONE_TRY(icc::InputTransform input, tables.input(facts.colour, {recipe.intent, blackPoint}));
    prepared.input = std::make_unique<const icc::InputTransform>(std::move(input));
    const bool reducing = geometry.width > geometry.size.width && geometry.height > geometry.size.height;
    if (recipe.lane == Lane::Archival && reducing) prepared.linear = linearTables(facts.pixels, *prepared.input);
    if (Sharpener::isNeeded(prepared.sharpening))
        prepared.sharpening.light = std::make_shared<const LightCurves>(*prepared.input);
    return prepared;
}

Result<void> checkRecipe(const Recipe& recipe) {
    const auto [wide, high] = recipe.raster;
    if (wide < 1 || high < 1 || wide > Recipe::maxSide || high > Recipe::maxSide ||
        std::int64_t{wide} * high > Recipe::mostPixels)
        return damaged("a page of an impossible size");
    const auto isOutside = [&](const image::PixelRect& box) {
        return box.x < 0 || box.y < 0 || box.width < 1 || box.height < 1 || box.x > wide || box.y > high ||
               box.width > wide - box.x || box.height > high - box.y;
    };
    // Written so that what is no number lies outside.
    const auto isOnPhoto = [](const Crop& c) {
        constexpr double slack = 1e-6;
        return c.left >= -slack && c.top >= -slack && c.width > 0 && c.height > 0 && c.left + c.width <= 1 + slack &&
               c.top + c.height <= 1 + slack;
    };
    if (recipe.borderFill && isOutside(recipe.borderFill->box)) return damaged("border outside the page");
    for (const RecipePhoto& p : recipe.photos)
        if (!image::check(p.turn)) return damaged("straightened out of range");
    for (const Frame& f : recipe.frames) {
        if (isOutside(f.box) || !isOnPhoto(f.crop))
            return damaged("frame outside the page, or its crop outside the photo");
        if (f.opacityPermille < 0 || f.opacityPermille > Frame::opaque || f.softEdgeUm < 0 ||
            f.softEdgeUm > maxSoftEdgeUm)
            return damaged("opacity or soft edge out of range");
        if (const auto fine = check(f.adjustments); !fine) return damaged(fine.error().detail.c_str());
        if (!isUsable(f.shape) || !isUsable(f.shadow)) return damaged("outline or shadow out of range");
    }
    for (const std::vector<Area>* areas : {&recipe.under, &recipe.over})
        for (const Area& a : *areas) {
            if (isOutside(a.box)) return damaged("area outside the page");
            if (!isUsable(a.shape) || !isUsable(a.shadow) || a.opacityPermille < 0 ||
                a.opacityPermille > Frame::opaque || a.paint.angle < 0 || a.paint.angle > 359)
                return damaged("outline, shadow, opacity or angle of an area out of range");
        }
    return {};
}

Result<void> checkOutput(const Recipe& recipe, const icc::Profile& output) {
    if (output.hash() != recipe.outputProfile)
        return fail(Code::Conflict, "profile-changed",
                    "The printer's colour profile is not the one this page was planned with.", "output profile hash");
    if (output.channels() != image::count(recipe.device.channels))
        return fail(Code::Conflict, "profile-channels",
                    "This colour profile is for another kind of printer. Choose the profile made for this one.",
                    "profile has " + std::to_string(output.channels()) + " channels");
    return {};
}

}  // namespace contone::render
