// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The formats that people have, and who reads each. A new one is a line here and a file in core/image/codecs.
#include <sys/mman.h>

#include <array>
#include <cstdint>
#include <span>

#include "core/decode/file_head.h"
#include "core/decode/sniff.h"
#include "core/decode/worker/open_photo.h"
#include "core/image/codecs/heif_reader.h"
#include "core/image/codecs/jpeg_preview.h"
#include "core/image/codecs/jpeg_reader.h"
#include "core/image/codecs/jpegxl_reader.h"
#include "core/image/codecs/libraries.h"
#include "core/image/codecs/png_reader.h"
#include "core/image/codecs/raw_reader.h"
#include "core/image/codecs/tiff_reader.h"
#include "core/image/codecs/webp_reader.h"

namespace contone::decode {
namespace {

image::OpenedReader open(FileDescriptor file, const image::PhotoRequest& request, const image::Limits& limits) {
    CONTONE_TRY(const Sniffed kind, sniffFile(file, limits));
    switch (kind.family) {
        case Family::Jpeg:
            return image::openJpeg(std::move(file), request, limits);
        case Family::Png:
            return image::openPng(std::move(file), limits);
        case Family::Heif:
            return image::openHeif(std::move(file), request, limits);
        case Family::Raw:
            return image::openRaw(std::move(file), request, limits);
        case Family::TiffOrRaw:
        case Family::Unknown:  // some RAW has no mark at all
            if (image::isRaw(file)) return image::openRaw(std::move(file), request, limits);
            if (kind.family == Family::TiffOrRaw) return image::openTiff(std::move(file), limits);
            return image::photoProblem("photo-format", "magic " + kind.magic);
        case Family::WebP:
            return image::openWebP(std::move(file), limits);
        case Family::JpegXl:
            return image::openJpegXl(std::move(file), limits);
        default:
            return image::photoProblem("photo-format", "magic " + kind.magic);
    }
}

image::OpenedReader openPreview(FileDescriptor file, int longSide, const image::Limits& limits) {
    CONTONE_TRY(const Sniffed kind, sniffFile(file, limits));
    switch (kind.family) {
        case Family::Jpeg:
            return image::openJpegPreview(std::move(file), longSide, limits);
        case Family::Heif:
            return image::openHeifPreview(std::move(file), longSide, limits);
        case Family::Raw:
            return image::openRawPreview(std::move(file), longSide, limits);
        case Family::TiffOrRaw:
            if (image::isRaw(file)) return image::openRawPreview(std::move(file), longSide, limits);
            return image::photoProblem("photo-no-preview");
        default:
            return image::photoProblem("photo-no-preview");
    }
}

/// A gray dot as JPEG, YCbCr, 8 x 8.
constexpr std::array<std::uint8_t, 264> kDot{
    0xff, 0xd8, 0xff, 0xdb, 0x00, 0x43, 0x00, 0x10, 0x0b, 0x0c, 0x0e, 0x0c, 0x0a, 0x10, 0x0e, 0x0d, 0x0e, 0x12, 0x11,
    0x10, 0x13, 0x18, 0x28, 0x1a, 0x18, 0x16, 0x16, 0x18, 0x31, 0x23, 0x25, 0x1d, 0x28, 0x3a, 0x33, 0x3d, 0x3c, 0x39,
    0x33, 0x38, 0x37, 0x40, 0x48, 0x5c, 0x4e, 0x40, 0x44, 0x57, 0x45, 0x37, 0x38, 0x50, 0x6d, 0x51, 0x57, 0x5f, 0x62,
    0x67, 0x68, 0x67, 0x3e, 0x4d, 0x71, 0x79, 0x70, 0x64, 0x78, 0x5c, 0x65, 0x67, 0x63, 0xff, 0xdb, 0x00, 0x43, 0x01,
    0x11, 0x12, 0x12, 0x18, 0x15, 0x18, 0x2f, 0x1a, 0x1a, 0x2f, 0x63, 0x42, 0x38, 0x42, 0x63, 0x63, 0x63, 0x63, 0x63,
    0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63,
    0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63,
    0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0x63, 0xff, 0xc0, 0x00, 0x11, 0x08, 0x00, 0x08, 0x00, 0x08, 0x03, 0x01, 0x11,
    0x00, 0x02, 0x11, 0x01, 0x03, 0x11, 0x01, 0xff, 0xc4, 0x00, 0x14, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xff, 0xc4, 0x00, 0x14, 0x10, 0x01, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xff, 0xc4, 0x00, 0x14, 0x01, 0x01,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xff, 0xc4, 0x00,
    0x14, 0x11, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0xff, 0xda, 0x00, 0x0c, 0x03, 0x01, 0x00, 0x02, 0x11, 0x03, 0x11, 0x00, 0x3f, 0x00, 0x03, 0xff, 0xd9};

/// Reads the dot: what is made at the first photo (tables, the libraries' own beginnings) is made before the fork, once
/// for all children.
void readOnce() {
    FileDescriptor memory(::memfd_create("dot", MFD_CLOEXEC));
    const auto bytes = std::as_bytes(std::span(kDot));
    if (!memory.isOpen() || !writeAll(memory.get(), bytes, "dot")) return;
    const auto photo = openPhoto(narrowCodecs(), std::move(memory), {});
    if (!photo) return;
    image::Picture rows = image::Picture::ofSize((*photo)->facts().size, (*photo)->facts().pixels);
    (void)(*photo)->read(rows.strip());
}

/// What libraries would open, load or compute at their first photo, before the process may not any more.
void prepare() {
    image::prepareHeif();
    image::prepareRaw();
    readOnce();
}

}  // namespace

Codecs narrowCodecs() {
    return {open, openPreview, prepare, image::librariesOf};
}

}  // namespace contone::decode
