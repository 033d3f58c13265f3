// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ./dev bench thumbnails [FILES]: a card of 10,000 photos of 12 and 24 megapixels: when the first small picture is
// there, what a screenful of 200 costs, what all of them cost; with the cameras' small pictures and without.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>

#include "core/base/id.h"
#include "core/image/file_sinks.h"
#include "core/inspect/inspect_photo.h"
#include "core/inspect/photo_folder.h"
#include "core/print/page_plan.h"
#include "core/print/page_recipe.h"
#include "tests/core/decode/processes.h"

using namespace contone;
using Wall = std::chrono::steady_clock;

namespace {

constexpr std::size_t kScreen = 200;
constexpr int kDistinct = 20;

template <class T>
T sure(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "%s (%s)\n", result.error().message.c_str(), result.error().detail.c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

double seconds(Wall::time_point since) {
    return std::chrono::duration<double>(Wall::now() - since).count();
}

double secondsOf(const rusage& usage) {
    const auto of = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

/// Of this process, of what it started and waited for, and of all that still run below it (proc(5), stat: 14 to 17).
double cpuOfAll() {
    rusage self{}, ended{};
    ::getrusage(RUSAGE_SELF, &self);
    ::getrusage(RUSAGE_CHILDREN, &ended);
    double sum = secondsOf(self) + secondsOf(ended);
    for (const int pid : decode::test::descendants(::getpid())) {
        std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
        std::string line;
        std::getline(stat, line);
        std::istringstream fields(line.substr(line.rfind(')') + 1));
        std::string skipped;
        for (int i = 3; i < 14; i++) fields >> skipped;
        for (int i = 14; i < 18; i++) {
            double ticks = 0;
            fields >> ticks;
            sum += ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
        }
    }
    return sum;
}

/// A photo of `width` pixels in 3:2, made from a bundled one by our own resampler.
void makePhoto(decode::Decoder& decoder, const inspect::PhotoReport& report, const Path& sample, double inchesWide,
               const Path& photo) {
    const icc::Profile srgb = icc::Profile::srgb();
    const print::PagePlan plan = sure(print::planFilePage({inches(inchesWide), inches(inchesWide * 2 / 3)}, Dpi{300},
                                                          {}, report.facts.uprightSize()));
    const render::Recipe recipe =
        print::makeRecipe(plan, report.original, report.facts, order::PhotoChoices{},
                          {srgb.hash(), icc::Intent::Relative, icc::BlackPoint::Compensate, {}, false});
    const auto sink = image::jpegFileSink(photo, 93);
    sure(render::renderPage(recipe, inspect::ingredientsFrom(decoder, {sample}, srgb, {}), *sink));
}

void put(Bytes& to, std::initializer_list<int> bytes) {
    for (const int b : bytes) to.push_back(static_cast<std::byte>(b));
}

/// An EXIF segment with a thumbnail, as cameras write it (CIPA DC-008: IFD 1 with JPEGInterchangeFormat).
Bytes exifWith(const Bytes& thumbnail) {
    const auto size = static_cast<int>(thumbnail.size());
    constexpr int ifd1 = 8 + 2 + 12 + 4, data = ifd1 + 2 + 3 * 12 + 4;
    Bytes segment;
    const int length = 2 + 6 + data + size;
    put(segment, {0xff, 0xe1, length >> 8, length & 255, 'E', 'x', 'i', 'f', 0, 0});
    put(segment, {'M', 'M', 0, 42, 0, 0, 0, 8});
    put(segment, {0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, ifd1});       // upright
    put(segment, {0, 3, 1, 3, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0});                         // a JPEG
    put(segment, {2, 1, 0, 4, 0, 0, 0, 1, 0, 0, 0, data});                            // where
    put(segment, {2, 2, 0, 4, 0, 0, 0, 1, 0, 0, size >> 8, size & 255, 0, 0, 0, 0});  // how long
    segment.insert(segment.end(), thumbnail.begin(), thumbnail.end());
    return segment;
}

Bytes jpegOf(const image::Picture& picture, const Path& scratch) {
    const auto sink = image::jpegFileSink(scratch, 85);
    image::PageHeader page;
    page.size = picture.size;
    page.format = picture.format;
    sure(sink->begin(page));
    sure(sink->write(picture.strip()));
    sure(sink->finish());
    return sure(readFile(scratch, 1 << 20));
}

/// `files` names for kDistinct files: half of 12, half of 24 megapixels.
void fillCard(const Path& card, const std::array<Bytes, 2>& photos, const Bytes& exif, std::size_t files) {
    const Path originals = card.string() + "-originals";
    sure(makeDirectories(originals));
    for (int i = 0; i < kDistinct; i++) {
        const Bytes& photo = photos[static_cast<std::size_t>(i % 2)];
        Bytes file(photo.begin(), photo.begin() + 2);
        file.insert(file.end(), exif.begin(), exif.end());
        file.insert(file.end(), photo.begin() + 2, photo.end());
        sure(writeFileDurably(originals / std::to_string(i), file));
    }
    for (std::size_t i = 0; i < files; i++) {
        const Path folder = card / "DCIM" / (std::to_string(100 + i / 1000) + "BENCH");
        if (i % 1000 == 0) sure(makeDirectories(folder));
        std::array<char, 32> name{};
        std::snprintf(name.data(), name.size(), "IMG_%04zu.JPG", i % 1000);
        std::filesystem::create_hard_link(originals / std::to_string(i % kDistinct), folder / name.data());
    }
}

struct Figures {
    double listing = 0, first = 0, screen = 0, screenCpu = 0, all = 0, allCpu = 0;
    std::size_t pictures = 0;
    long ownMemory = 0;
};

/// A program that just started opens the card and looks at its first 200 files; then at all, as far as `wholeAhead`.
Figures openCard(const Path& card, std::size_t wholeAhead) {
    Figures figures;
    decode::Decoder decoder({.programs = CONTONE_BIN_DIR});
    const double cpu = cpuOfAll();
    const auto start = Wall::now();
    const inspect::PhotoFolder folder = sure(inspect::PhotoFolder::list(card));
    figures.listing = seconds(start);
    std::set<std::size_t> due;
    for (std::size_t i = 0; i < std::min(kScreen, folder.files().size()); i++) due.insert(i);
    const auto tell = [&](const decode::SeenPhoto& seen) {
        if (seen.picture && figures.first == 0) figures.first = seconds(start);
        figures.pictures += seen.picture && seen.isFinal ? 1 : 0;
        if (!seen.picture || due.erase(seen.index) == 0 || !due.empty()) return;
        figures.screen = seconds(start);
        figures.screenCpu = cpuOfAll() - cpu;
    };
    const auto copy = [&](std::size_t index, std::int64_t most, const CancelToken& cancel) {
        return folder.copy(index, most, cancel);
    };
    decode::ThumbnailQueue queue(decoder, folder.files().size(), {.wholeAhead = wholeAhead}, copy, tell);
    queue.setVisible(0, kScreen);
    queue.waitUntilIdle();
    figures.all = seconds(start);
    figures.allCpu = cpuOfAll() - cpu;
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    figures.ownMemory = usage.ru_maxrss / 1024;
    return figures;
}

void tell(const char* name, const Figures& f) {
    std::printf("| %-22s | %4.0f | %4.0f | %5.2f | %5.2f | %6.2f | %6.2f | %zu |\n", name, f.listing * 1e3,
                f.first * 1e3, f.screen, f.screenCpu, f.all, f.allCpu, f.pictures);
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    const auto files = static_cast<std::size_t>(argc > 1 ? std::max(1, std::atoi(argv[1])) : 10'000);
    const Path folder = std::filesystem::temp_directory_path() / ("contone-bench-" + Uuid::generate({0}).toString());
    const Path sample = CONTONE_SOURCE_DIR "/resources/samples/sunset.jpg";
    std::array<Bytes, 2> photos;
    Bytes exif;
    {
        sure(makeDirectories(folder));
        decode::Decoder decoder({.programs = CONTONE_BIN_DIR});
        const inspect::PhotoReport report = sure(inspect::inspectPhoto(decoder, sample, {}));
        for (std::size_t i = 0; i < 2; i++) {
            makePhoto(decoder, report, sample, i == 0 ? 14.14 : 20, folder / "photo.jpg");
            photos[i] = sure(readFile(folder / "photo.jpg", 1 << 26));
        }
        exif = exifWith(jpegOf(sure(decoder.thumbnail(folder / "photo.jpg", 160)), folder / "small.jpg"));
    }
    fillCard(folder / "with", photos, exif, files);
    fillCard(folder / "without", photos, {}, files);
    std::printf("%zu JPEGs of 12 MP (%.1f MB) and 24 MP (%.1f MB), in the page cache; pictures of 160 pixels\n\n",
                files, static_cast<double>(photos[0].size()) * 1e-6, static_cast<double>(photos[1].size()) * 1e-6);
    std::printf(
        "| card | listed ms | first ms | 200 s | 200 CPU s | all s | all CPU s | pictures "
        "|\n|---|---|---|---|---|---|---|---|\n");
    for (int round = 0; round < 3; round++) {
        const Figures with = openCard(folder / "with", files);
        tell("with small pictures", with);
        tell("without, 200 visible", openCard(folder / "without", 0));
        if (round == 2) std::printf("\nPeak memory of this process: %ld MB\n", with.ownMemory);
    }
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
}
