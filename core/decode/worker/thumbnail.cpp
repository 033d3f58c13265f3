// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Small pictures for lists: the picture inside the photo or a cheap reduction, an exact area average, then sRGB.
#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>

#include "core/decode/worker/area_average_p.h"
#include "core/decode/worker/open_photo.h"
#include "core/decode/worker/same_picture.h"
#include "icc/source.h"

namespace contone::decode {

namespace {

using image::Channels;
using image::Depth;
using image::Picture;
using image::PixelSize;
using image::SmallFrom;
using image::SmallPicture;

Result<FileDescriptor> duplicate(const FileDescriptor& file) {
    FileDescriptor same(::fcntl(file.get(), F_DUPFD_CLOEXEC, 0));
    if (!same.isOpen()) return fail(errorFromErrno(errno, "duplicate a descriptor"));
    return same;
}

int longSideOf(PixelSize size) {
    return std::max(size.width, size.height);
}

/// Within 1 %, or one pixel of the smaller picture: many cameras pad the small picture to 4:3 with black bars.
bool sameShape(PixelSize a, PixelSize b) {
    const double ratio = static_cast<double>(a.width) * b.height / (static_cast<double>(a.height) * b.width);
    const int least = std::min({a.width, a.height, b.width, b.height});
    return std::abs(ratio - 1) <= std::max(0.01, 1.0 / least);
}

/// Does the file say anything of its colours?
bool saysColours(const image::ColourSignals& s) {
    return s.profile || s.profileDamaged || s.cicp || s.saysSrgb || s.gama || s.isLab || s.isDevelopedRaw ||
           s.exifColorSpace != image::ExifColorSpace::Absent || s.exifInterop != image::ExifInterop::Absent;
}

/// The small picture in sRGB, lying as it is stored.
Result<Picture> toSrgb(Picture small, const image::ColourSignals& colours) {
    CONTONE_TRY(icc::SourceDecision decision, icc::decideSource(colours, small.format.channels));
    if (decision.colour.kind == image::SourceColour::Kind::Converted) {
        auto converter =
            icc::WideConverter::create(decision, small.format, image::Intent::Relative, image::BlackPoint::Compensate);
        if (!converter) return image::photoProblem("photo-feature", converter.error().detail);
        Picture wide = Picture::ofSize(small.size, {Channels::Rgb, Depth::U16});
        converter->apply(small.strip(), wide.strip());
        small = std::move(wide);
    }
    Picture srgb = Picture::ofSize(small.size, {Channels::Rgb, Depth::U8});
    icc::toListSrgb(decision.colour, small.strip(), srgb.strip());
    return srgb;
}

Result<Picture> reduce(image::PhotoReader& reader, int longSide, const image::ColourSignals& colours,
                       image::Orientation orientation) {
    const image::PhotoFacts& facts = reader.facts().photo;
    AreaAverage average(facts.size, fitted(facts.size, longSide), facts.pixels);
    Picture strip = Picture::ofSize({facts.size.width, 16}, facts.pixels);
    for (int left = facts.size.height; left > 0;) {
        CONTONE_TRY(const int rows, reader.read(strip.strip()));
        if (rows == 0) break;
        for (int y = 0; y < std::min(rows, left); ++y) average.add(strip.strip(), y);
        left -= rows;
    }
    if (!average.isComplete()) return image::photoProblem("photo-truncated", "fewer rows than the facts say");
    CONTONE_TRY(const Picture srgb, toSrgb(average.take(), colours));
    return image::upright(srgb, orientation);
}

/// A small picture that may stand for the photo, as far as its head can tell, upright and in sRGB.
struct Preview {
    Picture picture;
    int longSide = 0;  ///< before it was reduced
    bool saysOrientation = false;
};

/// Fails: Unsupported "photo-no-preview", also for one of another shape.
Result<Preview> readPreview(image::PhotoReader& preview, const image::PhotoReader* whole, int longSide) {
    const image::CodecFacts& small = preview.facts();
    if (whole != nullptr && !sameShape(small.photo.storedSize, whole->facts().photo.storedSize))
        return image::photoProblem("photo-no-preview", "of another shape");
    // A preview speaks for its photo; only its own profile or code points count more than the photo's.
    const bool borrows = whole != nullptr && !saysColours(small.colours) && !whole->facts().colours.isDevelopedRaw;
    const image::ColourSignals& colours = borrows ? whole->facts().colours : small.colours;
    CONTONE_TRY(Picture picture, reduce(preview, longSide, colours, small.photo.orientation));
    return Preview{std::move(picture), longSideOf(small.photo.size), small.saysOrientation};
}

/// From the photo itself, decoded as coarsely as the size allows.
Result<Picture> readPhoto(const Codecs& codecs, const FileDescriptor& file, const image::CodecFacts& facts,
                          int longSide, const image::Limits& limits) {
    CONTONE_TRY(FileDescriptor same, duplicate(file));
    image::PhotoRequest request;
    // A reader leaves a factor of two to whoever resamples well; an average needs none of it.
    request.reducible = std::max(1.0, 2.0 * longSideOf(facts.photo.storedSize) / longSide);
    CONTONE_TRY(const auto reader, codecs.open(std::move(same), request, limits));
    return reduce(*reader, longSide, reader->facts().colours, reader->facts().photo.orientation);
}

/// Is `small` a picture of the photo? So is one of a photo whose pixels cannot be read: nothing else shows what it was.
bool isOfThePhoto(const Picture& small, const Codecs& codecs, const FileDescriptor& file,
                  const image::CodecFacts& facts, const image::Limits& limits) {
    // Developing takes seconds, and nobody edits the samples of a RAW.
    if (facts.colours.isDevelopedRaw) return true;
    const auto photo = readPhoto(codecs, file, facts, comparedSide, limits);
    return !photo || showsThePhoto(differenceOf(*photo, small));
}

}  // namespace

Result<SmallPicture> thumbnail(const Codecs& codecs, FileDescriptor file, int longSide, PreviewUse use,
                               const image::Limits& limits) {
    if (longSide < 1 || longSide > 8192)
        return fail(Code::Invalid, "bad-size", "A thumbnail is 1 to 8192 pixels long.", std::to_string(longSide));
    CONTONE_TRY(FileDescriptor forWhole, duplicate(file));
    CONTONE_TRY(FileDescriptor forPreview, duplicate(file));
    const image::OpenedReader whole = codecs.open(std::move(forWhole), {}, limits);
    if (!whole && use == PreviewUse::Allowed) return std::unexpected(whole.error());
    const image::OpenedReader opened = codecs.openPreview(std::move(forPreview), longSide, limits);
    Result<Preview> preview = opened ? readPreview(**opened, whole ? whole->get() : nullptr, longSide)
                                     : Result<Preview>(std::unexpected(opened.error()));
    if (use == PreviewUse::Required) {
        if (!preview) return std::unexpected(preview.error());
        return SmallPicture{std::move(preview->picture), SmallFrom::Embedded, preview->saysOrientation};
    }
    const image::CodecFacts& facts = (*whole)->facts();
    const bool isLongEnough = preview && preview->longSide >= std::min(longSide, longSideOf(facts.photo.storedSize));
    if (isLongEnough && isOfThePhoto(preview->picture, codecs, file, facts, limits))
        return SmallPicture{std::move(preview->picture), SmallFrom::Embedded, facts.saysOrientation};
    CONTONE_TRY(Picture picture, readPhoto(codecs, file, facts, longSide, limits));
    return SmallPicture{std::move(picture), SmallFrom::Photo, facts.saysOrientation};
}

}  // namespace contone::decode
