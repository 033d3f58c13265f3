// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Packing: a byte n of 0…127 stands before n + 1 samples, one of 129…255 before a sample that comes 257 - n times.
#include "core/image/mask.h"

#include <algorithm>
#include <string>

#include "core/image/photo_problem.h"

namespace contone::image {
namespace {

constexpr std::size_t mostAtOnce = 128;

std::size_t runAt(std::span<const std::uint8_t> samples, std::size_t at) {
    std::size_t run = 1;
    while (run < mostAtOnce && at + run < samples.size() && samples[at + run] == samples[at]) run++;
    return run;
}

Bytes packed(std::span<const std::uint8_t> samples) {
    Bytes out;
    for (std::size_t at = 0; at < samples.size();) {
        const std::size_t run = runAt(samples, at);
        if (run > 2) {
            out.push_back(static_cast<std::byte>(257 - run));
            out.push_back(static_cast<std::byte>(samples[at]));
            at += run;
            continue;
        }
        std::size_t end = at;
        while (end < samples.size() && end - at < mostAtOnce && runAt(samples, end) <= 2) end++;
        out.push_back(static_cast<std::byte>(end - at - 1));
        for (; at < end; at++) out.push_back(static_cast<std::byte>(samples[at]));
    }
    return out;
}

/// Means of squares of `factor` pixels; those at the right and lower edge may be smaller.
std::vector<std::uint8_t> reduced(PixelSize from, std::span<const std::uint8_t> samples, PixelSize to, int factor) {
    std::vector<std::uint8_t> out;
    out.reserve(static_cast<std::size_t>(to.width) * static_cast<std::size_t>(to.height));
    for (int y = 0; y < to.height; y++)
        for (int x = 0; x < to.width; x++) {
            const int right = std::min(from.width, (x + 1) * factor), bottom = std::min(from.height, (y + 1) * factor);
            unsigned sum = 0, count = 0;
            for (int v = y * factor; v < bottom; v++)
                for (int u = x * factor; u < right; u++, count++)
                    sum += samples[static_cast<std::size_t>(v) * static_cast<std::size_t>(from.width) +
                                   static_cast<std::size_t>(u)];
            out.push_back(static_cast<std::uint8_t>((sum + count / 2) / count));
        }
    return out;
}

/// The mean of the colours of one pixel, 0…255.
unsigned lightness(const std::byte* pixel, const PixelFormat& format, int colours) {
    unsigned sum = 0;
    for (int c = 0; c < colours; c++)
        sum += format.depth == Depth::U8
                   ? std::to_integer<unsigned>(pixel[c])
                   : (static_cast<unsigned>(reinterpret_cast<const std::uint16_t*>(pixel)[c]) + 128) / 257;
    return sum / static_cast<unsigned>(colours);
}

std::unexpected<Error> damaged(const char* detail) {
    return fail(Code::Corrupt, "mask-damaged", "A mask of this design is damaged. Use another design.", detail);
}

}  // namespace

Mask maskOf(PixelSize size, std::span<const std::uint8_t> coverage) {
    const int least = (std::max(size.width, size.height) + Mask::maxSide - 1) / Mask::maxSide;
    for (int factor = std::max(1, least);; factor *= 2) {
        const PixelSize to{(size.width + factor - 1) / factor, (size.height + factor - 1) / factor};
        Mask mask{to, factor == 1 ? packed(coverage) : packed(reduced(size, coverage, to, factor))};
        if (mask.packed.size() <= Mask::mostPacked) return mask;
    }
}

Result<Mask> readMask(PhotoSource& picture) {
    const PixelSize size = picture.facts().size;
    const PixelFormat format = picture.facts().pixels;
    if (size.width > Mask::longestSource || size.height > Mask::longestSource)
        return fail(Code::Invalid, "mask-too-large",
                    "A mask has at most " + std::to_string(Mask::longestSource) + " pixels a side.");
    const int colours = std::min(3, count(format.channels));
    Picture row = Picture::ofSize({size.width, 1}, format);
    std::vector<std::uint8_t> coverage;
    for (int y = 0; y < size.height; y++) {
        CONTONE_TRY(const int got, picture.read(row.strip()));
        if (got != 1) return photoProblem("photo-truncated", "rows end at " + std::to_string(y));
        for (int x = 0; x < size.width; x++)
            coverage.push_back(static_cast<std::uint8_t>(
                255 -
                lightness(row.bytes.data() + static_cast<std::size_t>(x) * format.bytesPerPixel(), format, colours)));
    }
    return maskOf(size, coverage);
}

Result<std::vector<std::uint8_t>> coverageOf(const Mask& mask) {
    if (mask.size.width < 1 || mask.size.height < 1 || mask.size.width > Mask::maxSide ||
        mask.size.height > Mask::maxSide || mask.packed.size() > Mask::mostPacked)
        return damaged("size");
    const auto all = static_cast<std::size_t>(mask.size.width) * static_cast<std::size_t>(mask.size.height);
    std::vector<std::uint8_t> samples;
    samples.reserve(all);
    for (std::size_t at = 0; at < mask.packed.size();) {
        const auto n = std::to_integer<std::size_t>(mask.packed[at++]);
        if (n == 128) continue;
        const bool isRun = n > 128;
        const std::size_t count = isRun ? 257 - n : n + 1, bytes = isRun ? 1 : count;
        if (mask.packed.size() - at < bytes || all - samples.size() < count) return damaged("runs");
        for (std::size_t i = 0; i < count; i++)
            samples.push_back(std::to_integer<std::uint8_t>(mask.packed[isRun ? at : at + i]));
        at += bytes;
    }
    if (samples.size() != all) return damaged("samples");
    return samples;
}

}  // namespace contone::image
