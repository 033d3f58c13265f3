// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// TIFF files made for tests: by libtiff in every layout, and by hand where libtiff would not write such a thing.
#pragma once

#include <sys/mman.h>
#include <tiffio.h>
#include <unistd.h>

#include <cstring>
#include <functional>

#include "core/base/file.h"
#include "core/image/codecs/tiff_reader.h"
#include "tests/core/image/reader_samples.h"
#include "tests/places.h"

namespace contone::image {

struct TiffPage {
    int width = 37, height = 41, samples = 1, bits = 8, photometric = PHOTOMETRIC_MINISBLACK;
    int compression = COMPRESSION_NONE;
    int format = SAMPLEFORMAT_UINT;
    bool isPlanar = false, isTiled = false;  // tiles of 16 x 16
    int rowsPerStrip = 5;
    std::vector<std::uint16_t> extras{};
    std::function<void(TIFF*)> moreTags{};
};
/// The number stored: bits of a float for floats.
using TiffSample = std::function<std::uint64_t(int x, int y, int c)>;

/// One row of `width` pixels from (x, y), packed as TIFF wants it in memory.
inline Bytes tiffRow(const TiffPage& page, const TiffSample& sample, int x, int y, int width, int plane) {
    const int perPixel = page.isPlanar ? 1 : page.samples;
    Bytes row((static_cast<std::size_t>(width) * static_cast<std::size_t>(perPixel * page.bits) + 7) / 8);
    for (int i = 0; i < width * perPixel; ++i) {
        const int column = std::min(x + i / perPixel, page.width - 1), line = std::min(y, page.height - 1);
        const std::uint64_t value = sample(column, line, page.isPlanar ? plane : i % perPixel);
        if (page.bits % 8 == 0) {  // native bytes
            std::memcpy(row.data() + static_cast<std::size_t>(i * page.bits / 8), &value,
                        static_cast<std::size_t>(page.bits / 8));
            continue;
        }
        for (int b = 0; b < page.bits; ++b)
            if ((value >> (page.bits - 1 - b) & 1) != 0)
                row[static_cast<std::size_t>((i * page.bits + b) / 8)] |=
                    static_cast<std::byte>(0x80 >> (i * page.bits + b) % 8);
    }
    return row;
}

inline void writeTiffPage(TIFF* tiff, const TiffPage& page, const TiffSample& sample) {
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, page.width);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, page.height);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, page.samples);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, page.bits);
    TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, page.format);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, page.compression);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, page.photometric);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, page.isPlanar ? PLANARCONFIG_SEPARATE : PLANARCONFIG_CONTIG);
    if (page.isTiled) {
        TIFFSetField(tiff, TIFFTAG_TILEWIDTH, 16);
        TIFFSetField(tiff, TIFFTAG_TILELENGTH, 16);
    } else {
        TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, page.rowsPerStrip);
    }
    if (!page.extras.empty())
        TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, static_cast<int>(page.extras.size()), page.extras.data());
    if (page.moreTags) page.moreTags(tiff);
    for (int plane = 0; plane < (page.isPlanar ? page.samples : 1); ++plane) {
        for (int y = 0; !page.isTiled && y < page.height; ++y) {
            Bytes row = tiffRow(page, sample, 0, y, page.width, plane);
            TIFFWriteScanline(tiff, row.data(), static_cast<std::uint32_t>(y), static_cast<std::uint16_t>(plane));
        }
        for (int y = 0; page.isTiled && y < page.height; y += 16)
            for (int x = 0; x < page.width; x += 16) {
                Bytes tile;
                for (int line = y; line < y + 16; ++line) {
                    const Bytes row = tiffRow(page, sample, x, line, 16, plane);
                    tile.insert(tile.end(), row.begin(), row.end());
                }
                TIFFWriteTile(tiff, tile.data(), static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y), 0,
                              static_cast<std::uint16_t>(plane));
            }
    }
    TIFFWriteDirectory(tiff);
}

/// `mode`: "w", with "b" big-endian, "l" little-endian, "8" BigTIFF.
inline Bytes encodeTiff(const std::vector<TiffPage>& pages, const TiffSample& sample, const char* mode = "w") {
    const FileDescriptor fd(::memfd_create("tiff", MFD_CLOEXEC));
    TIFF* tiff = TIFFFdOpen(::dup(fd.get()), "tiff", mode);
    for (const TiffPage& page : pages) writeTiffPage(tiff, page, sample);
    TIFFClose(tiff);
    Bytes bytes(static_cast<std::size_t>(::lseek(fd.get(), 0, SEEK_END)));
    if (::pread(fd.get(), bytes.data(), bytes.size(), 0) < 0) std::abort();
    return bytes;
}
inline Bytes encodeTiff(const TiffPage& page, const TiffSample& sample, const char* mode = "w") {
    return encodeTiff(std::vector{page}, sample, mode);
}

struct RawTag {
    std::uint16_t tag, type;  // 3 SHORT, 4 LONG, 2 ASCII, 7 UNDEFINED
    std::uint32_t count, value;
};
inline void append(Bytes& bytes, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) bytes.push_back(static_cast<std::byte>(value >> (8 * i)));
}
/// A directory as it stands in a little-endian file.
inline Bytes rawDirectory(const std::vector<RawTag>& tags) {
    Bytes bytes;
    append(bytes, tags.size(), 2);
    for (const RawTag& t : tags) {
        append(bytes, t.tag, 2);
        append(bytes, t.type, 2);
        append(bytes, t.count, 4);
        append(bytes, t.value, 4);
    }
    append(bytes, 0, 4);
    return bytes;
}
/// A little-endian TIFF of one directory at 8, and then `rest`.
inline Bytes rawTiff(const std::vector<RawTag>& tags, const Bytes& rest = {}) {
    Bytes bytes{std::byte{'I'}, std::byte{'I'}, std::byte{42}, std::byte{0}};
    append(bytes, 8, 4);
    const Bytes directory = rawDirectory(tags);
    bytes.insert(bytes.end(), directory.begin(), directory.end());
    bytes.insert(bytes.end(), rest.begin(), rest.end());
    return bytes;
}

/// What the reader makes of a file: all of its rows.
inline Outcome read(const Bytes& bytes, const Limits& limits = {}) {
    return readAll(openTiff(memoryFile(bytes), limits));
}
/// One of tests/data/tiff.
inline Bytes file(const char* name) {
    return *readFile(Path(contone::tests::sourceFolder) / "tests/data/tiff" / name, 10'000'000);
}
/// Samples that nothing compresses, 16 and 8 bits.
inline std::uint64_t noise(int x, int y, int c) {
    return static_cast<std::uint64_t>(x * 7919 + y * 104'729 + c * 1'299'709 + x * y * 31) & 0xFFFF;
}
inline std::uint64_t noise8(int x, int y, int c) {
    return noise(x, y, c) & 255;
}
inline TiffPage rgb(int bits = 8) {
    return {.samples = 3, .bits = bits, .photometric = PHOTOMETRIC_RGB};
}

}  // namespace contone::image
