// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Walks the sections by their lengths; only the resources that a print depends on are read.
#include "core/image/longtail/psd_head_p.h"

#include <algorithm>

namespace contone::image {
namespace {

constexpr std::size_t maxProfile = 16'000'000, maxExif = 1'000'000;

class HeadReader {
  public:
    HeadReader(const FileBytes& file, const Limits& limits) : m_file(file), m_limits(limits) {}
    Result<PsdHead> read() {
        CONTONE_CHECK(readHeader());
        CONTONE_CHECK(readPalette());
        CONTONE_CHECK(readResources());
        CONTONE_CHECK(readLayerSection());
        return std::move(m_head);
    }

  private:
    Result<std::int64_t> number(std::int64_t at, std::size_t bytes) const {
        std::array<std::byte, 8> raw{};
        CONTONE_CHECK(m_file.read(at, std::span(raw).first(bytes)));
        const auto all = std::span<const std::byte>(raw);
        if (bytes <= 4) return std::int64_t{bigEndian(all.first(bytes))};
        const std::uint64_t value = std::uint64_t{bigEndian(all.first(4))} << 32 | bigEndian(all.subspan(4, 4));
        if (value > INT64_MAX / 2) return photoProblem("photo-damaged", "PSD length");
        return static_cast<std::int64_t>(value);
    }
    /// The end of a section of `length` at `at`, checked against the file.
    Result<std::int64_t> endOf(std::int64_t at, std::int64_t length) const {
        if (length > m_file.size() - at) return photoProblem("photo-truncated", "PSD section ends behind the file");
        return at + length;
    }
    Result<Bytes> bytes(std::int64_t at, std::int64_t size) const {
        Bytes all(static_cast<std::size_t>(size));
        CONTONE_CHECK(m_file.read(at, all));
        return all;
    }

    Result<void> readHeader();
    Result<void> readPalette();
    Result<void> readResources();
    Result<void> readResource(std::int64_t id, std::int64_t at, std::int64_t size);
    Result<void> readInks(std::int64_t at, std::int64_t size);
    Result<void> readLayerSection();
    Result<void> readTagged(std::int64_t at, std::int64_t end);

