// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The command lines: how each program is told to make the same print.
#pragma once

#include "core/image/pixels.h"
#include "tests/bench/render_contests.h"

namespace contone::bench {

/// Fill `print` pixels from the middle of `photo`: Lanczos3, relative colorimetric with black point compensation to
/// Bench::profile, JPEG quality 95, 4:4:4.
struct Task {
    Path photo;
    image::PixelSize photoSize;  ///< for programs that must be told what to cut; 0: none of them takes part
    image::PixelSize print;
    std::string paper;  ///< the same at 300 dpi, as contone takes it: "10x8in"
};

Contender withBounds(Contender contender, std::vector<Bound> bounds);

/// The real program: sandbox on, its tables cached.
Contender ours(const Bench& bench, const Task& task, const std::string& lane);
/// The same with an empty cache, so that half B is built in each run.
Contender oursCold(const Bench& bench, const Task& task);
/// One run of the program for all photos, `cores` pages at a time.
Contender ourQueue(const Bench& bench, const Task& task, int cores);
/// The renderer called by a small program (library-page), which can be told how to decode.
Contender libraryPage(const Bench& bench, const Task& task, const std::vector<std::string>& options);
/// How close the page decoded at half size is to the one decoded whole; empty when that cannot be said.
std::string reducedQuality(const Bench& bench, const Task& task);

Contender jpegFloor(const Bench& bench, const Task& task);
enum class VipsThreads { One, Default };
Contender vips(const Bench& bench, const Task& task, VipsThreads threads);
Contender vipsReduced(const Bench& bench, const Task& task);  ///< decoded at half size
Contender imageMagick(const Bench& bench, const Task& task);
Contender graphicsMagick(const Bench& bench, const Task& task);  ///< without black point compensation: it has none
Contender oiiotool(const Bench& bench, const Task& task);        ///< and tificc, to TIFF
Contender darktable(const Bench& bench, const Task& task);       ///< fits, does not cut
Contender rawTherapee(const Bench& bench, const Task& task);     ///< fits, does not cut; to sRGB

}  // namespace contone::bench
