// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Small pictures for lists: the picture inside the photo or a cheap reduction, an exact area average, then sRGB.
#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>

#include "core/decode/worker/open_photo.h"
#include "icc/source.h"

namespace contone::decode {

namespace {

using image::Channels;
using image::Depth;
using image::Picture;
using image::PixelSize;

PixelSize fitted(PixelSize size, int longSide) {
    const int most = std::max(size.width, size.height);
    if (most <= longSide) return size;
    const auto side = [&](int n) { return std::max(1, static_cast<int>((2LL * n * longSide + most) / (2LL * most))); };
    return {side(size.width), side(size.height)};
}

/// Takes rows from the top and keeps their area average at the target size, 16 bit. Source pixel i covers
/// [i·to, (i+1)·to), target pixel j [j·from, (j+1)·from) of one integer scale, so all weights are whole and the mean is
/// exact: sums stay below 2^48.
class AreaAverage {
  public:
    AreaAverage(PixelSize from, PixelSize to, image::PixelFormat format)
        : m_from(from),
          m_format(format),
          m_channels(static_cast<std::size_t>(count(format.channels))),
          m_picture(Picture::ofSize(to, {format.channels, Depth::U16})),
          m_row(sampleCount()),
          m_sum(sampleCount()) {}

    void add(image::StripView strip, int y) {
        if (m_format.depth == Depth::U8)
            reduceRow(strip.row<std::uint8_t>(y));
        else
            reduceRow(strip.row<std::uint16_t>(y));
        const std::int64_t to = m_picture.size.height;
        std::int64_t at = m_y * to;
        const std::int64_t end = at + to;
        while (at < end) {
            const std::int64_t edge = (m_out + 1) * static_cast<std::int64_t>(m_from.height);
            const auto weight = static_cast<std::uint64_t>(std::min(end, edge) - at);
            for (std::size_t i = 0; i < m_sum.size(); ++i) m_sum[i] += m_row[i] * weight;
            at += static_cast<std::int64_t>(weight);
            if (at == edge) emit();
        }
        ++m_y;
    }
    bool isComplete() const { return m_out == m_picture.size.height; }
    Picture take() { return std::move(m_picture); }

  private:
    std::size_t sampleCount() const { return static_cast<std::size_t>(m_picture.size.width) * m_channels; }

    template <class Sample>
    void reduceRow(const Sample* in) {
        std::fill(m_row.begin(), m_row.end(), 0U);
        const std::int64_t to = m_picture.size.width;
        std::int64_t out = 0;
        for (std::int64_t x = 0; x < m_from.width; ++x, in += m_channels) {
            std::int64_t at = x * to;
            const std::int64_t end = at + to;
            while (at < end) {
                const std::int64_t edge = (out + 1) * m_from.width;
                const auto weight = static_cast<std::uint64_t>(std::min(end, edge) - at);
                std::uint64_t* sum = m_row.data() + static_cast<std::size_t>(out) * m_channels;
                for (std::size_t c = 0; c < m_channels; ++c) sum[c] += in[c] * weight;
                at += static_cast<std::int64_t>(weight);
                if (at == edge) ++out;
            }
        }
    }

    void emit() {
        const std::uint64_t area = static_cast<std::uint64_t>(m_from.width) * static_cast<std::uint64_t>(m_from.height);
        const std::uint64_t scale = m_format.depth == Depth::U8 ? 257 : 1;
        auto* to = m_picture.strip().row<std::uint16_t>(static_cast<int>(m_out++));
        for (std::uint64_t& sum : m_sum) {
            *to++ = static_cast<std::uint16_t>((sum * scale + area / 2) / area);
            sum = 0;
        }
    }

    PixelSize m_from;
    image::PixelFormat m_format;
    std::size_t m_channels;
    Picture m_picture;
    std::vector<std::uint64_t> m_row, m_sum;
    std::int64_t m_y = 0, m_out = 0;
};

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

}  // namespace

Result<Picture> thumbnail(const Codecs& codecs, FileDescriptor file, int longSide, PreviewUse use,
                          const image::Limits& limits) {
    if (longSide < 1 || longSide > 8192)
        return fail(Code::Invalid, "bad-size", "A thumbnail is 1 to 8192 pixels long.", std::to_string(longSide));
    CONTONE_TRY(FileDescriptor forWhole, duplicate(file));
    CONTONE_TRY(FileDescriptor forPreview, duplicate(file));
    image::OpenedReader whole = codecs.open(std::move(forWhole), {}, limits);
    if (!whole && use == PreviewUse::Allowed) return std::unexpected(whole.error());
    image::OpenedReader preview = codecs.openPreview(std::move(forPreview), longSide, limits);
    if (preview) {
        const image::CodecFacts& small = (*preview)->facts();
        // A preview speaks for its photo; only its own profile or code points count more than the photo's.
        const bool borrows = whole && !saysColours(small.colours) && !(*whole)->facts().colours.isDevelopedRaw;
        const image::ColourSignals& colours = borrows ? (*whole)->facts().colours : small.colours;
        const bool isGood =
            whole && sameShape(small.photo.storedSize, (*whole)->facts().photo.storedSize) &&
            longSideOf(small.photo.size) >= std::min(longSide, longSideOf((*whole)->facts().photo.storedSize));
        if (isGood || use == PreviewUse::Required) {
            Result<Picture> picture = reduce(**preview, longSide, colours, small.photo.orientation);
            if (picture || use == PreviewUse::Required) return picture;  // a damaged preview is no damaged photo
        }
    } else if (use == PreviewUse::Required) {
        return std::unexpected(preview.error());
    }
    // A reader leaves a factor of two to whoever resamples well; an average needs none of it.
    const double factor = 2.0 * longSideOf((*whole)->facts().photo.storedSize) / longSide;
    if (factor >= 4) {
        image::PhotoRequest request;
        request.reducible = factor;
        CONTONE_TRY(whole, codecs.open(std::move(file), request, limits));
    }
    const image::CodecFacts& facts = (*whole)->facts();
    return reduce(**whole, longSide, facts.colours, facts.photo.orientation);
}

}  // namespace contone::decode
