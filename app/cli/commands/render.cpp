// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone render FILE … -o OUT: the device pixels of a page, as a file.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/cli/commands/commands.h"
#include "app/cli/file_output.h"
#include "app/cli/page_request.h"
#include "app/cli/recipe_file.h"
#include "app/host/exit_codes.h"
#include "core/print/setup.h"
#include "core/render/adjustments/adjustments.h"
#include "core/render/adjustments/looks.h"
#include "core/render/look_folder.h"

namespace contone::cli {
namespace {

/// What the threads of a batch share.
struct Batch {
    Context& context;
    const PageRequest& request;
    int quality;
    std::mutex turn;  ///< to use the context
};

/// The answer for one photo. Reading and rendering run beside other photos', all else in turn.
Result<nlohmann::json> renderFile(Batch& batch, const Path& file, const Path& output, int threads) {
    PageRequest request = batch.request;
    request.file = file.string();
    request.output = output.string();
    CONTONE_TRY(const FileKind kind, fileKindOf(output));
    CONTONE_TRY(inspect::PhotoReport photo,
                inspect::inspectPhoto(batch.context.decoder(), file, {}, inspect::Look::Facts));
    const auto page = [&] {
        const std::lock_guard turn(batch.turn);
        return prepare(batch.context, request, std::move(photo), kind.archivalDepth, kind.dither);
    }();
    if (!page) return fail(page.error());
    const auto sink = sinkFor(output, batch.quality, page->page.recipe.device.channels);
    render::RenderOptions options;
    options.threads = threads;
    CONTONE_TRY(const render::RenderedPage rendered,
                render::renderPage(page->page.recipe, page->ingredients, *sink, options));
    if (!request.saveRecipe.empty())
        CONTONE_CHECK(saveRecipe(request.saveRecipe, page->page.recipe, page->ingredients, page->page.plan.turn));
    const std::lock_guard turn(batch.turn);
    batch.context.say(fmt::format("{}: {} × {} pixels, {}", output.string(), page->page.plan.raster.width,
                                  page->page.plan.raster.height, page->ingredients.outputProfile.description()));
    for (const std::string& warning : rendered.warnings.sentences()) batch.context.say("Note: " + warning);
    nlohmann::json answer = describe(*page);
    answer["output"] = output.string();
    answer["recipe"] = rendered.recipeHash.toString();
    answer["raster"] = rendered.rasterHash.toString();
    answer["fingerprint"] = rendered.fingerprint;
    answer["warnings"] = rendered.warnings.sentences();
    return answer;
}

Error badOutput(std::string message, std::string detail) {
    return {Code::Invalid, "bad-output", std::move(message), std::move(detail)};
}

/// Where each photo goes in `folder`.
Result<std::vector<Path>> outputsIn(const Path& folder, const std::vector<std::string>& files,
                                    const std::string& format) {
    std::error_code failed;
    if (!std::filesystem::is_directory(folder, failed))
        return fail(badOutput("Several photos go into a folder: name one that is there.", folder.string()));
    // "IMG_1.CR2" beside "IMG_1.JPG": both keep their ending, so that neither stands in the other's way.
    const auto plainName = [](const std::string& file) { return inLowerCase(Path(file).stem().string()); };
    std::map<std::string, int> count;
    for (const std::string& file : files) count[plainName(file)]++;
    std::vector<Path> outputs;
    for (const std::string& file : files) {
        const Path name = count[plainName(file)] > 1 ? Path(file).filename() : Path(file).stem();
        outputs.push_back(folder / Path(name).concat("." + format));
    }
    return outputs;
}

/// One photo a thread: small prints have little to share out within one.
int renderAll(Context& context, const PageRequest& request, const std::vector<std::string>& files,
              const std::string& format, int quality, int jobs) {
    const auto outputs = outputsIn(request.output, files, format);
    if (!outputs) return context.complain(outputs.error());
    if (auto free = request.checkOutputs(files, *outputs); !free) return context.complain(free.error());
    context.decoder();  // made before there are threads
    Batch batch{context, request, quality, {}};
    std::vector<Result<nlohmann::json>> answers(files.size(), nlohmann::json());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < files.size(); i = next++)
            answers[i] = renderFile(batch, files[i], (*outputs)[i], jobs > 1 ? 1 : request.threads);
    };
    {
        std::vector<std::jthread> others;
        for (int i = 1; i < std::min<int>(jobs, static_cast<int>(files.size())); i++) others.emplace_back(work);
        work();
    }
    nlohmann::json list = nlohmann::json::array();
    int exit = exitOk;
    for (std::size_t i = 0; i < files.size(); i++) {
        list.push_back(answers[i] ? *answers[i] : nlohmann::json{{"error", toJson(answers[i].error())}});
        list.back()["file"] = files[i];
        if (answers[i]) continue;
        context.complainAbout(files[i], answers[i].error());
        const int code = exitCodeOf(answers[i].error());
        exit = exit == exitOk || exit == code ? code : exitSeveral;
    }
    context.answer({{"files", list}});
    return exit;
}

