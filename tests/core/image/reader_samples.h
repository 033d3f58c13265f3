// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reading bytes in memory through a codec, for the tests of PNG and TIFF.
#pragma once

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>

#include "core/image/codecs/photo_reader.h"

namespace contone::image {

/// The bytes as a file without a name.
inline FileDescriptor memoryFile(const Bytes& bytes) {
    FileDescriptor fd(::memfd_create("photo", MFD_CLOEXEC));
    if (!writeAll(fd.get(), bytes, "memory")) std::abort();
    return fd;
}

/// What reading a photo to its end came to.
struct Outcome {
    CodecFacts facts;
    Picture picture;  ///< the rows that came; the others stay 0
    int rows = 0;
    std::string reason;  ///< of the failure; empty: none
    PhotoWarnings warnings;
    bool isWhole() const { return reason.empty() && rows > 0 && rows == picture.size.height; }
    /// One row's samples as numbers.
    std::vector<int> row(int y) const {
        std::vector<int> values;
        const int samples = picture.size.width * count(picture.format.channels);
        for (int i = 0; i < samples; ++i)
            values.push_back(picture.format.depth == Depth::U8 ? picture.strip().row<std::uint8_t>(y)[i]
                                                               : picture.strip().row<std::uint16_t>(y)[i]);
        return values;
    }
};

/// Reads in strips of `stripRows`.
inline Outcome readAll(const OpenedReader& reader, int stripRows = 5) {
    Outcome outcome;
    if (!reader) {
        outcome.reason = reader.error().reason;
        return outcome;
    }
    outcome.facts = (*reader)->facts();
    outcome.picture = Picture::ofSize(outcome.facts.photo.size, outcome.facts.photo.pixels);
    for (;;) {
        Picture some = Picture::ofSize({outcome.picture.size.width, stripRows}, outcome.picture.format);
        const Result<int> got = (*reader)->read(some.strip());
        if (!got) outcome.reason = got.error().reason;
        if (!got || *got == 0) break;
        if (*got > stripRows || outcome.rows + *got > outcome.picture.size.height) std::abort();
        std::copy_n(some.bytes.data(), some.stride() * static_cast<std::size_t>(*got),
                    outcome.picture.strip().row<std::byte>(outcome.rows));
        outcome.rows += *got;
    }
    outcome.warnings = (*reader)->warnings();
    return outcome;
}

}  // namespace contone::image
