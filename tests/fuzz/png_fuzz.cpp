// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PNG: chunks, colours, rows.
#include "core/image/codecs/png_reader.h"
#include "tests/fuzz/photo.h"

using namespace contone;

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const decode::Codecs codecs{[](FileDescriptor file, const image::PhotoRequest&, const image::Limits& limits) {
                                    return image::openPng(std::move(file), limits);
                                },
                                {}};
    fuzz::readPhoto(codecs, fuzz::bytesOf(bytes, size));
    return 0;
}
