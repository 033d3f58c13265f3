// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What the fuzzers share: bytes as a file without a name, small limits, and what must hold for every photo that opens.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <source_location>
#include <span>

#include "core/base/file.h"
#include "core/image/photo_facts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace contone::fuzz {

/// A finding: the fuzzer keeps the input.
inline void require(bool holds, std::source_location where = std::source_location::current()) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s:%u\n", where.file_name(), where.line());
    std::abort();
}

/// Small, so that an input costs milliseconds: 4 megapixels, 256 MB.
inline image::Limits limits() {
    image::Limits all;
    all.maxPixels = 4'000'000;
    all.maxWholeFrameBytes = 256'000'000;
    all.maxScans = 20;
    all.maxScanSamples = 40'000'000;
    return all;
}

inline std::span<const std::byte> bytesOf(const std::uint8_t* bytes, std::size_t size) {
    return std::as_bytes(std::span(bytes, size));
}

}  // namespace contone::fuzz
