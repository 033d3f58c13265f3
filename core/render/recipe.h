// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Recipe: everything that decides the bytes of one rendered page, and nothing else. A value; its hash names the page.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/length.h"
#include "core/base/sha256.h"
#include "core/base/srgb.h"
#include "core/image/adjustments.h"
#include "core/image/crop.h"
#include "core/image/ink_sense.h"
#include "core/image/lane.h"
#include "core/image/orientation.h"
#include "core/image/photo_turn.h"
#include "core/image/pixels.h"
#include "core/image/source_colour.h"
#include "core/render/area.h"
#include "core/render/sharpening.h"
#include "icc/transforms.h"

namespace contone::render {

using image::Crop;  ///< rounded() before it enters a recipe
using image::Lane;
using image::toString;

constexpr int maxSoftEdgeUm = 100'000;

/// A box of the page that shows a photo. Frames lie one over the other in their order.
struct Frame {
    int photo = 0;                                          ///< index into Recipe::photos
    Crop crop;                                              ///< fills the box exactly; the planner keeps the aspect
    image::PixelRect box;                                   ///< device pixels
    image::Orientation turn = image::Orientation::Upright;  ///< how the upright crop lies on the raster
    static constexpr int opaque = 1000;
    /// How much of what lies below it the frame covers, 0…opaque; mixed in linear light, as two lights mix.
    int opacityPermille = opaque;
    /// The frame fades in from nothing at the ends of its box over so much paper, 0…maxSoftEdgeUm micrometres; 0: hard.
    int softEdgeUm = 0;
    image::Adjustments adjustments;  ///< of light and colours; they pass check() of adjustments/adjustments.h
    Shape shape;
    std::optional<Sha256> stencil;  ///< an image::Stencil as large as the box, of which only the coverage counts
    std::optional<Shadow> shadow;
    bool operator==(const Frame&) const = default;
};

/// One colour under the frames: a coloured border with all that the printer cuts off. Converted as a photo in sRGB
/// would be, with the page's intent; never sharpened.
struct BorderFill {
    image::PixelRect box;
    Srgb colour;
    bool operator==(const BorderFill&) const = default;
};

/// TwoHalves: A and B apart, exact, with room for adjustments between them. Fused: both in one table (icc::FusedTable),
/// for photos in a well-known space with nothing adjusted, fast lane; on a composed page (pipeline.h) the halves are
/// apart whatever stands here.
enum class Conversion { TwoHalves, Fused };

/// The photo as it was when the recipe was made: a different file under the same name can never slip in.
struct RecipePhoto {
    Sha256 original;
    image::PixelSize uprightSize;  ///< as it is seen before it is straightened
    image::Orientation orientation = image::Orientation::Upright;
    Sha256 sourceProfile;
    image::SourceBasis basis = image::SourceBasis::Assumed;
    Conversion conversion = Conversion::TwoHalves;
    image::InkSense inks = image::InkSense::AsRead;
    /// What a person turned: `turn.by` is part of `orientation` and of `uprightSize`, `turn.straighten` of neither.
    image::PhotoTurn turn;
    bool operator==(const RecipePhoto&) const = default;
};

struct Recipe {
    static constexpr int maxSide = 300'000;  ///< pixels of a page: 3 m at 2400 dots an inch, and some
    static constexpr std::int64_t mostPixels = 4'000'000'000;
    static constexpr int renderVersion = 3;  ///< raised whenever the same recipe would give other bytes

    std::vector<RecipePhoto> photos;
    image::PixelSize raster;
    Dpi dpiX{300}, dpiY{300};
    std::vector<Area> under;    ///< over the border fill and below the frames, one over the other
    std::vector<Frame> frames;  ///< what neither they nor an area nor the border fill cover is paper: no ink
    std::vector<Area> over;     ///< above the frames: text
    std::optional<BorderFill> borderFill;
    Lane lane = Lane::Fast;
    Sha256 outputProfile;
    icc::Intent intent = icc::Intent::Relative;
    icc::BlackPoint blackPoint = icc::BlackPoint::Compensate;
    image::PixelFormat device{image::Channels::Rgb, image::Depth::U8};
    Sharpening sharpening;  ///< of every frame, at the size of the print
    bool dither = true;     ///< 8-bit device pixels only; off for JPEG files
    bool operator==(const Recipe&) const = default;
};

/// One line of JSON with sorted keys, numbers in fixed notation (fractions with 9 decimals), and the render version.
std::string canonical(const Recipe& recipe);
/// The recipe that canonical() wrote; crops come back as the 9 decimals say. Fails: Corrupt "recipe-damaged",
/// Unsupported "recipe-version".
Result<Recipe> parseRecipe(std::string_view text);
/// SHA-256 of canonical().
Sha256 hashOf(const Recipe& recipe);
/// The set texts and masks that lie on it; each once.
std::vector<Sha256> stencilsOf(const Recipe& recipe);

}  // namespace contone::render
