// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Headers are read once and checked against the file's size; rows are then read where they lie.
#include "core/image/longtail/bmp_reader.h"

#include <algorithm>
#include <array>
#include <bit>

namespace contone::image {
namespace {

enum class Packing { Plain, Rle8, Rle4 };

/// Where a channel's bits lie in a pixel of 16 or 32 bits.
struct Mask {
    std::uint32_t bits = 0;
    std::uint8_t of(std::uint32_t pixel) const {
        if (bits == 0) return 0;
        const int shift = std::countr_zero(bits);
        const std::uint64_t most = bits >> shift;
        return static_cast<std::uint8_t>((((pixel & bits) >> shift) * std::uint64_t{255} + most / 2) / most);
    }
};

struct Layout {
    int bitsPerPixel = 0;
    bool topDown = false;
    Packing packing = Packing::Plain;
    std::int64_t pixels = 0;    // where they begin
    std::size_t rowBytes = 0;   // with padding to 4
    std::size_t usedBytes = 0;  // without
    std::array<Mask, 4> masks;  // red, green, blue, alpha
    std::vector<std::array<std::uint8_t, 3>> palette;
};

class BmpReader final : public PhotoReader {
  public:
    BmpReader(FileBytes file, const Limits& limits) : m_file(std::move(file)), m_limits(limits) {}
    Result<void> open();
    const CodecFacts& facts() const override { return m_facts; }
    Result<int> read(MutableStrip strip) override;
    PhotoWarnings warnings() const override { return m_warnings; }

  private:
    Result<void> readCore(std::span<const std::byte> dib);
    Result<void> readInfo(std::span<const std::byte> dib);
    Result<void> readMasks(std::span<const std::byte> dib, std::uint32_t compression);
    Result<void> readPalette(std::int64_t at, std::int64_t count, std::size_t entryBytes);
    Result<void> readColour(std::span<const std::byte> dib);
    Result<void> setSize(std::int64_t width, std::int64_t height);
    Result<void> dropUnusedAlpha();
    Result<void> unpackRle();
    std::int64_t rowAt(int y) const {
        const int stored = m_layout.topDown ? y : m_facts.photo.storedSize.height - 1 - y;
        return m_layout.pixels + static_cast<std::int64_t>(m_layout.rowBytes) * stored;
    }
    void convertRow(const std::byte* from, std::uint8_t* to);
    void putIndex(unsigned index, std::uint8_t* to);

