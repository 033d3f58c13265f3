// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// JPEG files made for tests, in memory, in kinds that no camera at hand writes; and reading them through the source.
#pragma once

#include <cstdio>

#include <fcntl.h>
#include <jpeglib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "core/image/codecs/jpeg_reader.h"

namespace contone::image {

enum class JpegKind { Baseline, Restarts, Progressive, Arithmetic, RgbStored, CmykPlain };

/// Encodes by libjpeg at quality 90. Errors exit: the input is ours.
inline Bytes encodeJpeg(const Picture& picture, JpegKind kind) {
    jpeg_error_mgr errors;
    jpeg_compress_struct cinfo;
    cinfo.err = jpeg_std_error(&errors);
    jpeg_create_compress(&cinfo);
    unsigned char* out = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&cinfo, &out, &size);
    cinfo.image_width = static_cast<JDIMENSION>(picture.size.width);
    cinfo.image_height = static_cast<JDIMENSION>(picture.size.height);
    cinfo.input_components = count(picture.format.channels);
    cinfo.in_color_space = picture.format.channels == Channels::Gray  ? JCS_GRAYSCALE
                           : picture.format.channels == Channels::Rgb ? JCS_RGB
                                                                      : JCS_CMYK;
    jpeg_set_defaults(&cinfo);
    jpeg_set_quality(&cinfo, 90, TRUE);
    if (kind == JpegKind::Restarts) cinfo.restart_in_rows = 1;
    if (kind == JpegKind::Progressive) jpeg_simple_progression(&cinfo);
    if (kind == JpegKind::Arithmetic) cinfo.arith_code = TRUE;
    if (kind == JpegKind::RgbStored) jpeg_set_colorspace(&cinfo, JCS_RGB);
    if (kind == JpegKind::CmykPlain) cinfo.write_Adobe_marker = FALSE;
    jpeg_start_compress(&cinfo, TRUE);
    while (cinfo.next_scanline < cinfo.image_height) {
        auto* row = const_cast<JSAMPLE*>(picture.strip().row<JSAMPLE>(static_cast<int>(cinfo.next_scanline)));
        jpeg_write_scanlines(&cinfo, &row, 1);
    }
    jpeg_finish_compress(&cinfo);
    jpeg_destroy_compress(&cinfo);
    const auto* bytes = reinterpret_cast<std::byte*>(out);
    Bytes result(bytes, bytes + size);
    std::free(out);
    return result;
}

/// The bytes as a file without a name.
inline FileDescriptor memoryFile(const Bytes& bytes) {
    FileDescriptor fd(::memfd_create("photo", MFD_CLOEXEC));
    if (!writeAll(fd.get(), bytes, "memory")) std::abort();
    return fd;
}

/// What reading a photo to its end came to.
struct Outcome {
    Picture picture;  ///< the rows that came; the others stay 0
    int rows = 0;
    std::string reason;  ///< of the failure; empty: none
    PhotoWarnings warnings;
    bool isWhole() const { return reason.empty() && rows == picture.size.height; }
};

/// Reads in strips of `stripRows`.
inline Outcome readAll(const OpenedReader& source, int stripRows = 5) {
    Outcome outcome;
    if (!source) {
        outcome.reason = source.error().reason;
        return outcome;
    }
    outcome.picture = Picture::ofSize((*source)->facts().photo.size, (*source)->facts().photo.pixels);
    for (;;) {
        MutableStrip strip = outcome.picture.strip();
        strip.rows = std::min(stripRows, strip.rows - outcome.rows);
        strip.data = strip.row<std::byte>(outcome.rows);
        if (outcome.rows == outcome.picture.size.height) strip.data = outcome.picture.bytes.data();
        const Result<int> got = (*source)->read(strip);
        if (!got) outcome.reason = got.error().reason;
        if (!got || *got == 0) break;
        outcome.rows += *got;
    }
    outcome.warnings = (*source)->warnings();
    return outcome;
}
inline Outcome readAll(const Bytes& bytes, const Limits& limits = {}) {
    return readAll(openJpeg(memoryFile(bytes), {}, limits));
}

/// libjpeg's own decode of a whole frame with its defaults, as it comes: CMYK not turned round.
inline Picture decodeWhole(const Bytes& bytes) {
    jpeg_error_mgr errors;
    jpeg_decompress_struct cinfo;
    cinfo.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&cinfo);
    jpeg_mem_src(&cinfo, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    jpeg_read_header(&cinfo, TRUE);
    jpeg_start_decompress(&cinfo);
    Picture result = Picture::ofSize({static_cast<int>(cinfo.output_width), static_cast<int>(cinfo.output_height)},
                                     {static_cast<Channels>(cinfo.output_components), Depth::U8});
    while (cinfo.output_scanline < cinfo.output_height) {
        auto* row = result.strip().row<JSAMPLE>(static_cast<int>(cinfo.output_scanline));
        jpeg_read_scanlines(&cinfo, &row, 1);
    }
    jpeg_finish_decompress(&cinfo);
    jpeg_destroy_decompress(&cinfo);
    return result;
}

}  // namespace contone::image
