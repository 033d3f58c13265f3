// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Chooses between developing a RAW and its preview.
#include "core/image/codecs/raw_reader.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <iterator>
#include <optional>

#include "core/image/codecs/jpeg_reader_p.h"
#include "core/image/codecs/picture_reader_p.h"
#include "core/image/codecs/preview_shape_p.h"
#include "core/image/codecs/raw_develop.h"
#include "core/image/codecs/raw_file_p.h"

namespace contone::image {

namespace {

constexpr int kPhotoPreviewLeast = 1600;

int longSide(PixelSize size) {
    return std::max(size.width, size.height);
}

class DevelopedReader final : public PhotoReader {
  public:
    DevelopedReader(std::unique_ptr<RawFile> file, CodecFacts facts)
        : m_file(std::move(file)), m_facts(std::move(facts)) {}
    const CodecFacts& facts() const override { return m_facts; }
    PhotoWarnings warnings() const override { return m_facts.photo.warnings; }

    Result<int> read(MutableStrip strip) override {
        const PhotoFacts& photo = m_facts.photo;
        if (strip.width != photo.size.width || strip.format != photo.pixels || strip.rows < 0)
            return photoProblem("strip-mismatch");
        if (m_failed) return photoProblem("photo-damaged", "read after a failure");
        if (!m_look) {
            auto developed = m_file->develop();
            m_failed = !developed;
            CONTONE_CHECK(std::move(developed));
            m_look.emplace(m_file->baselineExposure());
        }
        const int rows = std::min(strip.rows, photo.size.height - m_row);
        for (int y = 0; y < rows; ++y, ++m_row)
            m_look->develop(m_file->row(m_row), photo.size.width, strip.row<std::uint16_t>(y));
        return rows;
    }

  private:
    std::unique_ptr<RawFile> m_file;
    CodecFacts m_facts;
    std::optional<RawLook> m_look;
    int m_row = 0;
    bool m_failed = false;
};

/// A JPEG inside a RAW, which says what the RAW says.
class BorrowedReader final : public PhotoReader {
  public:
    BorrowedReader(std::unique_ptr<PhotoReader> jpeg, const CodecFacts& raw)
        : m_jpeg(std::move(jpeg)), m_facts(m_jpeg->facts()) {
        PhotoFacts& photo = m_facts.photo;
        photo.format = PhotoFormat::Raw;
        photo.orientation = raw.photo.orientation;
        m_facts.saysOrientation = raw.saysOrientation;
        if (!raw.photo.camera.empty()) photo.camera = raw.photo.camera;
        if (!raw.photo.takenAt.empty()) photo.takenAt = raw.photo.takenAt;
        photo.warnings.add(PhotoWarning::RawPreviewUsed);
    }
    const CodecFacts& facts() const override { return m_facts; }
    Result<int> read(MutableStrip strip) override { return m_jpeg->read(strip); }
    PhotoWarnings warnings() const override {
        PhotoWarnings all = m_jpeg->warnings();
        all.add(PhotoWarning::RawPreviewUsed);
        return all;
    }

