// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Who does what, and what is asked.
#include "tests/bench/render_contests.h"

#include <fmt/format.h>

#include "tests/bench/edit_contests.h"
#include "tests/bench/peer_commands.h"

namespace contone::bench {
namespace {

using enum Quantity;
using enum Sense;

Result<Contest> print8x10(const Bench& bench) {
    CONTONE_TRY(const Path photo, bench.photos.jpeg24());
    const Task task{photo, BenchPhotos::size24, {3000, 2400}, "10x8in"};
    Contender us = ours(bench, task, "fast");
    us.bounds = {{Memory, StaysBelow, 40}};
    return Contest{
        "8x10",
        fmt::format("24 MP JPEG ({:.1f} MB) → 8×10 in", megabytesOf(photo)),
        "",
        {us, withBounds(jpegFloor(bench, task), {{Processor, WeNeedAtMost, 1.7}}),
         withBounds(vips(bench, task, VipsThreads::One), {{Processor, NeedsAtLeast, 3}}),
         vips(bench, task, VipsThreads::Default), withBounds(imageMagick(bench, task), {{Processor, NeedsAtLeast, 15}}),
         graphicsMagick(bench, task), withBounds(oiiotool(bench, task), {{Processor, NeedsAtLeast, 30}}),
         oursCold(bench, task), ours(bench, task, "archival")}};
}

Result<Contest> print4x6(const Bench& bench) {
    CONTONE_TRY(const Path photo, bench.photos.jpeg24());
    const Task task{photo, BenchPhotos::size24, {1800, 1200}, "6x4in"};
    return Contest{"4x6",
                   "24 MP JPEG → 4×6 in",
                   "",
                   {ours(bench, task, "fast"), jpegFloor(bench, task),
                    withBounds(vips(bench, task, VipsThreads::One), {{Processor, NeedsAtLeast, 2.2}}),
                    vips(bench, task, VipsThreads::Default), vipsReduced(bench, task)}};
}

Result<Contest> print4x6Reduced(const Bench& bench) {
    CONTONE_TRY(const Path photo, bench.photos.jpeg24());
    const Task task{photo, BenchPhotos::size24, {1800, 1200}, "6x4in"};
    Contender us = libraryPage(bench, task, {"--decode", "child", "--reducible", "4"});
    us.name = "contone's library, DCT 4/8";
    return Contest{
        "4x6-reduced",
        "24 MP JPEG → 4×6 in, decoded at half size",
        "What a DCT scale of 4/8 brings where 1.7 times are left to reduce. The fast lane asks for a factor "
        "of 2 to be left, so it decodes this print whole; here the library is told to accept less.",
        {us, libraryPage(bench, task, {"--decode", "child"}),
         withBounds(vips(bench, task, VipsThreads::One), {{Processor, NeedsAtLeast, 3}}), vipsReduced(bench, task)},
        reducedQuality(bench, task)};
}

Result<Contest> print20x30(const Bench& bench, const char* id, const char* lane, double atLeast) {
    CONTONE_TRY(const Path photo, bench.photos.jpeg24());
    const Task task{photo, BenchPhotos::size24, {9000, 6000}, "30x20in"};
    Contender peer = withBounds(vips(bench, task, VipsThreads::One), {{Processor, NeedsAtLeast, atLeast}});
    peer.mostRounds = 4;
    return Contest{id, fmt::format("24 MP JPEG → 20×30 in, {} lane", lane), "", {ours(bench, task, lane), peer}};
}
Result<Contest> print20x30Fast(const Bench& bench) {
    return print20x30(bench, "20x30-fast", "fast", 4.5);
}
Result<Contest> print20x30Archival(const Bench& bench) {
    return print20x30(bench, "20x30-archival", "archival", 2);
}

Result<Contest> print100(const Bench& bench) {
    CONTONE_TRY(const Path photo, bench.photos.jpeg100());
    const Task task{photo, BenchPhotos::size100, {3000, 2400}, "10x8in"};
    Contender us = ours(bench, task, "fast");
    us.bounds = {{Memory, StaysBelow, 64}};
    return Contest{
        "100mp",
        fmt::format("100 MP JPEG ({:.1f} MB) → 8×10 in", megabytesOf(photo)),
        "",
        {us, jpegFloor(bench, task), withBounds(vips(bench, task, VipsThreads::One), {{Processor, NeedsAtLeast, 1.6}}),
         vipsReduced(bench, task)}};
}

Result<Contest> print100Reduced(const Bench& bench) {
    CONTONE_TRY(const Path photo, bench.photos.jpeg100());
    const Task task{photo, BenchPhotos::size100, {3000, 2400}, "10x8in"};
    Contender us = libraryPage(bench, task, {"--decode", "child", "--reducible", "4"});
    us.name = "contone's library, DCT 4/8";
    return Contest{
        "100mp-reduced",
        "100 MP JPEG → 8×10 in, decoded at half size",
        "",
        {us, withBounds(vips(bench, task, VipsThreads::One), {{Processor, NeedsAtLeast, 2}}), vipsReduced(bench, task)},
        reducedQuality(bench, task)};
}

Result<Contest> turned(const Bench& bench) {
    CONTONE_TRY(const Path upright, bench.photos.jpeg24());
    const Task task{upright, BenchPhotos::size24, {3000, 2400}, "10x8in"};
    Contest contest{"turned",
                    "Turned photos and several photos on a page, 24 MP JPEG → 8×10 in",
                    "Against our own page of one photo that is stored upright.",
                    {ours(bench, task, "fast")}};
    for (const int orientation : {3, 5, 6, 7, 8}) {
        Task other = task;
        CONTONE_TRY(other.photo, bench.photos.jpeg24(image::orientationFromExif(orientation)));
        Contender one = ours(bench, other, "fast");
        one.name = fmt::format("contone, EXIF orientation {}", orientation);
        contest.contenders.push_back(std::move(one));
    }
    Contender single = libraryPage(bench, task, {"--decode", "child"});
    single.name = "contone's library, one photo";
    Contender four = libraryPage(bench, task, {"--decode", "child", "--photos", "4"});
    four.name = "contone's library, four photos on the page";
    Contender composed = libraryPage(bench, task, {"--decode", "child", "--border"});
    composed.name = "contone's library, one photo on a coloured border: a composed page";
    contest.contenders.push_back(std::move(single));
    contest.contenders.push_back(std::move(composed));
    contest.contenders.push_back(std::move(four));
    return contest;
}

Result<Contest> queue(const Bench& bench) {
    CONTONE_TRY(const Path photo, bench.photos.jpeg24());
    const Task task{photo, BenchPhotos::size24, {1772, 1181}, "15x10cm"};
    Contender two = ourQueue(bench, task, 2), one = ourQueue(bench, task, 1);
    one.bounds = {{Processor, WeNeedAtMost, 1.1}, {Wall, NeedsAtLeast, 1.8}};
    one.mostRounds = two.mostRounds = 1;
    return Contest{"queue",
                   fmt::format("{} photos of 24 MP → 10×15 cm, one page a core", bench.queue),
                   "One run of the program for all of them, `contone render --jobs`, one thread a page.",
                   {two, one},
                   "",
                   0,
                   Memory::Ignore};
}

Result<Contest> raw(const Bench& bench, const char* id, const char* title, const Task& task) {
    Contender dark = darktable(bench, task), raw = rawTherapee(bench, task);
    dark.mostRounds = raw.mostRounds = 2;
    return Contest{id,
                   title,
                   "Each with its own demosaicing and its own look. A Bayer DNG of 14 bits, uncompressed.",
                   {ours(bench, task, "fast"), dark, raw}};
}
Result<Contest> rawHalf(const Bench& bench) {
    CONTONE_TRY(const Path photo, bench.photos.raw24());
    return raw(bench, "raw-4x6", "24 MP RAW → 4×6 in, developed at half size",
               {photo, BenchPhotos::size24, {1800, 1200}, "6x4in"});
}
Result<Contest> rawFull(const Bench& bench) {
    CONTONE_TRY(const Path photo, bench.photos.raw24());
    return raw(bench, "raw-8x10", "24 MP RAW → 8×10 in, developed in full",
               {photo, BenchPhotos::size24, {3000, 2400}, "10x8in"});
}

Result<Contest> heic(const Bench& bench) {
    CONTONE_TRY(const Path photo, bench.photos.heic());
    const Task task{photo, {}, {1772, 1181}, "15x10cm"};
    return Contest{
        "heic",
        fmt::format("12 MP HEIC ({:.1f} MB) → 10×15 cm", megabytesOf(photo)),
        "Against libheif decoding the same photo to RGB in memory, one thread, and nothing else.",
        {ours(bench, task, "fast"),
         withBounds(
             Contender{"libheif", {{bench.peers / "heif-to-rgb", photo}, {}}, {}, {}, 1000, "decodes, writes nothing"},
             {{Processor, WeNeedAtMost, 1.15}})}};
}

Result<Contest> sandbox(const Bench& bench) {
    CONTONE_TRY(const Path photo, bench.photos.jpeg24());
    const Task task{photo, BenchPhotos::size24, {3000, 2400}, "10x8in"};
    Contender child = libraryPage(bench, task, {"--decode", "child"});
    Contender here = libraryPage(bench, task, {"--decode", "here"});
    child.name = "contone's library, photo read by the locked-down child";
    here.name = "contone's library, photo read in the process itself";
    here.bounds = {{Processor, WeNeedAtMost, 1.05}};
    return Contest{"sandbox",
                   "What the sandbox costs: 24 MP JPEG → 8×10 in",
                   "The same page by the same library, with the start of the programs and of the locked-down parent.",
                   {child, here}};
}

}  // namespace

const std::vector<ContestEntry>& renderContests() {
    static const std::vector<ContestEntry> all{{"8x10", print8x10},
                                               {"4x6", print4x6},
                                               {"4x6-reduced", print4x6Reduced},
                                               {"20x30-fast", print20x30Fast},
                                               {"20x30-archival", print20x30Archival},
                                               {"100mp", print100},
                                               {"100mp-reduced", print100Reduced},
                                               {"turned", turned},
                                               {"straightened", straightenedPage},
                                               {"adjusted", adjustedPage},
                                               {"collage", collagePage},
                                               {"sandbox", sandbox},
                                               {"heic", heic},
                                               {"raw-4x6", rawHalf},
                                               {"raw-8x10", rawFull},
                                               {"queue", queue}};
    return all;
}

}  // namespace contone::bench
