// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One input through one codec, as a decoder child would: open, decide the colours, all strips, the picture inside.
#pragma once

#include <sys/mman.h>

#include "core/decode/facts_message.h"
#include "core/decode/worker/open_photo.h"
#include "tests/fuzz/fuzz.h"

namespace contone::fuzz {

inline FileDescriptor fileOf(std::span<const std::byte> bytes) {
    FileDescriptor file(::memfd_create("photo", MFD_CLOEXEC));
    require(file.isOpen() && writeAll(file.get(), bytes, "memory").has_value());
    return file;
}

inline void requireKnown(const Error& error) {
    require(image::photoProblems()[static_cast<std::size_t>(image::problemNumber(error.reason))].reason ==
            error.reason);
}

/// All rows come once, in order, as many as the facts say, or the source fails for good with a reason of the table.
inline void readToTheEnd(image::PhotoSource& source, int rowsAtOnce) {
    const image::PhotoFacts facts = source.facts();
    image::Picture strip = image::Picture::ofSize({facts.size.width, rowsAtOnce}, facts.pixels);
    for (int row = 0;;) {
        const Result<int> rows = source.read(strip.strip());
        if (!rows) {
            requireKnown(rows.error());
            require(!source.read(strip.strip()).has_value());
            break;
        }
        require(*rows >= 0 && *rows <= rowsAtOnce);
        row += *rows;
        require(row <= facts.size.height);
        if (*rows > 0) continue;
        require(row == facts.size.height);
        break;
    }
    (void)source.warnings();
}

inline void readPhoto(const decode::Codecs& codecs, std::span<const std::byte> bytes) {
    // Choices hang on the length, so that any photo is a seed.
    const int rowsAtOnce = static_cast<int>(bytes.size() % 37) + 1;
    const image::PhotoRequest request{.reducible = bytes.size() % 3 == 0 ? 4.0 : 1.0};
    if (auto source = decode::openPhoto(codecs, fileOf(bytes), request, limits())) {
        const image::PhotoFacts& facts = (*source)->facts();
        require(facts.storedSize.width >= 1 && facts.storedSize.height >= 1);
        require(std::int64_t{facts.storedSize.width} * facts.storedSize.height <= limits().maxPixels);
        const image::PhotoFacts shown = decode::presentable(facts);
        if (decode::checkFacts(shown, request, limits()))
            require(decode::parseFacts(decode::composeFacts(shown)) == shown);
        readToTheEnd(**source, rowsAtOnce);
    } else {
        requireKnown(source.error());
    }
    if (!codecs.openPreview) return;
    const auto small = decode::thumbnail(codecs, fileOf(bytes), 160, decode::PreviewUse::Required, limits());
    require(!small || (small->size.width <= 160 && small->size.height <= 160));
}

}  // namespace contone::fuzz