int renderOne(Context& context, const PageRequest& request, const std::string& file, int quality) {
    if (auto kind = fileKindOf(request.output); !kind) return context.complain(kind.error());
    if (auto free = request.checkOutputs({file}, {request.output}); !free) return context.complain(free.error());
    Batch batch{context, request, quality, {}};
    const auto answer = renderFile(batch, file, request.output, request.threads);
    if (!answer) return context.complain(answer.error());
    context.answer(*answer);
    return exitOk;
}

/// What a recipe says, of its photos.
Result<nlohmann::json> renderRecipe(Context& context, const PageRequest& request, const std::vector<std::string>& files,
                                    int quality) {
    CONTONE_CHECK(fileKindOf(request.output));
    CONTONE_CHECK(request.checkNothingBesideRecipe());
    CONTONE_CHECK(request.checkOutputs(files, {request.output}));
    CONTONE_TRY(const RecipePage page, pageOf(context, request.recipe, files, request.profile, request.setup));
    const auto sink = sinkFor(request.output, quality, page.recipe.device.channels);
    render::RenderOptions options;
    options.threads = request.threads;
    CONTONE_TRY(const render::RenderedPage rendered, render::renderPage(page.recipe, page.ingredients, *sink, options));
    context.say(fmt::format("{}: {} × {} pixels, {}", request.output, page.recipe.raster.width,
                            page.recipe.raster.height, page.ingredients.outputProfile.description()));
    return nlohmann::json{{"output", request.output},
                          {"width", page.recipe.raster.width},
                          {"height", page.recipe.raster.height},
                          {"recipe", rendered.recipeHash.toString()},
                          {"raster", rendered.rasterHash.toString()},
                          {"fingerprint", rendered.fingerprint}};
}

int listAdjustments(Context& context) {
    nlohmann::json sliders = nlohmann::json::array(), looks = nlohmann::json::array();
    for (const render::NumberDescriptor& one : render::adjustmentNumbers()) {
        context.say(fmt::format("{:16} {:>5g} … {:<5g} {:6} {}", one.id, one.least, one.most, one.unit, one.does));
        sliders.push_back({{"id", one.id},
                           {"label", one.label},
                           {"unit", one.unit},
                           {"least", one.least},
                           {"most", one.most},
                           {"step", one.step},
                           {"does", one.does}});
    }
    for (const render::Look& one : render::looks()) {
        context.say(fmt::format("look={:12} {}", one.id, one.does));
        looks.push_back({{"id", one.id}, {"label", one.label}, {"does", one.does}});
    }
    nlohmann::json own = nlohmann::json::array();
    for (const render::ShopLook& one : render::LookFolder(context.places().looks()).list()) {
        if (one.error) context.complainAbout(one.file.string(), *one.error);
        const bool isFar = one.grayShift > render::farGrayShift;
        if (!one.error)
            context.say(fmt::format("look=cube:{:7} the shop's own{}", one.name,
                                    isFar ? fmt::format("; moves gray by ΔE2000 {:.0f}", one.grayShift) : ""));
        own.push_back({{"name", one.name},
                       {"sha256", one.hash.toString()},
                       {"grayShift", one.grayShift},
                       {"error", one.error ? toJson(*one.error) : nlohmann::json()}});
    }
    context.answer({{"sliders", sliders}, {"looks", looks}, {"shopLooks", own}});
    return exitOk;
}

}  // namespace

