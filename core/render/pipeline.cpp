// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The pipeline. This file is the order of the stages; docs/decisions/0006 says why it is this one.
#include "core/render/pipeline.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>

#include "core/image/photo_problem.h"
#include "core/render/fingerprint.h"
#include "core/render/overlapped_sink.h"
#include "core/render/page_assembler.h"
#include "core/render/resample_and_sharpen.h"
#include "core/render/resample_frame.h"
#include "core/render/row_stages.h"

namespace contone::render {
namespace {

// orient/crop → resample is one streaming pass (resample_frame.cpp); then, row by row, encode → output
// sharpening, which looks at the rows around (resample_and_sharpen.cpp); then
constexpr RowStage twoHalves[] = {
    toWorking,  // A. Adjustments come after this line.
    toDevice,   // B. Nothing converts colour after this line.
    toDepth,    // dither
};
// or, where the recipe says so, because nothing stands between the halves:
constexpr RowStage fused[] = {toDeviceFused, toDepth};
// then the page: lay the row on the sheet, paper outside the frames, sink (page_assembler.cpp).

/// Everything one frame needs besides its rows.
struct PreparedFrame {
    std::unique_ptr<image::PhotoSource> source;
    FrameGeometry geometry;
    std::optional<icc::InputTransform> input;  ///< empty: fused
    std::optional<icc::FusedTable> table;
    LinearTables linear;
    Sharpener::Options sharpening;
};

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
    const FrameGeometry g = frameGeometry(frame, photo, stored, stored);
    return std::max(1.0, std::min(g.width / g.size.width, g.height / g.size.height));
}

Result<void> checkPhoto(const image::PhotoFacts& facts, const RecipePhoto& photo) {
    if (facts.uprightSize() != photo.uprightSize || facts.orientation != photo.orientation)
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

/// The photo's own rows may lie on their sides, and its samples may be proportional to light.
Sharpener::Options sharpeningOf(const Recipe& recipe, const PreparedFrame& frame) {
    const bool isTurned = image::parts(frame.geometry.toPage).swap;
    Sharpener::Options options{.sharpening = recipe.sharpening,
                               .acrossDpi = isTurned ? recipe.dpiY : recipe.dpiX,
                               .downDpi = isTurned ? recipe.dpiX : recipe.dpiY,
                               .channels = image::count(frame.source->facts().pixels.channels)};
    float dark = 0.1F;
    if (frame.input) frame.input->decode(&dark, &dark, 1, 0);
    // A tenth of the code: 0.010 of the light for sRGB, 0.016 for a gamma of 1.8, 0.1 for linear samples.
    if (frame.input && dark > 0.04F) options.encoding = Encoding::Linear;
    return options;
}

enum class Purpose { Device, Working };

Result<PreparedFrame> prepare(const Recipe& recipe, const Frame& frame, const Ingredients& ingredients,
                              ColourTables& tables, Purpose purpose) {
    if (frame.photo < 0 || frame.photo >= static_cast<int>(recipe.photos.size()))
        return fail(Code::Invalid, "recipe-damaged",
                    "The record of this page is not usable. Print it again from the order.", "frame without photo");
    const RecipePhoto& photo = recipe.photos[static_cast<std::size_t>(frame.photo)];
    // Some devices compensate whatever was asked; both halves must do the same.
    const auto blackPoint = icc::effectiveBlackPoint(ingredients.outputProfile, recipe.intent, recipe.blackPoint);
    const double reducible = recipe.lane == Lane::Fast ? reductionOf(frame, photo) : 1;
    CONTONE_TRY(auto source, ingredients.openPhoto(frame.photo, {recipe.intent, blackPoint, reducible}));
    const image::PhotoFacts& facts = source->facts();
    CONTONE_CHECK(checkPhoto(facts, photo));
    const FrameGeometry geometry = frameGeometry(frame, photo, facts.storedSize, facts.size);
    PreparedFrame prepared{std::move(source), geometry, {}, {}, {}, {}};
    if (purpose == Purpose::Device && photo.conversion == Conversion::Fused) {
        CONTONE_TRY(prepared.table,
                    tables.fused(facts.colour, ingredients.outputProfile, recipe.intent, recipe.blackPoint));
        prepared.sharpening = sharpeningOf(recipe, prepared);
        return prepared;
    }
    CONTONE_TRY(prepared.input, tables.input(facts.colour, {recipe.intent, blackPoint}));
    const bool reducing = geometry.width > geometry.size.width && geometry.height > geometry.size.height;
    if (recipe.lane == Lane::Archival && reducing) prepared.linear = linearTables(facts.pixels, *prepared.input);
    prepared.sharpening = sharpeningOf(recipe, prepared);
    return prepared;
}

Result<void> checkBoxes(const Recipe& recipe) {
    const auto isOutside = [&](const image::PixelRect& box) {
        return box.x < 0 || box.y < 0 || box.width < 1 || box.height < 1 || box.x + box.width > recipe.raster.width ||
               box.y + box.height > recipe.raster.height;
    };
    bool isDamaged = recipe.borderFill && isOutside(recipe.borderFill->box);
    for (const Frame& f : recipe.frames)
        isDamaged = isDamaged || isOutside(f.box) || !(f.crop.width > 0) || !(f.crop.height > 0);
    if (isDamaged)
        return fail(Code::Invalid, "recipe-damaged",
                    "The record of this page is not usable. Print it again from the order.", "frame outside the page");
    return {};
}

/// Photos may differ in how wide their colours are: one output table for each working gamut in use.
struct Outputs {
    std::optional<icc::OutputTransform> rec2020, wide;
    std::optional<icc::OutputTransform>& of(icc::WorkingGamut gamut) {
        return gamut == icc::WorkingGamut::Wide ? wide : rec2020;
    }
};

Result<Outputs> outputsFor(const Recipe& recipe, const Ingredients& ingredients, ColourTables& tables,
                           const std::vector<PreparedFrame>& frames) {
    Outputs outputs;
    for (const PreparedFrame& f : frames) {
        if (!f.input || outputs.of(f.input->gamut())) continue;
        CONTONE_TRY(outputs.of(f.input->gamut()),
                    tables.output(ingredients.outputProfile, {recipe.intent, recipe.blackPoint, f.input->gamut()}));
    }
    return outputs;
}

/// The device value of the border's colour: both halves, as for a photo in sRGB.
Result<std::array<float, 4>> borderColour(const Recipe& recipe, const Ingredients& ingredients, ColourTables& tables) {
    const auto blackPoint = icc::effectiveBlackPoint(ingredients.outputProfile, recipe.intent, recipe.blackPoint);
    CONTONE_TRY(const auto input, icc::InputTransform::create(icc::Profile::srgb(), {recipe.intent, blackPoint}));
    CONTONE_TRY(const auto output,
                tables.output(ingredients.outputProfile, {recipe.intent, recipe.blackPoint, input.gamut()}));
    const Srgb& c = recipe.borderFill->colour;
    const std::array<float, 3> encoded{static_cast<float>(c.red) / 255.0F, static_cast<float>(c.green) / 255.0F,
                                       static_cast<float>(c.blue) / 255.0F};
    std::array<float, 3> working{};
    std::array<float, 4> device{};
    input.apply(encoded.data(), working.data(), 1);
    output.apply(working.data(), device.data(), 1);
    return device;
}

/// What one thread works with, besides what resampleFrame() gives it.
struct ThreadScratch {
    std::vector<float> row;
    std::vector<std::uint16_t> device;
};

struct FrameJob {
    PreparedFrame& frame;
    int index = 0;
    RowContext context;
    PageAssembler& page;
    RowWorkers& workers;
    const CancelToken& cancel;
};

Result<void> renderFrame(const FrameJob& job, const std::function<void(double)>& progress) {
    const image::PixelSize size = job.frame.geometry.size;
    const auto width = static_cast<std::size_t>(size.width);
    const image::PixelFormat device = job.context.device;
    const std::size_t rowBytes = width * device.bytesPerPixel();
    std::vector<std::byte> batch(rowBytes * batchRows);
    // 16-bit pages need no room between the colours and the page.
    const bool isWide = device.depth == image::Depth::U16;
    const ThreadScratch one{
        std::vector<float>(width * 4),
        std::vector<std::uint16_t>(isWide ? 0 : width * static_cast<std::size_t>(count(device.channels)))};
    std::vector<ThreadScratch> scratch(static_cast<std::size_t>(job.workers.threads()), one);
    const std::span<const RowStage> stages = job.context.fused ? std::span<const RowStage>(fused) : twoHalves;
    int first = 0;
    const RowWork encoded = [&](float* packed, int, int worker) {
        Row row{.packed = packed, .scratch = scratch[static_cast<std::size_t>(worker)].row.data(), .width = size.width};
        encode(job.context, row);
    };
    const FrameRows rows{[&](float* packed, int y, int worker) {
                             ThreadScratch& own = scratch[static_cast<std::size_t>(worker)];
                             std::byte* samples = batch.data() + rowBytes * static_cast<std::size_t>(y - first);
                             Row row{packed,
                                     own.row.data(),
                                     isWide ? reinterpret_cast<std::uint16_t*>(samples) : own.device.data(),
                                     samples,
                                     job.page.placeOf(job.index, y),
                                     size.width};
                             for (const RowStage stage : stages) stage(job.context, row);
                         },
                         [&](int y, int count) -> Result<void> {
                             CONTONE_CHECK(job.page.add(job.index, y, count, batch.data()));
                             first = y + count;
                             progress(static_cast<double>(first) / size.height);
                             return {};
                         }};
    return resampleAndSharpenFrame(*job.frame.source, job.frame.geometry, job.frame.linear, job.frame.sharpening,
                                   job.workers, job.cancel, encoded, rows);
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

}  // namespace

Result<RenderedPage> renderPage(const Recipe& recipe, const Ingredients& ingredients, image::StripSink& sink,
                                const RenderOptions& options) {
    CONTONE_CHECK(checkBoxes(recipe));
    CONTONE_CHECK(checkOutput(recipe, ingredients.outputProfile));
    RenderedPage rendered;
    rendered.recipeHash = hashOf(recipe);
    ColourTables ofThisPage;
    ColourTables& tables = ingredients.tables ? *ingredients.tables : ofThisPage;

    std::vector<PreparedFrame> frames;
    for (const Frame& frame : recipe.frames) {
        CONTONE_TRY(PreparedFrame prepared, prepare(recipe, frame, ingredients, tables, Purpose::Device));
        frames.push_back(std::move(prepared));
    }
    CONTONE_TRY(Outputs outputs, outputsFor(recipe, ingredients, tables, frames));
    std::vector<std::string> libraries;
    for (const PreparedFrame& f : frames) libraries.push_back(f.source->facts().libraries);
    rendered.fingerprint = fingerprintOf(libraries);

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
    PageAssembler::Page layout{.raster = recipe.raster,
                               .device = recipe.device,
                               .paper = icc::paperOf(ingredients.outputProfile),
                               .frames = recipe.frames,
                               .canvasBudget = options.canvasBudget,
                               .scratch = tables.folder()};
    if (recipe.borderFill) {
        layout.borderFill = recipe.borderFill->box;
        CONTONE_TRY(layout.borderColour, borderColour(recipe, ingredients, tables));
    }
    for (const PreparedFrame& f : frames) layout.geometry.push_back(f.geometry);
    CONTONE_TRY(PageAssembler page, PageAssembler::create(std::move(layout), out));
    RowWorkers workers(std::max(1, options.threads));
    for (std::size_t i = 0; i < frames.size(); i++) {
        PreparedFrame& frame = frames[i];
        const RowContext context{.input = frame.input ? &*frame.input : nullptr,
                                 .output = frame.input ? &*outputs.of(frame.input->gamut()) : nullptr,
                                 .fused = frame.table ? &*frame.table : nullptr,
                                 .linear = !frame.linear.empty(),
                                 .device = recipe.device,
                                 .dither = recipe.dither};
        CONTONE_CHECK(
            renderFrame({frame, static_cast<int>(i), context, page, workers, options.cancel}, [&](double part) {
                if (options.progress)
                    options.progress((static_cast<double>(i) + part) / static_cast<double>(frames.size()));
            }));
        rendered.warnings.add(frame.source->warnings());
    }
    CONTONE_CHECK(page.finish());
    CONTONE_CHECK(out.finish());
    rendered.rasterHash = hashing.hash();
    return rendered;
}

namespace {

/// Passes the frame's rows through `stages` and hands out each pixel's three values (0…1 or, working, beyond), at its
/// place in the frame's box as it lies on the page.
template <class Put>
Result<void> passUpright(PreparedFrame& frame, std::span<const RowStage> stages, RowWorkers& workers,
                         const CancelToken& cancel, const Put& put) {
    const auto p = image::parts(frame.geometry.toPage);
    const image::PixelSize size = image::oriented(frame.geometry.size, frame.geometry.toPage);
    const int width = frame.geometry.size.width;
    std::vector<std::vector<float>> scratch(static_cast<std::size_t>(workers.threads()),
                                            std::vector<float>(static_cast<std::size_t>(width) * 4));
    const RowContext context{.input = &*frame.input, .linear = !frame.linear.empty()};
    const auto work = [&](float* packed, int y, int worker) {
        Row row{.packed = packed, .scratch = scratch[static_cast<std::size_t>(worker)].data(), .width = width};
        for (const RowStage stage : stages) stage(context, row);
        for (int x = 0; x < width; x++) {
            int px = p.swap ? y : x, py = p.swap ? x : y;
            if (p.flipX) px = size.width - 1 - px;
            if (p.flipY) py = size.height - 1 - py;
            const auto pixel =
                static_cast<std::size_t>(py) * static_cast<std::size_t>(size.width) + static_cast<std::size_t>(px);
            put(row.packed + static_cast<std::size_t>(x) * 3, pixel * 3);
        }
    };
    return resampleFrame(*frame.source, frame.geometry, frame.linear, workers, cancel,
                         {work, [](int, int) -> Result<void> { return {}; }});
}

}  // namespace

Result<EncodedPicture> renderEncoded(const Recipe& recipe, const Ingredients& ingredients,
                                     const RenderOptions& options) {
    CONTONE_CHECK(checkBoxes(recipe));
    EncodedPicture picture{.raster = recipe.raster};
    if (recipe.frames.empty()) return picture;
    picture.box = recipe.frames.front().box;
    ColourTables ofThisPage;
    ColourTables& tables = ingredients.tables ? *ingredients.tables : ofThisPage;
    CONTONE_TRY(PreparedFrame frame, prepare(recipe, recipe.frames.front(), ingredients, tables, Purpose::Working));
    picture.colour = frame.source->facts().colour;
    if (frame.input->channels() != 3) return picture;
    picture.rgb.resize(static_cast<std::size_t>(picture.box.width) * static_cast<std::size_t>(picture.box.height) * 3);
    RowWorkers workers(std::max(1, options.threads));
    constexpr RowStage stages[] = {encode};
    CONTONE_CHECK(passUpright(frame, stages, workers, options.cancel, [&](const float* from, std::size_t at) {
        for (std::size_t c = 0; c < 3; c++) picture.rgb[at + c] = static_cast<std::uint16_t>(from[c] * 65535.0F + 0.5F);
    }));
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
    CONTONE_TRY(PreparedFrame prepared, prepare(recipe, frame, ingredients, tables, Purpose::Working));

    WorkingPicture picture{
        size, prepared.input->gamut(),
        std::vector<float>(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 3)};
    RowWorkers workers(1);
    constexpr RowStage stages[] = {encode, toWorking};
    CONTONE_CHECK(passUpright(prepared, stages, workers, {}, [&](const float* from, std::size_t at) {
        std::copy_n(from, 3, picture.rgb.data() + at);
    }));
    return picture;
}

}  // namespace contone::render
