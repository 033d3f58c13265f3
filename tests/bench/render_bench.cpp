// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ./dev bench render: CPU seconds of a 24 MP JPEG to prints, decoder children included, against the floor of decoding
// and encoding alone, interleaved.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <sstream>
#include <thread>

#include "core/base/id.h"
#include "core/catalog/product.h"
#include "core/decode/decoder.h"
#include "core/decode/worker/open_photo.h"
#include "core/image/file_sinks.h"
#include "core/print/page_plan.h"
#include "core/print/page_recipe.h"
#include "core/shop/photo_desk.h"

using namespace contone;

namespace {

template <class T>
T sure(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "%s (%s)\n", result.error().message.c_str(), result.error().detail.c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// Of the processes that this one started and of those that they waited for: what the decoder children took.
double childrenSeconds() {
    long ticks = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        const auto text = readTextFile(entry.path() / "stat", 4096);
        if (!text) continue;
        std::istringstream fields(text->substr(text->rfind(')') + 1));  // man 5 proc: from field 3 on
        std::string state;
        long parent = 0, skipped = 0, mine[4] = {};
        fields >> state >> parent;
        for (int i = 5; i < 14; i++) fields >> skipped;
        for (long& m : mine) fields >> m;  // utime, stime, cutime, cstime
        if (parent == ::getpid()) ticks += mine[0] + mine[1] + mine[2] + mine[3];
    }
    return static_cast<double>(ticks) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double cpuSeconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime) + childrenSeconds();
}

double measured(const std::function<void()>& work) {
    const double before = cpuSeconds();
    work();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));  // a child that has ended is buried, and counted
    return cpuSeconds() - before;
}

struct Job {
    const char* name;
    PaperSize size;
    render::Lane lane;
};

void renderTo(decode::Decoder& decoder, const Path& photo, const shop::PhotoReport& report, const Job& job,
              const Path& tables, const Path& out, int threads) {
    const icc::Profile device = icc::Profile::syntheticPhotoRgb();
    const print::PagePlan plan = sure(print::planFilePage(job.size, Dpi{300}, {}, report.facts.uprightSize()));
    const print::PageColour colour{device.hash(), icc::Intent::Relative, icc::BlackPoint::Compensate, {}, false};
    const render::Recipe recipe = print::makeRecipe(plan, report.original, report.facts, job.lane, colour);
    const auto sink = image::jpegFileSink(out, 95);
    render::RenderOptions options;
    options.threads = threads;
    sure(render::renderPage(recipe, shop::ingredientsFrom(decoder, photo, device, tables), *sink, options));
}

/// 6000 x 4000 pixels made from a bundled photo by our own resampler: real structure, not real detail.
void makePhoto(decode::Decoder& decoder, const Path& sample, const Path& photo) {
    const shop::PhotoReport report = sure(shop::inspectPhoto(decoder, sample, {}));
    const icc::Profile srgb = icc::Profile::srgb();
    const print::PagePlan plan =
        sure(print::planFilePage({millimetres(508), millimetres(338.667)}, Dpi{300}, {}, report.facts.uprightSize()));
    const render::Recipe recipe =
        print::makeRecipe(plan, report.original, report.facts, render::Lane::Fast,
                          {srgb.hash(), icc::Intent::Relative, icc::BlackPoint::Compensate, {}, false});
    const auto sink = image::jpegFileSink(photo, 93);
    sure(render::renderPage(recipe, shop::ingredientsFrom(decoder, sample, srgb, {}), *sink));
}

/// Decode everything in this process, encode as many pixels as the print has: what no renderer can be faster than.
void floorOf(const Path& photo, image::PixelSize print, const Path& out) {
    const auto source = sure(decode::openPhoto(decode::narrowCodecs(), sure(openForReading(photo)), {}));
    image::Picture strip = image::Picture::ofSize({source->facts().size.width, 32}, source->facts().pixels);
    const auto sink = image::jpegFileSink(out, 95);
    sure(sink->begin({print, source->facts().pixels}));
    for (int written = 0;;) {
        const int rows = sure(source->read(strip.strip()));
        if (rows == 0 && written >= print.height) break;
        const int take = std::min(rows == 0 ? 32 : rows, print.height - written);
        image::StripView view = strip.strip();
        view.width = print.width;
        view.rows = take;
        if (take > 0) sure(sink->write(view));
        written += take;
    }
    sure(sink->finish());
}

void report(const char* name, std::vector<double> ours, std::vector<double> floors) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < ours.size(); i++) ratios.push_back(ours[i] / floors[i]);
    const auto sorted = [](std::vector<double> v) {
        std::ranges::sort(v);
        return v;
    };
    const auto o = sorted(std::move(ours)), f = sorted(std::move(floors)), r = sorted(std::move(ratios));
    std::printf("| %-24s | %.2f | %.2f | %.2f (%.2f–%.2f) |\n", name, o[o.size() / 2], f[f.size() / 2], r[r.size() / 2],
                r.front(), r.back());
}

}  // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 5;
    const Path folder = std::filesystem::temp_directory_path() / ("contone-bench-" + Uuid::generate({0}).toString());
    sure(makeDirectories(folder));
    const Path photo = folder / "p24.jpg", out = folder / "out.jpg";
    decode::Decoder decoder({.programs = CONTONE_BIN_DIR});
    makePhoto(decoder, CONTONE_SOURCE_DIR "/resources/samples/sunset.jpg", photo);
    const shop::PhotoReport facts = sure(shop::inspectPhoto(decoder, photo, {}));
    const Job jobs[] = {{"8x10 in, fast", {inches(8), inches(10)}, render::Lane::Fast},
                        {"4x6 in, fast", {inches(4), inches(6)}, render::Lane::Fast},
                        {"20x30 in, fast", {inches(20), inches(30)}, render::Lane::Fast},
                        {"8x10 in, archival", {inches(8), inches(10)}, render::Lane::Archival}};
    std::printf(
        "24 MP sRGB JPEG (%.1f MB) to a JPEG for the bundled RGB printer profile, relative, BPC, 300 dpi, one thread, "
        "%d rounds\n\n",
        static_cast<double>(std::filesystem::file_size(photo)) / 1e6, rounds);
    std::printf("| %-24s | CPU s | decode + encode s | ratio median (min–max) |\n|---|---|---|---|\n", "print");
    for (const Job& job : jobs) {
        renderTo(decoder, photo, facts, job, folder, out, 1);  // warms the table cache
        const image::PixelSize size =
            sure(print::planFilePage(job.size, Dpi{300}, {}, facts.facts.uprightSize())).raster;
        const image::PixelSize floorSize{std::min(size.width, facts.facts.storedSize.width),
                                         std::min(size.height, 100000)};
        std::vector<double> ours, floors;
        for (int i = 0; i < rounds; i++) {
            ours.push_back(measured([&] { renderTo(decoder, photo, facts, job, folder, out, 1); }));
            floors.push_back(measured([&] { floorOf(photo, floorSize, out); }));
        }
        report(job.name, ours, floors);
    }
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    std::printf("\nPeak memory of this process: %ld MB\n", usage.ru_maxrss / 1024);
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
}
