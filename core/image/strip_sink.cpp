// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sinks that need no codec: a picture in memory, and the hash of a raster.
#include "core/image/strip_sink.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <bit>
#include <cstring>
#include <new>

namespace contone::image {

// 16-bit samples are digested and written as they lie in memory.
static_assert(std::endian::native == std::endian::little);

namespace {

std::string rasterPrefix(PixelSize size, PixelFormat format) {
    return "contone-raster-2\n" + std::to_string(size.width) + "x" + std::to_string(size.height) + " " +
           std::to_string(count(format.channels)) + "x" + std::to_string(bytesPerSample(format.depth)) + "\n";
}

std::span<const std::byte> packedRow(StripView strip, int y) {
    return {strip.row<std::byte>(y), static_cast<std::size_t>(strip.width) * strip.format.bytesPerPixel()};
}

void hashRows(Sha256Hasher& hasher, StripView strip) {
    for (int y = 0; y < strip.rows; ++y) {
        const auto row = packedRow(strip, y);
        XXH128_canonical_t digest;
        XXH128_canonicalFromHash(&digest, XXH3_128bits(row.data(), row.size()));
        hasher.update(std::as_bytes(std::span(digest.digest)));
    }
}

std::span<const std::byte> bytesOf(const std::string& text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

}  // namespace

Result<void> checkStrip(const PageHeader& header, int rowsWritten, StripView strip) {
    if (strip.width != header.size.width || strip.format != header.format || strip.rows < 0 ||
        strip.rows > header.size.height - rowsWritten)
        return fail(Code::Internal, "strip-mismatch", "This page could not be made because of an error in the program.",
                    "a strip of " + std::to_string(strip.width) + "x" + std::to_string(strip.rows) + " after row " +
                        std::to_string(rowsWritten) + " of " + std::to_string(header.size.width) + "x" +
                        std::to_string(header.size.height));
    return {};
}

Result<void> checkComplete(const PageHeader& header, int rowsWritten) {
    if (rowsWritten != header.size.height || header.size.height <= 0)
        return fail(Code::Internal, "page-incomplete",
                    "This page could not be made because of an error in the program.",
                    std::to_string(rowsWritten) + " of " + std::to_string(header.size.height) + " rows");
    return {};
}

Result<void> PictureSink::begin(const PageHeader& header) {
    if (header.size.width <= 0 || header.size.height <= 0)
        return fail(Code::Invalid, "page-empty", "This page has no area. Choose a larger size.");
    try {
        m_header = header;
        m_picture = Picture::ofSize(header.size, header.format);
    } catch (const std::bad_alloc&) {
        return fail(Code::Unavailable, "out-of-memory",
                    "There is not enough memory for this page. Close other programs.");
    }
    m_row = 0;
    return {};
}

Result<void> PictureSink::write(StripView strip) {
    CONTONE_CHECK(checkStrip(m_header, m_row, strip));
    for (int y = 0; y < strip.rows; ++y, ++m_row) {
        const auto row = packedRow(strip, y);
        std::memcpy(m_picture.strip().row<std::byte>(m_row), row.data(), row.size());
    }
    return {};
}

Result<void> PictureSink::finish() {
    return checkComplete(m_header, m_row);
}

Result<void> HashingSink::begin(const PageHeader& header) {
    m_hasher.update(bytesOf(rasterPrefix(header.size, header.format)));
    return m_next.begin(header);
}

Result<void> HashingSink::write(StripView strip) {
    CONTONE_CHECK(m_next.write(strip));
    hashRows(m_hasher, strip);
    return {};
}

Result<void> HashingSink::finish() {
    CONTONE_CHECK(m_next.finish());
    m_hash = m_hasher.finish();
    return {};
}

Sha256 rasterHash(const Picture& picture) {
    Sha256Hasher hasher;
    hasher.update(bytesOf(rasterPrefix(picture.size, picture.format)));
    hashRows(hasher, picture.strip());
    return hasher.finish();
}

}  // namespace contone::image
