// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Decodes, turns, compares shapes, chooses colours.
#include "core/image/codecs/exif_preview_p.h"

#include "core/image/codecs/jpeg_reader_p.h"
#include "core/image/codecs/picture_reader_p.h"
#include "core/image/codecs/preview_shape_p.h"

namespace contone::image {
namespace {

bool isHdr(const ColourSignals& colours) {
    constexpr int kPq = 16, kHlg = 18;  // H.273 table 3
    return colours.cicp && (colours.cicp->transfer == kPq || colours.cicp->transfer == kHlg);
}

}  // namespace

OpenedReader openExifPreview(ExifPreview preview, CodecFacts photo, const Limits& limits) {
    if (preview.jpeg.empty()) return photoProblem("photo-no-preview");
    const auto opened = openJpegPicture(PictureBytes(std::move(preview.jpeg)), 1, limits);
    if (!opened) return photoProblem("photo-no-preview", opened.error().detail);
    const auto stored = readPicture(**opened);
    if (!stored) return photoProblem("photo-no-preview", stored.error().detail);
    auto picture = shapedLike(upright(*stored, preview.turned), photo.photo.storedSize);
    if (!picture) return photoProblem("photo-no-preview", "of another shape");
    const CodecFacts& small = (*opened)->facts();
    const bool isOwn = small.colours != ColourSignals{} || isHdr(photo.colours) ||
                       photo.photo.pixels.channels != picture->format.channels;
    if (isOwn) photo.colours = small.colours;
    photo.photo.bitsPerSample = small.photo.bitsPerSample;
    return std::make_unique<PictureReader>(*std::move(picture), std::move(photo));
}

}  // namespace contone::image
