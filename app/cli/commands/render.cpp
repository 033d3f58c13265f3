// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone render FILE … -o OUT: the device pixels of a page, as a file.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/page_request.h"
#include "app/host/exit_codes.h"
#include "core/image/file_sinks.h"
#include "core/print/setup.h"
#include "printers/raster/pwg_writer.h"

namespace contone::cli {
namespace {

struct FileKind {
    image::Depth archivalDepth = image::Depth::U8;
    bool dither = true;
};

Result<FileKind> kindOf(const Path& output) {
    const std::string extension = output.extension().string();
    if (extension == ".jpg" || extension == ".jpeg") return FileKind{image::Depth::U8, false};
    if (extension == ".tif" || extension == ".tiff" || extension == ".png") return FileKind{image::Depth::U16, true};
    if (extension == ".pwg") return FileKind{image::Depth::U8, true};
    return fail(Code::Invalid, "bad-output", "Name the output .jpg, .tif, .png or .pwg.", output.string());
}

std::unique_ptr<image::StripSink> sinkFor(const Path& output, int quality, image::Channels channels) {
    const std::string extension = output.extension().string();
    if (extension == ".jpg" || extension == ".jpeg") return image::jpegFileSink(output, quality);
    if (extension == ".png") return image::pngFileSink(output);
    if (extension == ".pwg") {
        using enum printers::RasterType;
        return printers::pwgFileSink(output, {channels == image::Channels::Gray   ? Sgray8
                                              : channels == image::Channels::Cmyk ? Cmyk8
                                                                                  : Rgb8,
                                              {},
                                              {}});
    }
    return image::tiffFileSink(output);
}

int renderFile(Context& context, const PageRequest& request, int quality) {
    const auto kind = kindOf(request.output);
    if (!kind) return context.complain(kind.error());
    const auto page = prepare(context, request, kind->archivalDepth, kind->dither);
    if (!page) return context.complain(page.error());
    const auto sink = sinkFor(request.output, quality, page->recipe.device.channels);
    render::RenderOptions options;
    options.threads = request.threads;
    const auto rendered = render::renderPage(page->recipe, page->ingredients, *sink, options);
    if (!rendered) return context.complain(rendered.error());
    context.say(fmt::format("{}: {} × {} pixels, {}", request.output, page->plan.raster.width, page->plan.raster.height,
                            page->ingredients.outputProfile.description()));
    for (const std::string& warning : rendered->warnings.sentences()) context.say("Note: " + warning);
    nlohmann::json answer = describe(*page);
    answer["output"] = request.output;
    answer["recipe"] = rendered->recipeHash.toString();
    answer["raster"] = rendered->rasterHash.toString();
    answer["warnings"] = rendered->warnings.sentences();
    context.answer(answer);
    return exitOk;
}

}  // namespace

void addRender(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand("render", "Render a photo to device pixels in a file");
    auto request = std::make_shared<PageRequest>();
    auto quality = std::make_shared<int>(95);
    request->addOptions(*command);
    command->add_option("--quality", *quality, "JPEG quality")->check(CLI::Range(1, 100));
    command->add_option("-o,--output", request->output, "OUT.jpg, .tif, .png or .pwg")->required();
    command->callback([&context, request, quality, command] {
        context.json = command->count("--json") > 0;
        context.run = [&context, request, quality] { return renderFile(context, *request, *quality); };
    });
}

}  // namespace contone::cli