    FileBytes m_file;
    Limits m_limits;
    CodecFacts m_facts;
    PhotoWarnings m_warnings;
    Layout m_layout;
    std::vector<std::byte> m_row;
    std::vector<std::uint8_t> m_indices;  // of a whole RLE picture, as stored
    int m_y = 0;
};

constexpr std::int64_t dibAt = 14;

std::uint32_t u16(std::span<const std::byte> bytes, std::size_t at) {
    return littleEndian(bytes.subspan(at, 2));
}
std::uint32_t u32(std::span<const std::byte> bytes, std::size_t at) {
    return littleEndian(bytes.subspan(at, 4));
}

// ---- opening -----------------------------------------------------------------------------------

Result<void> BmpReader::setSize(std::int64_t width, std::int64_t height) {
    m_layout.topDown = height < 0;
    height = std::abs(height);
    if (width < 1 || height < 1) return photoProblem("photo-damaged", "BMP of no size");
    if (width > longestPhotoSide || height > longestPhotoSide || width * height > m_limits.maxPixels)
        return photoProblem("photo-too-large", std::to_string(width) + "x" + std::to_string(height));
    PhotoFacts& photo = m_facts.photo;
    photo.size = photo.storedSize = {static_cast<int>(width), static_cast<int>(height)};
    const std::int64_t bits = width * m_layout.bitsPerPixel;
    m_layout.usedBytes = static_cast<std::size_t>((bits + 7) / 8);
    m_layout.rowBytes = static_cast<std::size_t>((bits + 31) / 32 * 4);
    return {};
}

// OS/2 1: sizes of 16 bit, a palette of three bytes an entry.
Result<void> BmpReader::readCore(std::span<const std::byte> dib) {
    m_layout.bitsPerPixel = static_cast<int>(u16(dib, 10));
    CONTONE_CHECK(setSize(u16(dib, 4), static_cast<std::int16_t>(u16(dib, 6))));
    if (m_layout.bitsPerPixel <= 8) return readPalette(dibAt + 12, 1 << m_layout.bitsPerPixel, 3);
    return readMasks(dib, 0);
}

Result<void> BmpReader::readInfo(std::span<const std::byte> dib) {
    m_layout.bitsPerPixel = static_cast<int>(u16(dib, 14));
    CONTONE_CHECK(setSize(static_cast<std::int32_t>(u32(dib, 4)), static_cast<std::int32_t>(u32(dib, 8))));
    const std::uint32_t compression = u32(dib, 16);
    const int bits = m_layout.bitsPerPixel;
    const bool isRle8 = compression == 1 && bits == 8, isRle4 = compression == 2 && bits == 4;
    const bool isMasked = (compression == 3 || compression == 6) && (bits == 16 || bits == 32);
    if (compression != 0 && !isRle8 && !isRle4 && !isMasked)
        return photoProblem("photo-feature",
                            "BMP compression " + std::to_string(compression) + " of " + std::to_string(bits) + " bits");
    m_layout.packing = isRle8 ? Packing::Rle8 : isRle4 ? Packing::Rle4 : Packing::Plain;
    if (bits <= 8) {
        const std::int64_t used = u32(dib, 32), most = 1 << bits;
        if (used > most) return photoProblem("photo-damaged", "BMP palette of " + std::to_string(used));
        return readPalette(dibAt + static_cast<std::int64_t>(dib.size()), used == 0 ? most : used, 4);
    }
    CONTONE_CHECK(readMasks(dib, compression));
    return dib.size() >= 108 ? readColour(dib) : Result<void>{};
}

Result<void> BmpReader::readMasks(std::span<const std::byte> dib, std::uint32_t compression) {
    auto& masks = m_layout.masks;
    if (m_layout.bitsPerPixel == 16)
        masks = {Mask{0x7C00}, Mask{0x03E0}, Mask{0x001F}, Mask{}};
    else
        masks = {Mask{0xFF0000}, Mask{0x00FF00}, Mask{0x0000FF}, Mask{}};
    if (compression == 0) return {};
    // Behind the 40 bytes of the classic header: as a part of a longer one, or on their own.
    const std::size_t count = compression == 6 || dib.size() >= 56 ? 4 : 3;
    std::array<std::byte, 16> bytes{};
    CONTONE_CHECK(m_file.read(dibAt + 40, std::span(bytes).first(count * 4)));
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t mask = u32(bytes, i * 4);
        const std::uint32_t low = mask == 0 ? 0 : mask >> std::countr_zero(mask);
        if ((low & (low + 1)) != 0 || (mask == 0 && i < 3)) return photoProblem("photo-damaged", "BMP mask");
        masks[i] = {mask};
    }
    return {};
}

Result<void> BmpReader::readPalette(std::int64_t at, std::int64_t count, std::size_t entryBytes) {
    // A picture that begins inside its own palette has a shorter one: writers round the count up.
    const std::int64_t room = m_layout.pixels - at;
    if (room > 0) count = std::min(count, room / static_cast<std::int64_t>(entryBytes));
    std::vector<std::byte> bytes(static_cast<std::size_t>(count) * entryBytes);
    CONTONE_CHECK(m_file.read(at, bytes));
    for (std::size_t i = 0; i + entryBytes <= bytes.size(); i += entryBytes)
        m_layout.palette.push_back({std::to_integer<std::uint8_t>(bytes[i + 2]),
                                    std::to_integer<std::uint8_t>(bytes[i + 1]),
                                    std::to_integer<std::uint8_t>(bytes[i])});
    return {};
}

// Windows V4 and V5: "sRGB", "Win " (the system's colours: sRGB too), or a profile at the end of the file. Calibrated
// RGB (0) is filled with zeros by nearly everyone and says nothing.
Result<void> BmpReader::readColour(std::span<const std::byte> dib) {
    ColourSignals& colours = m_facts.colours;
    const std::uint32_t space = u32(dib, 56);
    colours.saysSrgb = space == 0x73524742 || space == 0x57696E20;
    if (space != 0x4D424544 || dib.size() < 124) return {};
    const std::int64_t at = dibAt + u32(dib, 112), size = u32(dib, 116);
    if (size < 128 || size > 16'000'000 || at + size > m_file.size()) {
        colours.profileDamaged = true;
        m_warnings.add(PhotoWarning::ProfileDamaged);
        return {};
    }
    Bytes profile(static_cast<std::size_t>(size));
    CONTONE_CHECK(m_file.read(at, profile));
    const Sha256 hash = Sha256::of(profile);
    colours.profile = EmbeddedProfile{hash, std::move(profile)};
    return {};
}

Result<void> BmpReader::open() {
    std::array<std::byte, 18> head{};
    CONTONE_CHECK(m_file.read(0, head));
    m_layout.pixels = u32(head, 10);
    const std::uint32_t dibSize = u32(head, 14);
    if (dibSize != 12 && (dibSize < 40 || dibSize > 124))
        return photoProblem("photo-feature", "BMP header of " + std::to_string(dibSize) + " bytes");
    std::vector<std::byte> dib(dibSize);
    CONTONE_CHECK(m_file.read(dibAt, dib));
    const std::uint32_t bits = u16(dib, dibSize == 12 ? 10 : 14);
    if (bits != 1 && bits != 2 && bits != 4 && bits != 8 && bits != 16 && bits != 24 && bits != 32)
        return photoProblem("photo-feature", "BMP of " + std::to_string(bits) + " bits");
    CONTONE_CHECK(dibSize == 12 ? readCore(dib) : readInfo(dib));
    PhotoFacts& photo = m_facts.photo;
    photo.format = PhotoFormat::Bmp;
    photo.pixels = {Channels::Rgb, Depth::U8};
    photo.bitsPerSample = bits > 8 && bits != 16 ? 8 : bits == 16 ? 5 : static_cast<int>(bits);
    if (m_layout.packing != Packing::Plain) {
        CONTONE_CHECK(unpackRle());
    } else {
        const std::int64_t end = m_layout.pixels +
                                 static_cast<std::int64_t>(m_layout.rowBytes) * (photo.size.height - 1) +
                                 static_cast<std::int64_t>(m_layout.usedBytes);
        if (end > m_file.size()) return photoProblem("photo-truncated", "BMP rows end behind the file");
        m_row.resize(m_layout.usedBytes);
        CONTONE_CHECK(dropUnusedAlpha());
    }
    photo.warnings = m_warnings;
    return {};
}

// Many writers give alpha a mask and leave it zero: then nobody meant it.
Result<void> BmpReader::dropUnusedAlpha() {
    Mask& alpha = m_layout.masks[3];
    if (alpha.bits == 0) return {};
    bool isUsed = false, isSeeThrough = false;
    const std::size_t step = static_cast<std::size_t>(m_layout.bitsPerPixel) / 8;
    for (int y = 0; y < m_facts.photo.size.height && !(isUsed && isSeeThrough); ++y) {
        CONTONE_CHECK(m_file.read(rowAt(y), m_row));
        for (std::size_t at = 0; at + step <= m_row.size(); at += step) {
            const std::uint8_t a = alpha.of(littleEndian(std::span(m_row).subspan(at, step)));
            isUsed |= a != 0;
            isSeeThrough |= a != 255;
        }
    }
    if (!isUsed || !isSeeThrough) alpha = {};
    if (isUsed && isSeeThrough) m_warnings.add(PhotoWarning::AlphaFlattened);
    return {};
}

// ---- run lengths -------------------------------------------------------------------------------

Result<void> BmpReader::unpackRle() {
    const PixelSize size = m_facts.photo.size;
    const bool isRle4 = m_layout.packing == Packing::Rle4;
    const std::int64_t whole = std::int64_t{size.width} * size.height + m_file.size();
    if (whole > m_limits.maxWholeFrameBytes)
        return photoNeedsMemory(whole, m_limits.maxWholeFrameBytes, "BMP of run lengths");
    Bytes data(static_cast<std::size_t>(std::clamp<std::int64_t>(m_file.size() - m_layout.pixels, 0, INT32_MAX)));
    CONTONE_CHECK(m_file.read(m_layout.pixels, data));
    m_indices.assign(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height), 0);
    std::int64_t x = 0, y = 0;
    bool isSpilt = false;  // a run left its row
    const auto put = [&](unsigned index) {
        if (x < size.width && y < size.height)
            m_indices[static_cast<std::size_t>(y * size.width + x)] = static_cast<std::uint8_t>(index);
        else
            isSpilt = true;
        ++x;
    };
    std::size_t at = 0;
    for (;;) {
        if (at + 2 > data.size()) {  // the end mark is often forgotten; rows are not
            if (y < size.height - 1) return photoProblem("photo-truncated", "BMP runs end");
            m_warnings.add(PhotoWarning::EndMarkMissing);
            break;
        }
        const auto run = std::to_integer<unsigned>(data[at]), value = std::to_integer<unsigned>(data[at + 1]);
        at += 2;
        if (run > 0) {
            for (unsigned i = 0; i < run; ++i) put(!isRle4 ? value : i % 2 == 0 ? value >> 4 : value & 15);
        } else if (value == 0) {
            x = 0;
            ++y;
        } else if (value == 1) {
            break;
        } else if (value == 2) {
            if (at + 2 > data.size()) return photoProblem("photo-truncated", "BMP runs end");
            x += std::to_integer<int>(data[at]);
            y += std::to_integer<int>(data[at + 1]);
            at += 2;
            if (x > size.width || y > size.height) return photoProblem("photo-damaged", "BMP run outside the picture");
        } else {
            const std::size_t bytes = isRle4 ? (value + 1) / 2 : value;
            if (at + bytes > data.size()) return photoProblem("photo-truncated", "BMP runs end");
            for (unsigned i = 0; i < value; ++i) {
                const auto b = std::to_integer<unsigned>(data[at + (isRle4 ? i / 2 : i)]);
                put(!isRle4 ? b : i % 2 == 0 ? b >> 4 : b & 15);
            }
            at += bytes + bytes % 2;
        }
    }
    if (isSpilt) m_warnings.add(PhotoWarning::SlightlyDamaged);
    return {};
}

