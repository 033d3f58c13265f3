// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Tries the candidates, and looks whether they show the photo.
#include "core/image/codecs/jpeg_preview.h"

#include <algorithm>
#include <optional>

#include "core/image/codecs/jpeg_reader_p.h"
#include "core/image/codecs/jpeg_segments_p.h"
#include "core/image/codecs/picture_reader_p.h"
#include "core/image/codecs/preview_shape_p.h"

namespace contone::image {

namespace {

constexpr std::int64_t kMostPixels = 16'000'000;  // a "large thumbnail" is full HD to 4K

struct Preview {
    Picture picture;
    CodecFacts facts;
    int longSide() const { return std::max(picture.size.width, picture.size.height); }
};

class PreviewChoice {
  public:
    PreviewChoice(int wanted, PixelSize photo, const Limits& limits)
        : m_wanted(wanted), m_photo(photo), m_limits(limits) {
        m_limits.maxPixels = std::min(m_limits.maxPixels, kMostPixels);
    }
    void offer(PictureBytes bytes) {
        const auto opened = openJpegPicture(std::move(bytes), 1, m_limits);
        if (!opened) return;
        auto picture = readPicture(**opened);
        if (!picture) return;
        auto shaped = shapedLike(std::move(*picture), m_photo);
        if (!shaped) return;
        Preview preview{std::move(*shaped), (*opened)->facts()};
        if (!m_best || isBetter(preview.longSide(), m_best->longSide())) m_best = std::move(preview);
    }
    bool isEnough() const { return m_best && m_best->longSide() >= m_wanted; }
    std::optional<Preview> take() { return std::move(m_best); }

  private:
    bool isBetter(int its, int mine) const { return mine >= m_wanted ? its >= m_wanted && its < mine : its > mine; }
    int m_wanted;
    PixelSize m_photo;
    Limits m_limits;
    std::optional<Preview> m_best;
};

bool saysColours(const ColourSignals& colours) {
    return colours.profile || colours.exifColorSpace != ExifColorSpace::Absent ||
           colours.exifInterop != ExifInterop::Absent;
}

}  // namespace

OpenedReader openJpegPreview(FileDescriptor file, int longSide, const Limits& limits) {
    const PictureBytes bytes(std::move(file));
    CONTONE_TRY(const auto photo, openJpegPicture(bytes, 1, limits));
    CONTONE_TRY(JpegSegments segments, readJpegSegments(bytes));
    PreviewChoice choice(longSide, photo->facts().photo.storedSize, limits);
    if (!segments.thumbnail.empty()) choice.offer(PictureBytes(std::move(segments.thumbnail)));
    for (const OtherPicture& other : segments.others)
        if (other.role == PictureRole::Preview && !choice.isEnough()) choice.offer(bytes.part(other.at, other.size));
    auto preview = choice.take();
    if (!preview) return photoProblem("photo-no-preview");
    CodecFacts facts = photo->facts();
    if (saysColours(preview->facts.colours) || facts.photo.pixels.channels != preview->picture.format.channels)
        facts.colours = preview->facts.colours;
    facts.photo.isProgressive = preview->facts.photo.isProgressive;
    return std::make_unique<PictureReader>(std::move(preview->picture), std::move(facts));
}

}  // namespace contone::image
