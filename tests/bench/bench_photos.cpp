// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The bundled sunset, enlarged by our own renderer, as cameras would have kept it.
#include "tests/bench/bench_photos.h"

#include <cmath>

#include "core/inspect/inspect_photo.h"
#include "core/print/page_plan.h"
#include "core/print/page_recipe.h"
#include "tests/bench/camera_jpeg.h"
#include "tests/bench/tree_run.h"
#include "tests/core/image/dng_maker.h"

namespace contone::bench {
namespace {

const Path sample = CONTONE_SOURCE_DIR "/resources/samples/sunset.jpg";

bool stands(const Path& path) {
    std::error_code failed;
    return std::filesystem::exists(path, failed);
}

/// The sRGB curve of IEC 61966-2-1, from 8 bits to light.
double light(std::byte value) {
    const double v = static_cast<double>(value) / 255;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

}  // namespace

Result<void> BenchPhotos::render(image::PixelSize size, image::StripSink& sink) {
    CONTONE_TRY(const inspect::PhotoReport report, inspect::inspectPhoto(m_decoder, sample, {}));
    const icc::Profile srgb = icc::Profile::srgb();
    const auto inches300 = [](int pixels) { return inches(pixels / 300.0); };
    CONTONE_TRY(const print::PagePlan plan, print::planFilePage({inches300(size.width), inches300(size.height)},
                                                                Dpi{300}, {}, report.facts.uprightSize()));
    const render::Recipe recipe =
        print::makeRecipe(plan, report.original, report.facts, order::PhotoChoices{},
                          {srgb.hash(), icc::Intent::Relative, icc::BlackPoint::Compensate, {}, false});
    CONTONE_CHECK(render::renderPage(recipe, inspect::ingredientsFrom(m_decoder, {sample}, srgb, {}), sink));
    return {};
}

Result<Path> BenchPhotos::jpeg(const char* name, image::PixelSize size, image::Orientation orientation) {
    const Path path = m_folder / name;
    if (stands(path)) return path;
    if (orientation == image::Orientation::Upright) {
        const auto sink = cameraJpegSink(path, orientation);
        CONTONE_CHECK(render(size, *sink));
        return path;
    }
    image::PictureSink upright;
    CONTONE_CHECK(render(size, upright));
    const image::Picture stored = image::upright(upright.picture(), image::inverse(orientation));
    image::PageHeader header = upright.header();
    header.size = stored.size;
    const auto sink = cameraJpegSink(path, orientation);
    CONTONE_CHECK(sink->begin(header));
    CONTONE_CHECK(sink->write(stored.strip()));
    CONTONE_CHECK(sink->finish());
    return path;
}

Result<Path> BenchPhotos::jpeg24(image::Orientation orientation) {
    const std::string name = "p24-" + std::to_string(static_cast<int>(orientation)) + ".jpg";
    return jpeg(name.c_str(), size24, orientation);
}
Result<Path> BenchPhotos::jpeg100() {
    return jpeg("p100.jpg", size100, image::Orientation::Upright);
}

Result<Path> BenchPhotos::raw24() {
    const Path path = m_folder / "p24.dng";
    if (stands(path)) return path;
    image::PictureSink page;
    CONTONE_CHECK(render(size24, page));
    std::array<double, 256> lights{};
    for (std::size_t i = 0; i < lights.size(); ++i) lights[i] = light(static_cast<std::byte>(i));
    const image::StripView pixels = page.picture().strip();
    const Bytes file = image::makeDng({.size = size24, .light = [&](int x, int y) {
                                           const auto* at =
                                               pixels.row<unsigned char>(y) + static_cast<std::ptrdiff_t>(x) * 3;
                                           return image::Triple{lights[at[0]], lights[at[1]], lights[at[2]]};
                                       }});
    CONTONE_CHECK(writeFileDurably(path, file));
    return path;
}

Result<Path> BenchPhotos::heic() {
    if (!m_heic.empty()) return m_heic;
    const Path path = m_folder / "p12.heic";
    if (stands(path)) return path;
    if (findProgram("heif-enc").empty()) return fail(Code::Unsupported, "no-encoder", "heif-enc is not installed.");
    CONTONE_TRY(const Path source, jpeg("p12.jpg", {4032, 3024}, image::Orientation::Upright));
    CONTONE_TRY(const TreeUsage usage,
                runTree({{"heif-enc", "-q", "60", source, "-o", path}, {}}, Memory::Ignore, m_folder / "log.txt"));
    if (usage.exitCode != 0) return fail(Code::Unsupported, "no-encoder", "heif-enc could not write a HEIC.");
    return path;
}

double megabytesOf(const Path& file) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(file, failed);
    return failed ? 0 : static_cast<double>(size) / 1e6;
}

}  // namespace contone::bench
