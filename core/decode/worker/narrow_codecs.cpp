// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The formats that people have, and who reads each. A new one is a line here and a file in core/image/codecs.
#include <array>

#include "core/decode/file_head.h"
#include "core/decode/sniff.h"
#include "core/decode/worker/open_photo.h"
#include "core/image/codecs/heif_reader.h"
#include "core/image/codecs/jpeg_preview.h"
#include "core/image/codecs/jpeg_reader.h"
#include "core/image/codecs/jpegxl_reader.h"
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

/// What libraries would open, load or compute at their first photo, before the process may not any more.
void prepare() {
    image::prepareHeif();
    image::prepareRaw();
}

}  // namespace

Codecs narrowCodecs() {
    return {open, openPreview, prepare};
}

}  // namespace contone::decode
