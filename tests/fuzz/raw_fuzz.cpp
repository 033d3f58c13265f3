// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Camera RAW: recognised, developed, its previews.
#include "core/image/codecs/raw_reader.h"
#include "tests/fuzz/photo.h"

using namespace contone;

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const decode::Codecs codecs{
        [](FileDescriptor file, const image::PhotoRequest& request, const image::Limits& limits) {
            (void)image::isRaw(file);
            return image::openRaw(std::move(file), request, limits);
        },
        image::openRawPreview,
        {}};
    fuzz::readPhoto(codecs, fuzz::bytesOf(bytes, size));
    return 0;
}
