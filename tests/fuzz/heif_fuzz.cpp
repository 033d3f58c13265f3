// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// HEIC and AVIF, and their thumbnails.
#include "core/image/codecs/heif_reader.h"
#include "tests/fuzz/photo.h"

using namespace contone;

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const decode::Codecs codecs{
        [](FileDescriptor file, const image::PhotoRequest& request, const image::Limits& limits) {
            return image::openHeif(std::move(file), request, limits);
        },
        image::openHeifPreview,
        {}};
    fuzz::readPhoto(codecs, fuzz::bytesOf(bytes, size));
    return 0;
}