    const FileBytes& m_file;
    const Limits& m_limits;
    PsdHead m_head;
    std::int64_t m_at = 0;
};

Result<void> HeadReader::readHeader() {
    CONTONE_TRY(const Bytes raw, bytes(0, 26));
    const auto head = std::span<const std::byte>(raw);
    const std::uint32_t version = bigEndian(head.subspan(4, 2));
    if (version != 1 && version != 2) return photoProblem("photo-feature", "PSD version " + std::to_string(version));
    m_head.isLarge = version == 2;
    m_head.channels = static_cast<int>(bigEndian(head.subspan(12, 2)));
    const std::int64_t height = bigEndian(head.subspan(14, 4)), width = bigEndian(head.subspan(18, 4));
    m_head.depth = static_cast<int>(bigEndian(head.subspan(22, 2)));
    const std::uint32_t mode = bigEndian(head.subspan(24, 2));
    if (width < 1 || height < 1) return photoProblem("photo-damaged", "PSD of no size");
    if (width > longestPhotoSide || height > longestPhotoSide || width * height > m_limits.maxPixels)
        return photoProblem("photo-too-large", std::to_string(width) + "x" + std::to_string(height));
    m_head.size = {static_cast<int>(width), static_cast<int>(height)};
    if (mode > 9 || mode == 5 || mode == 6)
        return photoProblem("photo-feature", "PSD colour mode " + std::to_string(mode));
    m_head.mode = static_cast<PsdMode>(mode);
    const int depth = m_head.depth;
    const bool isBitmap = m_head.mode == PsdMode::Bitmap;
    if (isBitmap != (depth == 1) || (depth != 1 && depth != 8 && depth != 16 && depth != 32))
        return photoProblem("photo-feature", "PSD depth " + std::to_string(depth));
    if (m_head.mode == PsdMode::Indexed && depth != 8) return photoProblem("photo-damaged", "PSD palette depth");
    const int needed = m_head.mode == PsdMode::Cmyk                                 ? 4
                       : m_head.mode == PsdMode::Rgb || m_head.mode == PsdMode::Lab ? 3
                                                                                    : 1;
    if (m_head.channels < needed || m_head.channels > 56)
        return photoProblem("photo-damaged", "PSD of " + std::to_string(m_head.channels) + " channels");
    m_at = 26;
    return {};
}

Result<void> HeadReader::readPalette() {
    CONTONE_TRY(const std::int64_t length, number(m_at, 4));
    CONTONE_TRY(const std::int64_t end, endOf(m_at + 4, length));
    if (m_head.mode == PsdMode::Indexed) {
        if (length < 768) return photoProblem("photo-damaged", "PSD palette of " + std::to_string(length));
        CONTONE_TRY(m_head.palette, bytes(m_at + 4, 768));
    }
    m_at = end;
    return {};
}

Result<void> HeadReader::readResources() {
    CONTONE_TRY(const std::int64_t length, number(m_at, 4));
    CONTONE_TRY(const std::int64_t end, endOf(m_at + 4, length));
    std::int64_t at = m_at + 4;
    while (at + 12 <= end) {  // signature, id, Pascal name padded to even, length, bytes padded to even
        CONTONE_TRY(const std::int64_t id, number(at + 4, 2));
        CONTONE_TRY(const std::int64_t name, number(at + 6, 1));
        const std::int64_t sizeAt = at + 6 + (name + 2) / 2 * 2;
        CONTONE_TRY(const std::int64_t size, number(sizeAt, 4));
        if (size > end - sizeAt - 4) return photoProblem("photo-damaged", "PSD resource " + std::to_string(id));
        CONTONE_CHECK(readResource(id, sizeAt + 4, size));
        at = sizeAt + 4 + (size + 1) / 2 * 2;
    }
    m_at = end;
    return {};
}

Result<void> HeadReader::readResource(std::int64_t id, std::int64_t at, std::int64_t size) {
    switch (id) {
        case 1039:  // ICC profile
            m_head.profileDamaged = size < 128 || size > static_cast<std::int64_t>(maxProfile);
            if (!m_head.profileDamaged) {
                CONTONE_TRY(m_head.profile, bytes(at, size));
            }
            break;
        case 1047:  // index of the transparent colour
            if (size >= 2) {
                CONTONE_TRY(const std::int64_t index, number(at, 2));
                if (index < 256) m_head.transparentIndex = static_cast<unsigned>(index);
            }
            break;
        case 1057:  // version: a number of four bytes, then whether the merged picture is one
            if (size >= 5) {
                CONTONE_TRY(const std::int64_t real, number(at + 4, 1));
                m_head.hasMergedPicture = real != 0;
            }
            break;
        case 1058:  // EXIF
            if (size <= static_cast<std::int64_t>(maxExif)) {
                CONTONE_TRY(m_head.exif, bytes(at, size));
            }
            break;
        case 1077:  // DisplayInfo
            return readInks(at, size);
        default:
            break;
    }
    return {};
}

// A version of four bytes, then for each channel: space (0: RGB, 2: CMYK with 65535 for no ink), four components of 16
// bit, opacity, kind (2: spot). What CMYK looks like nobody says; the plain complement is near enough for an ink's
// name.
Result<void> HeadReader::readInks(std::int64_t at, std::int64_t size) {
    if (m_head.mode != PsdMode::Multichannel || size < 4 + 13 * m_head.channels) return {};
    CONTONE_TRY(const Bytes raw, bytes(at, 4 + 13 * m_head.channels));
    for (int i = 0; i < m_head.channels; ++i) {
        const auto ink = std::span<const std::byte>(raw).subspan(4 + std::size_t{13} * static_cast<std::size_t>(i), 13);
        const std::uint32_t space = bigEndian(ink.first(2));
        if ((space != 0 && space != 2) || bigEndian(ink.subspan(12, 1)) != 2) {
            m_head.inks.clear();
            return {};
        }
        const auto component = [&](std::size_t c) { return bigEndian(ink.subspan(2 + 2 * c, 2)) / 65535.0; };
        const double black = space == 2 ? component(3) : 1;
        m_head.inks.push_back({component(0) * black, component(1) * black, component(2) * black});
    }
    return {};
}

// A negative count of layers says that the merged picture has transparency. Documents of 16 and 32 bits keep their
// layers in a tagged block, or say it with a block of its own.
Result<void> HeadReader::readLayerSection() {
    const std::size_t wide = m_head.isLarge ? 8 : 4;
    CONTONE_TRY(const std::int64_t length, number(m_at, wide));
    const std::int64_t begin = m_at + static_cast<std::int64_t>(wide);
    CONTONE_TRY(const std::int64_t end, endOf(begin, length));
    m_at = m_head.pixels = end;
    if (length < static_cast<std::int64_t>(wide) + 2) return {};
    CONTONE_TRY(const std::int64_t layers, number(begin, wide));
    std::int64_t at = begin + static_cast<std::int64_t>(wide);
    if (layers >= 2) {
        CONTONE_TRY(const std::int64_t count, number(at, 2));
        m_head.mergedTransparency = count >= 0x8000;
    }
    if (layers > end - at) return {};  // the section's own length is what counts
    at += layers;
    if (at + 4 > end) return {};
    CONTONE_TRY(const std::int64_t globalMask, number(at, 4));
    return globalMask > end - at - 4 ? Result<void>{} : readTagged(at + 4 + globalMask, end);
}

Result<void> HeadReader::readTagged(std::int64_t at, std::int64_t end) {
    static constexpr std::string_view longKeys[] = {"LMsk", "Lr16", "Lr32", "Layr", "Mt16", "Mt32", "Mtrn",
                                                    "Alph", "FMsk", "lnk2", "FEid", "FXid", "PxSD"};
    for (int blocks = 0; at + 12 <= end && blocks < 10'000; ++blocks) {
        CONTONE_TRY(const Bytes raw, bytes(at, 8));
        const std::string_view text(reinterpret_cast<const char*>(raw.data()), raw.size());
        if (text.substr(0, 4) != "8BIM" && text.substr(0, 4) != "8B64") return {};
        const std::string_view key = text.substr(4);
        const bool isLong = m_head.isLarge && std::ranges::find(longKeys, key) != std::end(longKeys);
        const std::size_t lengthBytes = isLong ? 8 : 4;
        CONTONE_TRY(const std::int64_t length, number(at + 8, lengthBytes));
        const std::int64_t content = at + 8 + static_cast<std::int64_t>(lengthBytes);
        if (length > end - content) return {};
        if (key == "Mt16" || key == "Mt32" || key == "Mtrn") m_head.mergedTransparency = true;
        if ((key == "Lr16" || key == "Lr32") && length >= 2) {
            CONTONE_TRY(const std::int64_t count, number(content, 2));
            m_head.mergedTransparency |= count >= 0x8000;
        }
        at = content + (length + 3) / 4 * 4;
    }
    return {};
}

}  // namespace

Result<PsdHead> readPsdHead(const FileBytes& file, const Limits& limits) {
    return HeadReader(file, limits).read();
}

}  // namespace contone::image