  private:
    std::unique_ptr<PhotoReader> m_jpeg;
    CodecFacts m_facts;
};

/// The JPEGs that the directories and LibRaw name.
std::vector<RawLayout::Place> previewPlaces(const RawLayout& layout, const RawFile* file) {
    std::vector<RawLayout::Place> places = layout.previews;
    if (file)
        if (const auto found = file->preview()) places.push_back(*found);
    return places;
}

CodecFacts factsOf(const RawLayout& layout, const RawFile* file) {
    CodecFacts facts;
    PhotoFacts& photo = facts.photo;
    photo.format = PhotoFormat::Raw;
    photo.orientation = file ? file->orientation() : layout.orientation;
    facts.saysOrientation = true;  // cameras do
    if (file) photo.camera = file->camera();
    photo.takenAt = layout.takenAt;
    return facts;
}

/// Instead of samples that cannot be read; `why` when there is no JPEG of a useful size.
OpenedReader openLargestPreview(const PictureBytes& bytes, const RawLayout& layout, const RawFile* file,
                                const PhotoRequest& request, const Limits& limits, const Error& why) {
    std::optional<RawLayout::Place> best;
    int bestSide = kPhotoPreviewLeast - 1;
    for (const RawLayout::Place& place : previewPlaces(layout, file)) {
        const auto opened = openJpegPicture(bytes.part(place.at, place.size), 1, limits);
        if (!opened || longSide((*opened)->facts().photo.storedSize) <= bestSide) continue;
        bestSide = longSide((*opened)->facts().photo.storedSize);
        best = place;
    }
    if (!best) return fail(why);
    CONTONE_TRY(auto jpeg, openJpegPicture(bytes.part(best->at, best->size), jpegReduction(request), limits));
    return std::make_unique<BorrowedReader>(std::move(jpeg), factsOf(layout, file));
}

struct Candidate {
    int side = 0;
    RawLayout::Place place;
};

/// Those that open, the best one first: from the smallest that is long enough upwards, then from the next smaller down.
std::vector<Candidate> candidates(const PictureBytes& bytes, const std::vector<RawLayout::Place>& places, int wanted,
                                  const Limits& limits) {
    std::vector<Candidate> all;
    for (const RawLayout::Place& place : places)
        if (const auto opened = openJpegPicture(bytes.part(place.at, place.size), 1, limits))
            all.push_back({longSide((*opened)->facts().photo.storedSize), place});
    std::ranges::stable_sort(all, [&](const Candidate& a, const Candidate& b) {
        if ((a.side >= wanted) != (b.side >= wanted)) return a.side >= wanted;
        return a.side >= wanted ? a.side < b.side : a.side > b.side;
    });
    return all;
}

/// The first candidate that decodes and has the shape of the RAW, decoded no larger than needed.
std::optional<Picture> choosePreview(const PictureBytes& bytes, const std::vector<Candidate>& candidates,
                                     PixelSize shape, int wanted, const Limits& limits, CodecFacts& facts) {
    for (const Candidate& candidate : candidates) {
        int reduction = 8;
        while (reduction > 1 && candidate.side / reduction < wanted) reduction /= 2;
        const PictureBytes jpeg = bytes.part(candidate.place.at, candidate.place.size);
        const auto opened = openJpegPicture(jpeg, reduction, limits);
        if (!opened) continue;
        auto picture = readPicture(**opened);
        if (!picture) continue;
        auto shaped = shapedLike(std::move(*picture), shape);
        if (!shaped) continue;
        facts.colours = (*opened)->facts().colours;
        return shaped;
    }
    return {};
}

}  // namespace

void prepareRaw() {
    ::setenv("TZ", "UTC", 1);
    ::tzset();
}

bool isRaw(const FileDescriptor& file) {
    const PictureBytes bytes = PictureBytes::borrowed(file.get());
    const RawLayout layout = readRawLayout(bytes);
    return layout.isTiffLike ? layout.isRaw
                             : std::ranges::find(unmarkedPhotoBytes, bytes.size()) != std::end(unmarkedPhotoBytes);
}

OpenedReader openRaw(FileDescriptor fd, const PhotoRequest& request, const Limits& limits) {
    const PictureBytes bytes(std::move(fd));
    const RawLayout layout = readRawLayout(bytes);
    const RawLane lane = request.reducible >= 2 ? RawLane::Half : RawLane::Full;
    auto file = RawFile::open(bytes, lane, limits);
    if (!file) return openLargestPreview(bytes, layout, nullptr, request, limits, file.error());
    if (auto unpacked = (*file)->unpack(); !unpacked)
        return openLargestPreview(bytes, layout, file->get(), request, limits, unpacked.error());

    CodecFacts facts = factsOf(layout, file->get());
    facts.colours.isDevelopedRaw = true;
    PhotoFacts& photo = facts.photo;
    photo.storedSize = (*file)->size(RawLane::Full);
    photo.size = (*file)->size(lane);
    photo.pixels = {Channels::Rgb, Depth::U16};
    photo.bitsPerSample = (*file)->bitsPerSample();
    if (!(*file)->isProved()) photo.warnings.add(PhotoWarning::RawUnproved);
    if ((*file)->isSlightlyDamaged()) photo.warnings.add(PhotoWarning::SlightlyDamaged);
    return std::make_unique<DevelopedReader>(std::move(*file), std::move(facts));
}

OpenedReader openRawPreview(FileDescriptor fd, int wanted, const Limits& limits) {
    const PictureBytes bytes(std::move(fd));
    const RawLayout layout = readRawLayout(bytes);
    CONTONE_TRY(const auto file, RawFile::open(bytes, RawLane::Full, limits));
    CodecFacts facts = factsOf(layout, file.get());
    const PixelSize shape = file->size(RawLane::Full);
    auto picture = choosePreview(bytes, candidates(bytes, previewPlaces(layout, file.get()), wanted, limits), shape,
                                 wanted, limits, facts);
    if (!picture)
        if (auto bitmap = file->bitmapPreview()) picture = shapedLike(std::move(*bitmap), shape);
    if (!picture) return photoProblem("photo-no-preview");
    return std::make_unique<PictureReader>(std::move(*picture), std::move(facts));
}

}  // namespace contone::image
