// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The rare formats: OpenImageIO and our own readers beside it.
#include "core/image/longtail/longtail_reader.h"
#include "tests/fuzz/photo.h"

using namespace contone;

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    (void)image::prepareOiio();
    return 0;
}

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const decode::Codecs codecs{[](FileDescriptor file, const image::PhotoRequest&, const image::Limits& limits) {
                                    return image::openLongTail(std::move(file), limits);
                                },
                                {},
                                {}};
    fuzz::readPhoto(codecs, fuzz::bytesOf(bytes, size));
    return 0;
}
