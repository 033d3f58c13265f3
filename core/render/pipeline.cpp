// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The pipeline: in which order a pixel is made. The lists here are what runs; each line is one stage.
#include "core/render/pipeline.h"

#include <algorithm>
#include <cmath>

#include "core/render/composition.h"
#include "core/render/fingerprint.h"
#include "core/render/frame_adjustments.h"
#include "core/render/frames_in_turn.h"
#include "core/render/overlapped_sink.h"
#include "core/render/page_assembler.h"
#include "core/render/page_layers.h"
#include "core/render/paper_mask.h"
#include "core/render/prepare_frame.h"
#include "core/render/row_stages.h"
#include "core/render/run_frame.h"
#include "core/render/run_page.h"
#include "core/render/upright_picture.h"

namespace contone::render {
namespace {

Resample resampled(const PreparedFrame& f) {
    return {f.source.get(), f.geometry, &f.linear};
}
std::shared_ptr<const RowStage> encoded(const PreparedFrame& f) {
    return stage<Encode>(*f.input, f.linear.empty() ? Encode::Rows::Encoded : Encode::Rows::Linear);
}
std::shared_ptr<const RowStage> toDepth(const Recipe& r) {
    return stage<ToDepth>(r.device, r.dither ? ToDepth::How::Dither : ToDepth::How::Round);
}

// ---- the lists (docs/decisions/0020 says why in this order) ----------------------------------

/// A frame that lies alone on its part of the paper, in a well-known colour space, with nothing adjusted.
FrameStages fusedFrame(const PreparedFrame& f, const Recipe& r, FrameSink& page) {
    return {
        resampled(f),                    // orient, crop, Lanczos3, in one streaming window
        Sharpen{f.sharpening},           // for the paper, in the photo's encoding
        stage<ToDeviceFused>(*f.fused),  // A and B in one table
        toDepth(r),                      // dither, or rounding
        &page,                           // on paper; where no frame lies there is no ink
    };
}

/// A frame that lies alone on its part of the paper.
FrameStages directFrame(const PreparedFrame& f, const RowStages& adjustments, const icc::OutputTransform& output,
                        const Recipe& r, FrameSink& page) {
    return {
        resampled(f),                // orient, crop, Lanczos3, in one streaming window
        encoded(f),                  // archival lane: back from linear light
        stage<ToWorking>(*f.input),  // A: to linear working RGB
        stage<Adjust>(adjustments),  // the adjustments of this frame
        Sharpen{f.sharpening},       // for the paper, on light
        stage<ToDevice>(output),     // B: to the device
        toDepth(r),                  // dither, or rounding
        &page,                       // on paper; where no frame lies there is no ink
    };
}

/// A frame of a page on which things lie over one another, ...
FrameStages composedFrame(const PreparedFrame& f, const RowStages& adjustments, icc::WorkingGamut gamut,
                          FrameSink& page) {
    return {
        resampled(f),                             // orient, crop, Lanczos3, in one streaming window
        encoded(f),                               // archival lane: back from linear light
        stage<ToWorking>(*f.input),               // A: to linear working RGB
        stage<Adjust>(adjustments),               // the adjustments of this frame
        Sharpen{f.sharpening},                    // for the paper, on light
        stage<ToGamut>(f.input->gamut(), gamut),  // to the working space of the page
        stage<ToLightSamples>(),                  // in 16 bits
        &page,                                    // compose: over what lies there already, in linear light
    };
}
/// ... and then that page.
RowStages composedPage(const Composition& page, const icc::OutputTransform& output, const std::array<float, 4>& paper,
                       const Recipe& r) {
    return {
        stage<FromCanvas>(page),                           // linear working RGB
        stage<ToDevice>(output),                           // B: to the device
        stage<PaperMask>(page, paper, output.channels()),  // nothing lies there: no ink
        toDepth(r),                                        // dither, or rounding
    };  // then the sink
}

/// Not for paper: the resampled photo in its own colours, and adjusted, in working RGB.
FrameStages encodedPicture(const PreparedFrame& f, FrameSink& picture) {
    return {resampled(f), encoded(f), stage<KeepEncoded>(), &picture};
}
FrameStages workingPicture(const PreparedFrame& f, const RowStages& adjustments, FrameSink& picture) {
    return {resampled(f),         encoded(f), stage<ToWorking>(*f.input), stage<Adjust>(adjustments),
            stage<KeepWorking>(), &picture};
}

// ---- what runs them --------------------------------------------------------------------------

bool doMeet(const image::PixelRect& a, const image::PixelRect& b) {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/// Whether anything lies over anything else but paper.
bool isComposed(const Recipe& recipe) {
    if (recipe.borderFill || !recipe.under.empty() || !recipe.over.empty()) return true;
    for (std::size_t i = 0; i < recipe.frames.size(); i++) {
        const Frame& frame = recipe.frames[i];
        if (frame.opacityPermille != Frame::opaque || frame.softEdgeUm != 0) return true;
        if (frame.shape != Shape{} || frame.stencil || frame.shadow) return true;
        for (std::size_t j = 0; j < i; j++)
            if (doMeet(frame.box, recipe.frames[j].box)) return true;
    }
    return false;
}

struct PageJob {
    const Recipe& recipe;
    const Ingredients& ingredients;
    ColourTables& tables;
    FramesInTurn& frames;
    const RenderOptions& options;
    image::StripSink& sink;
    RowWorkers& workers;
    image::PhotoWarnings& warnings;  ///< of the photos that were read

    Result<RowStages> adjustmentsOf(std::size_t index, const PreparedFrame& frame) const {
        return render::adjustmentsOf(recipe, recipe.frames[index], frame, ingredients, tables);
    }
    Result<icc::OutputTransform> output(icc::WorkingGamut gamut) const {
        return tables.output(ingredients.outputProfile, {recipe.intent, recipe.blackPoint, gamut});
    }
    /// The part of the work from `from` to `to`, 0…1, has its own progress.
    std::function<void(double)> progress(double from, double to) const {
        return [this, from, to](double part) {
            if (options.progress) options.progress(from + (to - from) * part);
        };
    }
};

Result<void> renderDirect(PageJob& job) {
    PageAssembler::Page layout{.raster = job.recipe.raster,
                               .device = job.recipe.device,
                               .paper = icc::paperOf(job.ingredients.outputProfile),
                               .frames = {},
                               .canvasBudget = job.options.canvasBudget,
                               .scratch = job.tables.folder()};
    for (std::size_t i = 0; i < job.frames.count(); i++)
        layout.frames.push_back({job.recipe.frames[i].box, job.frames.geometry(i).toPage});
    CONTONE_TRY(PageAssembler page, PageAssembler::create(std::move(layout), job.sink));
    const auto all = static_cast<double>(job.frames.count());
    for (std::size_t i = 0; i < job.frames.count(); i++) {
        CONTONE_TRY(const PreparedFrame frame, job.frames.take(i));
        const auto paper = page.frame(static_cast<int>(i));
        FrameStages stages;
        if (frame.fused) {
            stages = fusedFrame(frame, job.recipe, *paper);
        } else {
            CONTONE_TRY(const icc::OutputTransform output, job.output(frame.input->gamut()));
            CONTONE_TRY(const RowStages adjustments, job.adjustmentsOf(i, frame));
            stages = directFrame(frame, adjustments, output, job.recipe, *paper);
        }
        CONTONE_CHECK(runFrame(stages, job.workers, job.options.cancel,
                               job.progress(static_cast<double>(i) / all, static_cast<double>(i + 1) / all)));
        job.warnings.add(frame.source->warnings());
    }
    return page.finish();
}

Result<void> renderComposed(PageJob& job) {
    constexpr double framesShare = 0.8;  // of the work: photos are decoded there
    const Recipe& recipe = job.recipe;
    const icc::WorkingGamut gamut = job.frames.gamut();  // photos may differ: as wide as the widest
    CONTONE_TRY(const icc::OutputTransform output, job.output(gamut));
    CONTONE_TRY(Composition page, Composition::create({.raster = recipe.raster,
                                                       .canvasBudget = job.options.canvasBudget,
                                                       .scratch = job.tables.folder()}));
    CONTONE_TRY(PageLayers layers, PageLayers::create(recipe, job.ingredients, gamut, page));
    layers.layBorder();
    CONTONE_CHECK(layers.lay(recipe.under));
    const auto all = static_cast<double>(job.frames.count());
    for (std::size_t i = 0; i < job.frames.count(); i++) {
        CONTONE_TRY(const PreparedFrame frame, job.frames.take(i));
        CONTONE_TRY(const auto layer, layers.frame(recipe.frames[i], frame.geometry));
        CONTONE_TRY(const RowStages adjustments, job.adjustmentsOf(i, frame));
        CONTONE_CHECK(runFrame(
            composedFrame(frame, adjustments, gamut, *layer), job.workers, job.options.cancel,
            job.progress(framesShare * static_cast<double>(i) / all, framesShare * static_cast<double>(i + 1) / all)));
        job.warnings.add(frame.source->warnings());
    }
    CONTONE_CHECK(layers.lay(recipe.over));
    return runPage(composedPage(page, output, icc::paperOf(job.ingredients.outputProfile), recipe), recipe.raster,
                   recipe.device, job.sink, job.workers, job.options.cancel, job.progress(framesShare, 1));
}

}  // namespace

Result<RenderedPage> renderPage(const Recipe& recipe, const Ingredients& ingredients, image::StripSink& sink,
                                const RenderOptions& options) {
    CONTONE_CHECK(checkRecipe(recipe));
    CONTONE_CHECK(checkOutput(recipe, ingredients.outputProfile));
    RenderedPage rendered;
    rendered.recipeHash = hashOf(recipe);
    ColourTables ofThisPage;
    ColourTables& tables = ingredients.tables ? *ingredients.tables : ofThisPage;

    const bool composed = isComposed(recipe);
    CONTONE_TRY(FramesInTurn frames, FramesInTurn::open(recipe, ingredients, tables, composed, options.threads));
    rendered.fingerprint = fingerprintOf(frames.libraries());

    // Decoding goes on in the child and encoding on its own thread while rows are rendered here.
    image::HashingSink hashing(sink);
    OverlappedSink overlapped(hashing);
    image::StripSink& out = options.threads > 1 ? static_cast<image::StripSink&>(overlapped) : hashing;
    image::PageHeader header{recipe.raster, recipe.device, recipe.dpiX, recipe.dpiY, {}};
    if (options.embedProfile) {
        const auto bytes = ingredients.outputProfile.bytes();
        header.iccProfile.assign(bytes.begin(), bytes.end());
    }
    CONTONE_CHECK(out.begin(header));
    RowWorkers workers(std::max(1, options.threads));
    PageJob job{recipe, ingredients, tables, frames, options, out, workers, rendered.warnings};
    CONTONE_CHECK(composed ? renderComposed(job) : renderDirect(job));
    CONTONE_CHECK(out.finish());
    rendered.rasterHash = hashing.hash();
    return rendered;
}

Result<EncodedPicture> renderEncoded(const Recipe& recipe, const Ingredients& ingredients,
                                     const RenderOptions& options) {
    CONTONE_CHECK(checkRecipe(recipe));
    EncodedPicture picture{.raster = recipe.raster};
    if (recipe.frames.empty()) return picture;
    picture.box = recipe.frames.front().box;
    ColourTables ofThisPage;
    ColourTables& tables = ingredients.tables ? *ingredients.tables : ofThisPage;
    CONTONE_TRY(const PreparedFrame frame,
                prepareFrame(recipe, recipe.frames.front(), ingredients, tables, Halves::Apart, options.threads));
    picture.colour = frame.source->facts().colour;
    if (frame.input->channels() != 3) return picture;
    RowWorkers workers(std::max(1, options.threads));
    UprightPicture upright(frame.geometry, picture.rgb);
    CONTONE_CHECK(runFrame(encodedPicture(frame, upright), workers, options.cancel, {}));
    picture.warnings = frame.source->warnings();
    return picture;
}

Result<WorkingPicture> renderWorking(const Recipe& recipe, const Ingredients& ingredients, int longSide) {
    if (recipe.frames.empty()) return WorkingPicture{};
    Frame frame = recipe.frames.front();
    // Upright and small: the report speaks of regions as a person sees them.
    image::PixelSize size = image::oriented({frame.box.width, frame.box.height}, frame.turn);
    const double scale = std::min(1.0, static_cast<double>(longSide) / std::max(size.width, size.height));
    size = {std::max(1, static_cast<int>(std::lround(size.width * scale))),
            std::max(1, static_cast<int>(std::lround(size.height * scale)))};
    frame.box = {0, 0, size.width, size.height};
    frame.turn = image::Orientation::Upright;
    ColourTables ofThisPage;
    ColourTables& tables = ingredients.tables ? *ingredients.tables : ofThisPage;
    CONTONE_TRY(const PreparedFrame prepared, prepareFrame(recipe, frame, ingredients, tables, Halves::Apart, 1));
    WorkingPicture picture{size, prepared.input->gamut(), {}};
    RowWorkers workers(1);
    UprightPicture upright(prepared.geometry, picture.rgb);
    CONTONE_TRY(const RowStages adjustments, adjustmentsOf(recipe, frame, prepared, ingredients, tables));
    CONTONE_CHECK(runFrame(workingPicture(prepared, adjustments, upright), workers, {}, {}));
    return picture;
}

}  // namespace contone::render
