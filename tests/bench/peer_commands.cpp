// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One function a program.
#include "tests/bench/peer_commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace contone::bench {
namespace {

const std::vector<std::string> oneThread{"OMP_NUM_THREADS=1", "MAGICK_THREAD_LIMIT=1"};

/// The middle of the photo that has the print's shape.
image::PixelRect middle(const Task& task) {
    const auto [w, h] = task.photoSize;
    image::PixelRect cut{0, 0, w, static_cast<int>(std::lround(1.0 * w * task.print.height / task.print.width))};
    if (cut.height > h) cut = {0, 0, static_cast<int>(std::lround(1.0 * h * task.print.width / task.print.height)), h};
    return {(w - cut.width) / 2, (h - cut.height) / 2, cut.width, cut.height};
}

std::string geometry(const image::PixelRect& r) {
    return fmt::format("{}x{}+{}+{}", r.width, r.height, r.x, r.y);
}
std::string exactly(image::PixelSize size) {
    return fmt::format("{}x{}!", size.width, size.height);
}
std::string text(int number) {
    return std::to_string(number);
}

Result<void> removeAll(const Path& path) {
    std::error_code failed;
    std::filesystem::remove_all(path, failed);
    if (failed) return fail(errorFromErrno(failed.value(), "remove " + path.string()));
    return {};
}

std::vector<std::string> renderWords(const Bench& bench, const Task& task, const Path& home, const std::string& lane,
                                     const std::string& out) {
    return {bench.programs / "contone",
            "--home",
            home,
            "render",
            task.photo,
            "--size",
            task.paper,
            "--profile",
            bench.profile,
            "--lane",
            lane,
            "--threads",
            "1",
            "-o",
            out,
            "--overwrite"};
}

Contender vipsWith(const Bench& bench, const Task& task, int shrink, const char* name,
                   std::vector<std::string> environment) {
    return {name,
            {{bench.peers / "print-with-vips", task.photo, bench.folder / "vips.jpg", text(task.print.width),
              text(task.print.height), bench.profile, text(shrink)},
             std::move(environment)},
            {},
            {},
            1000,
            ""};
}

}  // namespace

Contender withBounds(Contender contender, std::vector<Bound> bounds) {
    contender.bounds = std::move(bounds);
    return contender;
}

Contender ours(const Bench& bench, const Task& task, const std::string& lane) {
    return {"contone, " + lane + " lane",
            {renderWords(bench, task, bench.folder / "home", lane, bench.folder / "ours.jpg"), {}},
            {},
            {},
            1000,
            ""};
}

Contender oursCold(const Bench& bench, const Task& task) {
    const Path home = bench.folder / "cold";
    return {"contone, fast lane, tables not cached",
            {renderWords(bench, task, home, "fast", bench.folder / "ours.jpg"), {}},
            {},
            [home] { return removeAll(home); },
            1000,
            ""};
}

Contender ourQueue(const Bench& bench, const Task& task, int cores) {
    const Path photos = bench.folder / "queue", pages = bench.folder / "queue-pages";
    std::vector<std::string> words{bench.programs / "contone", "--home", bench.folder / "home", "render"};
    // The decoder is a process of its own: one page at a time would still use two cores.
    if (cores == 1) words.insert(words.begin(), {"taskset", "-c", "0"});
    for (int i = 1; i <= bench.queue; ++i) words.push_back(photos / fmt::format("photo-{}.jpg", i));
    std::ranges::copy(std::vector<std::string>{"--size", task.paper, "--profile", bench.profile, "--threads", "1",
                                               "--jobs", text(cores), "-o", pages},
                      std::back_inserter(words));
    // One photo under many names; pages of the run before are gone.
    const auto lay = [photos, pages, photo = task.photo, count = bench.queue]() -> Result<void> {
        CONTONE_CHECK(removeAll(photos));
        CONTONE_CHECK(removeAll(pages));
        CONTONE_CHECK(makeDirectories(photos));
        CONTONE_CHECK(makeDirectories(pages));
        for (int i = 1; i <= count; ++i) {
            std::error_code failed;
            std::filesystem::copy_file(photo, photos / fmt::format("photo-{}.jpg", i), failed);
            if (failed) return fail(errorFromErrno(failed.value(), "copy " + photo.string()));
        }
        return {};
    };
    return {
        cores == 1 ? "contone on one core" : fmt::format("contone on {} cores", cores), {words, {}}, {}, lay, 1000, ""};
}

Contender libraryPage(const Bench& bench, const Task& task, const std::vector<std::string>& options) {
    std::vector<std::string> words{bench.peers / "library-page",
                                   task.photo,
                                   "--programs",
                                   bench.programs,
                                   "--profile",
                                   bench.profile,
                                   "--cache",
                                   bench.folder / "tables",
                                   "--width",
                                   text(task.print.width),
                                   "--height",
                                   text(task.print.height),
                                   "-o",
                                   bench.folder / "library.jpg"};
    std::ranges::copy(options, std::back_inserter(words));
    return {"contone's library, decoded as the fast lane asks", {words, {}}, {}, {}, 1000, ""};
}

