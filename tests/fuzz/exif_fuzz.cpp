// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// An EXIF block by itself.
#include "core/image/codecs/exif.h"
#include "tests/fuzz/fuzz.h"

using namespace contone;

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const image::ExifFacts facts = image::parseExif(fuzz::bytesOf(bytes, size));
    fuzz::require(facts.thumbnailAt <= size && facts.thumbnailSize <= size - facts.thumbnailAt);
    fuzz::require(facts.camera.size() <= 64);
    fuzz::require(facts.takenAt.empty() || facts.takenAt.size() == 19);
    return 0;
}