void addRender(const Command& program, Context& context) {
    const auto command = program.add("render", "Render photos to device pixels in files");
    struct Options {
        PageRequest page;
        std::vector<std::string> files;
        std::string format = "jpg";
        int quality = 95, jobs = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    };
    auto o = std::make_shared<Options>();
    command.option("FILE", o->files, "The photos").required();
    o->page.addOptions(command);
    command.option("--quality", o->quality, "JPEG quality").between(1, 100);
    command.option("--format", o->format, "Of several photos: jpg (default), tif, png or pwg")
        .oneOf({"jpg", "tif", "png", "pwg"});
    command.option("--jobs", o->jobs, "Of several photos: how many at a time (default: one a processor)")
        .between(1, 64);
    command.option("-o,--output", o->page.output, "OUT.jpg, .tif, .png or .pwg; for several photos a folder")
        .required();
    command.does([&context, o] {
        if (!o->page.recipe.empty()) {
            const auto answer = renderRecipe(context, o->page, o->files, o->quality);
            if (!answer) return context.complain(answer.error());
            context.answer(*answer);
            return exitOk;
        }
        std::error_code failed;
        const bool isFolder = std::filesystem::is_directory(o->page.output, failed);
        if (o->files.size() == 1 && !isFolder) return renderOne(context, o->page, o->files.front(), o->quality);
        if (!o->page.saveRecipe.empty())
            return context.complain(
                {Code::Invalid, "bad-options", "A recipe is saved of one photo's page at a time.", {}});
        return renderAll(context, o->page, o->files, o->format, o->quality, o->jobs);
    });
}

void addAdjust(const Command& program, Context& context) {
    const auto command = program.add("adjust", "Change the light and colours of photos, in new files");
    struct Options {
        PageRequest page;
        std::vector<std::string> files;
        std::map<std::string, std::string> values;  ///< by slider, as typed
        std::string look, curve, format = "jpg";
        int quality = 95, jobs = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
        bool list = false;
    };
    auto o = std::make_shared<Options>();
    o->page.keepsPixels = true;
    o->page.profile = "srgb";
    command.option("FILE", o->files, "The photos; they stay as they are");
    for (const render::NumberDescriptor& slider : render::adjustmentNumbers()) {
        if (std::string_view(slider.id) == "sharpening") continue;  // of the paper: a new file has none
        command.option("--" + std::string(slider.id), o->values[slider.id],
                       fmt::format("{:g}…{:g}{}{}. {}", slider.least, slider.most, *slider.unit ? " " : "", slider.unit,
                                   slider.does));
    }
    command.option("--look", o->look, "A look, or so much of it: film, film*60");
    o->page.addPhotoOptions(command);
    command.option("--curve", o->curve, "Points of a tone curve: 0.25:0.2,0.75:0.82");
    command.flag("--auto", o->page.isImproved,
                 "Small steps that the photo needs, and says which; what is meant to be dark or light stays");
    command.flag("--list", o->list, "Say which sliders and looks there are");
    command.option("--lane", o->page.lane, "fast, or archival: 16 bits where the file can hold them");
    command.option("--profile", o->page.profile, "The ICC profile of the new file (default: sRGB)");
    command.flag("--overwrite", o->page.overwrite, "Replace files that are there; never a photo that is read");
    command.option("--quality", o->quality, "JPEG quality").between(1, 100);
    command.option("--format", o->format, "Of several photos: jpg (default), tif or png").oneOf({"jpg", "tif", "png"});
    command.option("-o,--output", o->page.output, "OUT.jpg, .tif or .png; for several photos a folder");
    command.does([&context, o] {
        if (o->list) return listAdjustments(context);
        if (o->files.empty() || o->page.output.empty())
            return context.complain({Code::Invalid, "bad-options", "Name photos and an output with -o.", {}});
        for (const auto& [id, value] : o->values)
            if (!value.empty()) o->page.adjust += id + "=" + (value.starts_with('+') ? value.substr(1) : value) + " ";
        if (!o->curve.empty()) o->page.adjust += "curve=" + o->curve + " ";
        if (!o->look.empty()) o->page.adjust += "look=" + o->look + " ";
        if (!o->page.adjust.empty()) o->page.adjust.pop_back();
        std::error_code failed;
        const bool isFolder = std::filesystem::is_directory(o->page.output, failed);
        return o->files.size() == 1 && !isFolder
                   ? renderOne(context, o->page, o->files.front(), o->quality)
                   : renderAll(context, o->page, o->files, o->format, o->quality, o->jobs);
    });
}

}  // namespace contone::cli