std::string reducedQuality(const Bench& bench, const Task& task) {
    const Command compare = libraryPage(bench, task, {"--decode", "child", "--reducible", "4", "--compare"}).command;
    const Path said = bench.folder / "quality.txt";
    if (!removeAll(said)) return {};
    const auto usage = runTree(compare, Memory::Ignore, said);
    const auto words = readTextFile(said, 1000);
    if (!usage || usage->exitCode != 0 || !words) return {};
    return fmt::format("Against the same page decoded whole: {} dB PSNR (asked: ≥ 46).", std::atof(words->c_str()));
}

Contender jpegFloor(const Bench& bench, const Task& task) {
    return {"libjpeg-turbo alone",
            {{bench.peers / "jpeg-floor", task.photo, bench.folder / "floor.jpg", text(task.print.width),
              text(task.print.height)},
             {}},
            {},
            {},
            1000,
            "decodes and encodes as many pixels, nothing else"};
}

Contender vips(const Bench& bench, const Task& task, VipsThreads threads) {
    return threads == VipsThreads::One ? vipsWith(bench, task, 1, "libvips, VIPS_CONCURRENCY=1", {"VIPS_CONCURRENCY=1"})
                                       : vipsWith(bench, task, 1, "libvips, its default threads", {});
}
Contender vipsReduced(const Bench& bench, const Task& task) {
    return vipsWith(bench, task, 2, "libvips, decoded at half size (shrink=2), VIPS_CONCURRENCY=1",
                    {"VIPS_CONCURRENCY=1"});
}

Contender imageMagick(const Bench& bench, const Task& task) {
    std::string program = "convert-im6.q16";
    for (const char* name : {"convert-im6.q16", "magick"})
        if (!findProgram(name).empty()) program = name;
    return {"ImageMagick",
            {{program, task.photo, "-crop", geometry(middle(task)), "+repage", "-filter", "Lanczos", "-resize",
              exactly(task.print), "-intent", "Relative", "-black-point-compensation", "-profile", bench.profile,
              "-quality", "95", "-sampling-factor", "1x1", bench.folder / "magick.jpg"},
             oneThread},
            {},
            {},
            3,
            ""};
}

Contender graphicsMagick(const Bench& bench, const Task& task) {
    return {"GraphicsMagick",
            {{"gm", "convert", task.photo, "-crop", geometry(middle(task)), "+page", "-filter", "Lanczos", "-resize",
              exactly(task.print), "-intent", "Relative", "-profile", bench.profile, "-quality", "95",
              "-sampling-factor", "1x1", bench.folder / "gm.jpg"},
             oneThread},
            {},
            {},
            3,
            "no black point compensation"};
}

Contender oiiotool(const Bench& bench, const Task& task) {
    const char* line =
        "oiiotool --threads 1 \"$1\" --cut \"$2\" --resize:filter=lanczos3 \"$3\" -d uint8 -o \"$5\" &&"
        " tificc -t1 -b -i '*sRGB' -o \"$4\" \"$5\" \"$6\"";
    Contender one{"oiiotool + tificc",
                  {{"sh", "-c", line, "sh", task.photo, geometry(middle(task)),
                    fmt::format("{}x{}", task.print.width, task.print.height), bench.profile, bench.folder / "oiio.tif",
                    bench.folder / "tificc.tif"},
                   oneThread},
                  {},
                  {},
                  2,
                  "to TIFF"};
    for (const char* name : {"oiiotool", "tificc"})
        if (findProgram(name).empty()) one.command.words = {name};
    return one;
}

Contender darktable(const Bench& bench, const Task& task) {
    const Path out = bench.folder / "darktable.jpg", settings = bench.folder / "darktable";
    return {"darktable-cli",
            {{"darktable-cli",
              task.photo,
              out,
              "--width",
              text(task.print.width),
              "--height",
              text(task.print.height),
              "--icc-type",
              "FILE",
              "--icc-file",
              bench.profile,
              "--icc-intent",
              "RELATIVE_COLORIMETRIC",
              "--core",
              "--configdir",
              settings,
              "--cachedir",
              settings,
              "--library",
              ":memory:",
              "--disable-opencl",
              "-t",
              "1",
              "--conf",
              "plugins/imageio/format/jpeg/quality=95"},
             {"OMP_NUM_THREADS=1", "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent", "HOME=" + bench.folder.string()}},
            {},
            [out] { return removeAll(out); },
            1000,
            "fits, does not cut"};
}

Contender rawTherapee(const Bench& bench, const Task& task) {
    const Path wish = bench.folder / fmt::format("size-{}.pp3", task.print.width);
    const std::string words = fmt::format(
        "[Resize]\nEnabled=true\nAppliesTo=Full image\nMethod=Lanczos\nDataSpecified=3\nWidth={}\nHeight={}\n",
        task.print.width, task.print.height);
    return {"rawtherapee-cli",
            {{"rawtherapee-cli", "-q", "-o", bench.folder / "rawtherapee.jpg", "-d", "-p", wish, "-j95", "-js3", "-Y",
              "-c", task.photo},
             {"OMP_NUM_THREADS=1", "HOME=" + bench.folder.string()}},
            {},
            [wish, words] { return writeFileDurably(wish, words); },
            1000,
            "fits, does not cut; to sRGB"};
}

}  // namespace contone::bench
