// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// JPEG, and the pictures inside.
#include "core/image/codecs/jpeg_preview.h"
#include "core/image/codecs/jpeg_reader.h"
#include "tests/fuzz/photo.h"

using namespace contone;

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const decode::Codecs codecs{
        [](FileDescriptor file, const image::PhotoRequest& request, const image::Limits& limits) {
            return image::openJpeg(std::move(file), request, limits);
        },
        image::openJpegPreview,
        {}};
    fuzz::readPhoto(codecs, fuzz::bytesOf(bytes, size));
    return 0;
}
