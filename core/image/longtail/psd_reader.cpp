// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Planes of the merged picture, raw or PackBits, into interleaved rows.
#include "core/image/longtail/psd_reader.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "core/image/codecs/exif.h"
#include "core/image/longtail/float_encoder.h"
#include "core/image/longtail/psd_head_p.h"

namespace contone::image {
namespace {

class PsdReader final : public PhotoReader {
  public:
    PsdReader(FileBytes file, PsdHead head) : m_file(std::move(file)), m_head(std::move(head)) {}
    Result<void> open();
    const CodecFacts& facts() const override { return m_facts; }
    Result<int> read(MutableStrip strip) override;
    PhotoWarnings warnings() const override { return m_warnings; }

  private:
    Result<void> choosePlanes();
    Result<void> readFacts();
    Result<void> findRows();
    Result<void> readRow(std::size_t plane, int y);
    Result<void> unpack(std::int64_t at, std::size_t size, std::span<std::byte> out);
    unsigned sample(std::size_t plane, int x) const;
    std::uint16_t light(std::size_t plane, int x);
    template <class T>
    void convertRow(T* to);
    void convertIndexed(std::uint8_t* to) const;
    void convertInks(std::uint8_t* to) const;
    void noteAlpha();

    FileBytes m_file;
    PsdHead m_head;
    CodecFacts m_facts;
    PhotoWarnings m_warnings;
    std::optional<FloatEncoder> m_encoder;  // 32 bit
    std::size_t m_planes = 0;               // that are read; with the alpha, when there is one
    std::size_t m_colours = 0;              // planes of colour
    bool m_isPacked = false;
    std::size_t m_rowBytes = 0;
    std::vector<std::int64_t> m_planeAt;    // raw: the planes; packed: the rows, plane by plane
    std::vector<std::uint32_t> m_rowSizes;  // packed: of those rows
    std::vector<Bytes> m_rows;              // one of each plane
    Bytes m_packed;
    int m_y = 0;
};

// ---- opening -----------------------------------------------------------------------------------

Result<void> PsdReader::choosePlanes() {
    PixelFormat format{Channels::Rgb, m_head.depth >= 16 ? Depth::U16 : Depth::U8};
    switch (m_head.mode) {
        case PsdMode::Bitmap:
        case PsdMode::Gray:
        case PsdMode::Duotone:  // its inks are a secret of Photoshop; the gray picture is what others see too
            format.channels = Channels::Gray;
            m_colours = 1;
            break;
        case PsdMode::Indexed:
            m_colours = 1;
            break;
        case PsdMode::Rgb:
            m_colours = 3;
            break;
        case PsdMode::Lab:
            m_colours = 3;
            format.depth = Depth::U16;
            m_facts.colours.isLab = true;
            if (m_head.depth == 32) return photoProblem("photo-feature", "PSD Lab of 32 bits");
            break;
        case PsdMode::Cmyk:
            m_colours = 4;
            format.channels = Channels::Cmyk;
            break;
        case PsdMode::Multichannel:
            m_colours = static_cast<std::size_t>(m_head.channels);
            format.depth = Depth::U8;
            if (m_head.inks.size() != m_colours || m_head.depth == 32)
                return photoProblem("photo-feature", "PSD channels that do not say what they look like");
            m_warnings.add(PhotoWarning::ColoursUnspecified);
            break;
    }
    const bool hasAlpha = m_head.mergedTransparency && m_head.channels > static_cast<int>(m_colours);
    m_planes = m_colours + (hasAlpha ? 1 : 0);
    m_facts.photo.pixels = format;
    return {};
}

Result<void> PsdReader::readFacts() {
    PhotoFacts& photo = m_facts.photo;
    ColourSignals& colours = m_facts.colours;
    photo.format = PhotoFormat::Psd;
    photo.storedSize = photo.size = m_head.size;
    photo.bitsPerSample = m_head.depth;
    if (!m_head.profile.empty()) {
        const Sha256 hash = Sha256::of(m_head.profile);
        colours.profile = EmbeddedProfile{hash, std::move(m_head.profile)};
    }
    colours.profileDamaged = m_head.profileDamaged;
    if (m_head.profileDamaged) m_warnings.add(PhotoWarning::ProfileDamaged);
    if (!m_head.exif.empty()) {
        const ExifFacts exif = parseExif(m_head.exif);
        photo.orientation = exif.orientation;
        m_facts.saysOrientation = exif.saysOrientation;
        photo.camera = exif.camera;
        colours.exifColorSpace = exif.colorSpace;
        colours.exifInterop = exif.interop;
        if (exif.leavesUprightOpen()) m_warnings.add(PhotoWarning::ExifDamaged);
    }
    if (m_head.depth == 32) {
        // Documents of 32 bits are linear light. The profile says so where there is one.
        m_encoder.emplace(colours.profile ? FloatEncoder::Curve::Linear : FloatEncoder::Curve::Srgb);
        m_warnings.add(PhotoWarning::ReducedDepth);
    }
    return {};
}

Result<void> PsdReader::findRows() {
    const auto height = static_cast<std::size_t>(m_head.size.height);
    m_rowBytes = (static_cast<std::size_t>(m_head.size.width) * static_cast<std::size_t>(m_head.depth) + 7) / 8;
    std::array<std::byte, 2> method{};
    CONTONE_CHECK(m_file.read(m_head.pixels, method));
    const std::uint32_t compression = bigEndian(method);
    if (compression > 1) return photoProblem("photo-feature", "PSD compression " + std::to_string(compression));
    m_isPacked = compression == 1;
    std::int64_t at = m_head.pixels + 2;
    if (!m_isPacked) {
        for (std::size_t plane = 0; plane < m_planes; ++plane, at += static_cast<std::int64_t>(m_rowBytes * height))
            m_planeAt.push_back(at);
        return at > m_file.size() ? photoProblem("photo-truncated", "PSD planes end behind the file") : Result<void>{};
    }
    const std::size_t entry = m_head.isLarge ? 4 : 2;
    const std::size_t all = static_cast<std::size_t>(m_head.channels) * height * entry;
    if (static_cast<std::int64_t>(all) > m_file.size() - at) return photoProblem("photo-truncated", "PSD row table");
    Bytes table(m_planes * height * entry);
    CONTONE_CHECK(m_file.read(at, table));
    at += static_cast<std::int64_t>(all);
    for (std::size_t i = 0; i < table.size(); i += entry) {
        m_planeAt.push_back(at);
        m_rowSizes.push_back(bigEndian(std::span(table).subspan(i, entry)));
        at += m_rowSizes.back();
    }
    return {};
}

Result<void> PsdReader::open() {
    if (!m_head.hasMergedPicture)
        return photoProblem("photo-feature", "PSD without a merged picture (Maximize Compatibility was off)");
    CONTONE_CHECK(choosePlanes());
    CONTONE_CHECK(readFacts());
    CONTONE_CHECK(findRows());
    m_rows.assign(m_planes, Bytes(m_rowBytes));
    m_facts.photo.warnings = m_warnings;
    return {};
}

// ---- rows --------------------------------------------------------------------------------------

// PackBits (Apple TN1023), a row at a time. Too few bytes are damage; too many are dropped.
Result<void> PsdReader::unpack(std::int64_t at, std::size_t size, std::span<std::byte> out) {
    // A row of n bytes packs to at most n + n / 128 + 1; writers pad a little.
    if (size > m_rowBytes * 2 + 1024) return photoProblem("photo-damaged", "PSD packed row");
    m_packed.resize(size);
    CONTONE_CHECK(m_file.read(at, m_packed));
    std::size_t from = 0, to = 0;
    while (from < size && to < out.size()) {
        const auto byte = std::to_integer<int>(m_packed[from++]);
        const int code = byte < 128 ? byte : byte - 256;
        if (code == -128) continue;
        const auto count = static_cast<std::size_t>(code >= 0 ? code + 1 : 1 - code);
        const std::size_t kept = std::min(count, out.size() - to);
        if (code >= 0) {
            if (from + kept > size) break;
            std::copy_n(m_packed.begin() + static_cast<std::ptrdiff_t>(from), kept,
                        out.begin() + static_cast<std::ptrdiff_t>(to));
            from += count;
        } else {
            if (from >= size) break;
            std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(to), kept, m_packed[from++]);
        }
        to += kept;
    }
    if (to < out.size()) return photoProblem("photo-damaged", "PSD packed row is short");
    return {};
}

Result<void> PsdReader::readRow(std::size_t plane, int y) {
    const auto row = static_cast<std::size_t>(y);
    if (!m_isPacked) return m_file.read(m_planeAt[plane] + static_cast<std::int64_t>(m_rowBytes * row), m_rows[plane]);
    const std::size_t i = plane * static_cast<std::size_t>(m_head.size.height) + row;
    return unpack(m_planeAt[i], m_rowSizes[i], m_rows[plane]);
}

unsigned PsdReader::sample(std::size_t plane, int x) const {
    const auto row = std::span<const std::byte>(m_rows[plane]);
    const auto at = static_cast<std::size_t>(x);
    switch (m_head.depth) {
        case 1:  // a set bit is ink
            return (std::to_integer<unsigned>(row[at / 8]) >> (7 - at % 8) & 1) != 0 ? 0 : 255;
        case 8:
            return std::to_integer<unsigned>(row[at]);
        default:
            return bigEndian(row.subspan(at * 2, 2));
    }
}

std::uint16_t PsdReader::light(std::size_t plane, int x) {
    const auto row = std::span<const std::byte>(m_rows[plane]);
    const auto value = std::bit_cast<float>(bigEndian(row.subspan(static_cast<std::size_t>(x) * 4, 4)));
    if (value > 1) m_warnings.add(PhotoWarning::HdrClipped);
    return m_encoder ? m_encoder->encode(value) : std::uint16_t{0};
}

template <class T>
void PsdReader::convertRow(T* to) {
    constexpr unsigned most = sizeof(T) == 1 ? 255 : 65535;
    for (int x = 0; x < m_head.size.width; ++x)
        for (std::size_t c = 0; c < m_colours; ++c, ++to) {
            if (m_head.depth == 32) {
                *to = static_cast<T>(light(c, x));
                if (m_head.mode == PsdMode::Cmyk) *to = static_cast<T>(most - *to);
                continue;
            }
            unsigned value = sample(c, x);
            if (m_head.mode == PsdMode::Cmyk) value = most - value;  // kept as light: the maximum is no ink
            // To ICC's encoding: L* fills the range in both; a* and b* have 0 at 128 of 8 bit, at 32768 of 16 bit.
            if (m_head.mode == PsdMode::Lab)
                value = m_head.depth == 8 ? value * 257 : c == 0 ? value : std::min((value * 257 + 128) / 256, 65535u);
            *to = static_cast<T>(value);
        }
}

void PsdReader::convertIndexed(std::uint8_t* to) const {
    for (int x = 0; x < m_head.size.width; ++x, to += 3) {
        const unsigned index = sample(0, x);
        for (std::size_t c = 0; c < 3; ++c)
            to[c] =
                m_head.transparentIndex == index ? 255 : std::to_integer<std::uint8_t>(m_head.palette[c * 256 + index]);
    }
}

// Inks over one another as Photoshop shows spot colours without solidity: light passes each in turn.
void PsdReader::convertInks(std::uint8_t* to) const {
    const double most = m_head.depth == 8 ? 255 : 65535;
    for (int x = 0; x < m_head.size.width; ++x, to += 3) {
        std::array<double, 3> rgb{1, 1, 1};
        for (std::size_t i = 0; i < m_colours; ++i) {
            const double paper = sample(i, x) / most;  // 1: no ink
            for (std::size_t c = 0; c < 3; ++c) rgb[c] *= paper + (1 - paper) * m_head.inks[i][c];
        }
        for (std::size_t c = 0; c < 3; ++c) to[c] = static_cast<std::uint8_t>(rgb[c] * 255 + 0.5);
    }
}

// The merged picture lies on white already; its alpha only tells that there was something to see through.
void PsdReader::noteAlpha() {
    const auto isFull = [](std::byte b) { return b == std::byte{255}; };
    if (m_head.mode == PsdMode::Indexed) {
        if (m_head.transparentIndex &&
            std::ranges::find(m_rows[0], static_cast<std::byte>(*m_head.transparentIndex)) != m_rows[0].end())
            m_warnings.add(PhotoWarning::AlphaFlattened);
        return;
    }
    if (m_planes == m_colours) return;
    const Bytes& alpha = m_rows[m_colours];
    bool isSeeThrough = false;
    if (m_head.depth == 32)
        for (std::size_t at = 0; at + 4 <= alpha.size(); at += 4)
            isSeeThrough |= std::bit_cast<float>(bigEndian(std::span(alpha).subspan(at, 4))) < 1;
    else
        isSeeThrough = !std::ranges::all_of(alpha, isFull);
    if (isSeeThrough) m_warnings.add(PhotoWarning::AlphaFlattened);
}

Result<int> PsdReader::read(MutableStrip strip) {
    if (strip.width != m_head.size.width || strip.format != m_facts.photo.pixels) return photoProblem("strip-mismatch");
    const int rows = std::min(strip.rows, m_head.size.height - m_y);
    for (int i = 0; i < rows; ++i, ++m_y) {
        for (std::size_t plane = 0; plane < m_planes; ++plane) CONTONE_CHECK(readRow(plane, m_y));
        noteAlpha();
        if (m_head.mode == PsdMode::Indexed)
            convertIndexed(strip.row<std::uint8_t>(i));
        else if (m_head.mode == PsdMode::Multichannel)
            convertInks(strip.row<std::uint8_t>(i));
        else if (strip.format.depth == Depth::U8)
            convertRow(strip.row<std::uint8_t>(i));
        else
            convertRow(strip.row<std::uint16_t>(i));
    }
    return rows;
}

}  // namespace

OpenedReader openPsd(FileBytes file, const Limits& limits) {
    CONTONE_TRY(PsdHead head, readPsdHead(file, limits));
    auto reader = std::make_unique<PsdReader>(std::move(file), std::move(head));
    CONTONE_CHECK(reader->open());
    return reader;
}

}  // namespace contone::image
