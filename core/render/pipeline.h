// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// renderPage: from a recipe to device pixels. Preview, proof and print all come through here.
#pragma once

#include <functional>
#include <memory>

#include "core/base/cancel.h"
#include "core/image/photo_source.h"
#include "core/image/stencil.h"
#include "core/image/strip_sink.h"
#include "core/render/colour_tables.h"
#include "core/render/recipe.h"

namespace contone::render {

using OpenLook = std::function<Result<Bytes>(const Sha256& file)>;

/// What a recipe names by hash, at hand. The functions may be called from the rendering thread only.
struct Ingredients {
    /// Opens recipe.photos[index], from its first row, as the request asks: intent and black point of the page, and
    /// how much smaller the frame shows it (1 in the archival lane). Its colours come with its facts.
    std::function<Result<std::unique_ptr<image::PhotoSource>>(int index, const image::PhotoRequest& request)> openPhoto;
    icc::Profile outputProfile;
    std::shared_ptr<ColourTables> tables;  ///< kept between pages; null: made for this one alone, in memory
    /// The bytes of a look of the shop's own (core/render/cube_look.h), by their hash, which is checked; empty: there
    /// are none.
    OpenLook openLook = {};
    /// Set text and masks, by hash. May be empty for pages without.
    std::function<Result<std::shared_ptr<const image::Stencil>>(const Sha256& hash)> stencil = {};
};

struct RenderOptions {
    /// The bytes are the same for any number. From 2 on, the sink works on a thread of its own besides.
    int threads = 1;
    CancelToken cancel;
    std::function<void(double fraction)> progress;  ///< 0…1, on the calling thread; may be empty
    bool embedProfile = true;  ///< hand the output profile to the sink (files want it, rasters do not)
    /// Turned photos, several frames and composed pages are laid on a canvas of the whole page. A larger one than this
    /// is an unlinked file in the folder of the tables (in memory where there is none).
    std::size_t canvasBudget = std::size_t{64} << 20;
};

struct RenderedPage {
    Sha256 recipeHash;
    Sha256 rasterHash;  ///< of the device pixels, image::rasterHash
    image::PhotoWarnings warnings;
    std::string fingerprint;  ///< fingerprintOf() what made it
};

/// Renders into `sink`. The stages are the lists in pipeline.cpp. A page is *composed*, in linear working RGB, where
/// something lies over something else: a border's colour, areas, frames that share pixels, opacity, soft edges,
/// outlines, masks, shadows; where not, each frame goes straight to the device. Memory: strips of the source and a
/// window of the rows under the filter as the file has them; for a composed page a canvas of 6 bytes a pixel, for a
/// turned photo and several ones of the page's own samples (RenderOptions::canvasBudget). Fails as openPhoto,
/// Canvas::create and the sink do; Invalid "recipe-damaged"; NotFound "stencil-missing", "look-missing"; Conflict
/// "photo-changed" when a photo is not what the recipe says, "profile-changed", "profile-channels", "look-changed"; as
/// CubeLook::parse; Cancelled.
Result<RenderedPage> renderPage(const Recipe& recipe, const Ingredients& ingredients, image::StripSink& sink,
                                const RenderOptions& options = {});

/// The photo of the page's first frame as large as its box and as it lies on the page, still in its own colours: what a
/// preview keeps while colours are tried (core/render/preview.h). `rgb`: box.width * box.height * 3, 16 bits; empty for
/// a page without frames and for gray photos, which have no preview of this kind.
struct EncodedPicture {
    image::PixelSize raster;
    image::PixelRect box;
    image::SourceColour colour;
    image::PhotoWarnings warnings;
    std::vector<std::uint16_t> rgb;
};
Result<EncodedPicture> renderEncoded(const Recipe& recipe, const Ingredients& ingredients,
                                     const RenderOptions& options = {});

/// The page in working RGB before B, adjusted, for the gamut report, at most `longSide` pixels (fixed analysis size).
struct WorkingPicture {
    image::PixelSize size;
    icc::WorkingGamut gamut;
    std::vector<float> rgb;
};
Result<WorkingPicture> renderWorking(const Recipe& recipe, const Ingredients& ingredients, int longSide);

}  // namespace contone::render