// ---- rows --------------------------------------------------------------------------------------

void BmpReader::putIndex(unsigned index, std::uint8_t* to) {
    if (index < m_layout.palette.size()) {
        std::ranges::copy(m_layout.palette[index], to);
    } else {
        std::fill_n(to, 3, std::uint8_t{0});
        m_warnings.add(PhotoWarning::SlightlyDamaged);
    }
}

void BmpReader::convertRow(const std::byte* from, std::uint8_t* to) {
    const auto width = static_cast<std::size_t>(m_facts.photo.size.width);
    const auto bits = static_cast<std::size_t>(m_layout.bitsPerPixel);
    for (std::size_t x = 0; x < width; ++x, to += 3) {
        if (bits <= 8) {
            const std::size_t bit = x * bits;
            putIndex(std::to_integer<unsigned>(from[bit / 8]) >> (8 - bits - bit % 8) & ((1u << bits) - 1), to);
            continue;
        }
        const std::uint32_t pixel = littleEndian({from + x * (bits / 8), bits / 8});
        for (std::size_t c = 0; c < 3; ++c) to[c] = m_layout.masks[c].of(pixel);
        if (m_layout.masks[3].bits == 0) continue;
        const unsigned alpha = m_layout.masks[3].of(pixel);
        for (std::size_t c = 0; c < 3; ++c)
            to[c] = static_cast<std::uint8_t>((to[c] * alpha + 255 * (255 - alpha) + 127) / 255);
    }
}

Result<int> BmpReader::read(MutableStrip strip) {
    const PixelSize size = m_facts.photo.size;
    if (strip.width != size.width || strip.format != m_facts.photo.pixels) return photoProblem("strip-mismatch");
    const int rows = std::min(strip.rows, size.height - m_y);
    for (int i = 0; i < rows; ++i, ++m_y) {
        auto* to = strip.row<std::uint8_t>(i);
        if (m_layout.packing == Packing::Plain) {
            CONTONE_CHECK(m_file.read(rowAt(m_y), m_row));
            convertRow(m_row.data(), to);
        } else {
            const int stored = m_layout.topDown ? m_y : size.height - 1 - m_y;
            const std::uint8_t* from =
                m_indices.data() + static_cast<std::size_t>(stored) * static_cast<std::size_t>(size.width);
            for (int x = 0; x < size.width; ++x, to += 3) putIndex(from[x], to);
        }
    }
    return rows;
}

}  // namespace

OpenedReader openBmp(FileBytes file, const Limits& limits) {
    auto reader = std::make_unique<BmpReader>(std::move(file), limits);
    CONTONE_CHECK(reader->open());
    return reader;
}

}  // namespace contone::image
