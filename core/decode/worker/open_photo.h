// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// openPhoto: what a decoder child does with one file: find its codec, decide its colours, convert those that only a
// child may see. Tests and fuzzers call it in their own process; the product reaches it through decode::Decoder alone.
#pragma once

#include <functional>
#include <memory>

#include "core/base/file.h"
#include "core/image/codecs/photo_reader.h"
#include "core/image/photo_source.h"
#include "core/image/small_picture.h"

namespace contone::decode {

/// Opens the codec for a file that sniff() judged: the narrow codecs in contone-decoder, OpenImageIO in the other.
struct Codecs {
    std::function<image::OpenedReader(FileDescriptor, const image::PhotoRequest&, const image::Limits&)> open;
    /// The small picture that the file carries (EXIF thumbnail, HEIF thumbnail, RAW preview): the smallest whose long
    /// side is at least `longSide`, else the largest. Its orientation is the photo's. Fails: Unsupported
    /// "photo-no-preview".
    std::function<image::OpenedReader(FileDescriptor, int longSide, const image::Limits&)> openPreview;
    /// Once, before this process is locked down: makes libraries open and load what they would want later. May be
    /// empty.
    std::function<void()> prepare;
    /// The libraries that decode this format, with versions: PhotoFacts::libraries. May be empty.
    std::function<std::string(image::PhotoFormat)> libraries;
};
/// JPEG, PNG, TIFF, HEIC, AVIF, WebP, JPEG XL, camera RAW.
Codecs narrowCodecs();

/// Reads from `file` with pread. CMYK, Lab and table profiles yield converted wide RGB strips; everything else the
/// file's own samples. Fails as image::photoProblems().
Result<std::unique_ptr<image::PhotoSource>> openPhoto(const Codecs& codecs, FileDescriptor file,
                                                      const image::PhotoRequest& request,
                                                      const image::Limits& limits = {});

enum class PreviewUse { Allowed, Required };
/// As Decoder::thumbnail.
Result<image::SmallPicture> thumbnail(const Codecs& codecs, FileDescriptor file, int longSide, PreviewUse use,
                                      const image::Limits& limits = {});

}  // namespace contone::decode
