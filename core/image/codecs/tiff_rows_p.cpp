// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Four ways to rows.
#include "core/image/codecs/tiff_rows_p.h"

#include <algorithm>
#include <cstring>

#include "core/image/codecs/read_at_p.h"

namespace contone::image {
namespace {

/// libtiff would hold a strip, and many programs write one for the whole picture.
class PlainRows final : public TiffRows {
  public:
    PlainRows(TiffFile& file, const TiffLayout& layout) : m_file(file), m_layout(layout), m_row(layout.rowBytes) {
        TIFFGetFieldDefaulted(file.tiff(), TIFFTAG_ROWSPERSTRIP, &m_stripRows);
        m_stripRows = std::clamp<std::uint32_t>(m_stripRows, 1, static_cast<std::uint32_t>(layout.size.height));
        std::uint16_t order = FILLORDER_MSB2LSB;
        TIFFGetFieldDefaulted(file.tiff(), TIFFTAG_FILLORDER, &order);
        m_isReversed = order == FILLORDER_LSB2MSB;
    }
    Result<std::span<const std::byte* const>> next() override {
        const std::uint32_t strip = m_y / m_stripRows, inStrip = m_y % m_stripRows;
        const std::uint64_t at = std::uint64_t{inStrip} * m_row.size();
        if (TIFFGetStrileByteCount(m_file.tiff(), strip) < at + m_row.size())
            return photoProblem("photo-damaged", "TIFF strip " + std::to_string(strip));
        CONTONE_TRY(const std::size_t got, readAt(m_file.fd(), TIFFGetStrileOffset(m_file.tiff(), strip) + at, m_row));
        if (got < m_row.size()) return photoProblem("photo-truncated", "TIFF strip " + std::to_string(strip));
        toOurOrder();
        ++m_y;
        return std::span(&m_at, 1);
    }

  private:
    void toOurOrder() {
        const auto bytes = static_cast<tmsize_t>(m_row.size());
        if (m_isReversed) TIFFReverseBits(reinterpret_cast<std::uint8_t*>(m_row.data()), bytes);
        if (TIFFIsByteSwapped(m_file.tiff()) == 0) return;
        if (m_layout.bits == 16) TIFFSwabArrayOfShort(reinterpret_cast<std::uint16_t*>(m_row.data()), bytes / 2);
        if (m_layout.bits == 32) TIFFSwabArrayOfLong(reinterpret_cast<std::uint32_t*>(m_row.data()), bytes / 4);
        if (m_layout.bits == 64) TIFFSwabArrayOfLong8(reinterpret_cast<std::uint64_t*>(m_row.data()), bytes / 8);
    }

    TiffFile& m_file;
    const TiffLayout& m_layout;
    Bytes m_row;
    const std::byte* m_at = m_row.data();
    std::uint32_t m_stripRows = 1, m_y = 0;
    bool m_isReversed = false;
};

class ScanlineRows final : public TiffRows {
  public:
    ScanlineRows(TiffFile& file, const TiffLayout& layout) : m_file(file), m_row(layout.rowBytes), m_at(m_row.data()) {}
    Result<std::span<const std::byte* const>> next() override {
        if (TIFFReadScanline(m_file.tiff(), m_row.data(), m_y++, 0) != 1 || m_file.ranOut()) return m_file.failure();
        return std::span(&m_at, 1);
    }

  private:
    TiffFile& m_file;
    Bytes m_row;
    const std::byte* m_at;
    std::uint32_t m_y = 0;
};

class BandRows final : public TiffRows {
  public:
    BandRows(TiffFile& file, const TiffLayout& layout)
        : m_file(file), m_layout(layout), m_pointers(static_cast<std::size_t>(layout.planes())) {
        std::uint32_t rows = 0;
        TIFFGetFieldDefaulted(file.tiff(), layout.isTiled ? TIFFTAG_TILELENGTH : TIFFTAG_ROWSPERSTRIP, &rows);
        m_bandRows =
            static_cast<int>(std::clamp<std::uint32_t>(rows, 1, static_cast<std::uint32_t>(layout.size.height)));
        if (!layout.isTiled) return;
        TIFFGetField(file.tiff(), TIFFTAG_TILEWIDTH, &m_tileWidth);
        m_tileRowBytes = static_cast<std::size_t>(TIFFTileRowSize64(file.tiff()));
        m_tileBytes = static_cast<std::size_t>(TIFFTileSize64(file.tiff()));
    }
    std::uint64_t bytesNeeded() const { return bandBytes() * m_pointers.size() + m_tileBytes; }
    void allocate() {
        m_band.resize(bandBytes() * m_pointers.size());
        m_tile.resize(m_tileBytes);
    }

    Result<std::span<const std::byte* const>> next() override {
        const int inBand = m_y % m_bandRows;
        if (inBand == 0) CONTONE_CHECK(load());
        for (std::size_t p = 0; p < m_pointers.size(); ++p)
            m_pointers[p] = m_band.data() + bandBytes() * p + m_layout.rowBytes * static_cast<std::size_t>(inBand);
        ++m_y;
        return m_pointers;
    }

  private:
    std::size_t bandBytes() const { return static_cast<std::size_t>(m_bandRows) * m_layout.rowBytes; }

    Result<void> load() {
        const int rows = std::min(m_bandRows, m_layout.size.height - m_y);
        for (int plane = 0; plane < m_layout.planes(); ++plane) {
            // Planes that are neither colour nor opacity stay unread.
            if (plane >= m_layout.colours && plane != m_layout.alphaAt && m_layout.isPlanar) continue;
            std::byte* to = m_band.data() + bandBytes() * static_cast<std::size_t>(plane);
            const bool isGood = m_layout.isTiled ? loadTiles(to, rows, plane) : loadStrip(to, rows, plane);
            if (!isGood || m_file.ranOut()) return m_file.failure();
        }
        return {};
    }

    bool loadStrip(std::byte* to, int rows, int plane) {
        const auto bytes = static_cast<tmsize_t>(m_layout.rowBytes * static_cast<std::size_t>(rows));
        const std::uint32_t strip =
            TIFFComputeStrip(m_file.tiff(), static_cast<std::uint32_t>(m_y), static_cast<std::uint16_t>(plane));
        return TIFFReadEncodedStrip(m_file.tiff(), strip, to, bytes) == bytes;
    }

    bool loadTiles(std::byte* to, int rows, int plane) {
        std::size_t column = 0;
        for (std::uint32_t x = 0; x < static_cast<std::uint32_t>(m_layout.size.width); x += m_tileWidth) {
            const std::uint32_t tile = TIFFComputeTile(m_file.tiff(), x, static_cast<std::uint32_t>(m_y), 0,
                                                       static_cast<std::uint16_t>(plane));
            const auto bytes = static_cast<tmsize_t>(m_tileBytes);
            if (TIFFReadEncodedTile(m_file.tiff(), tile, m_tile.data(), bytes) != bytes) return false;
            const std::size_t part = std::min(m_tileRowBytes, m_layout.rowBytes - column);
            for (int y = 0; y < rows; ++y)
                std::memcpy(to + m_layout.rowBytes * static_cast<std::size_t>(y) + column,
                            m_tile.data() + m_tileRowBytes * static_cast<std::size_t>(y), part);
            column += part;
        }
        return true;
    }

    TiffFile& m_file;
    const TiffLayout& m_layout;
    std::vector<const std::byte*> m_pointers;
    Bytes m_band, m_tile;
    int m_bandRows = 1, m_y = 0;
    std::uint32_t m_tileWidth = 0;
    std::size_t m_tileRowBytes = 0, m_tileBytes = 0;
};

class LibraryRgbaRows final : public TiffRows {
  public:
    LibraryRgbaRows(TiffFile& file, const TiffLayout& layout)
        : m_file(file), m_layout(layout), m_row(layout.rowBytes) {}

    Result<std::span<const std::byte* const>> next() override {
        const auto width = static_cast<std::size_t>(m_layout.size.width);
        if (m_raster.empty()) {
            m_raster.resize(width * static_cast<std::size_t>(m_layout.size.height));
            if (TIFFReadRGBAImageOriented(m_file.tiff(), static_cast<std::uint32_t>(m_layout.size.width),
                                          static_cast<std::uint32_t>(m_layout.size.height), m_raster.data(),
                                          ORIENTATION_TOPLEFT, 1) != 1 ||
                m_file.ranOut())
                return m_file.failure();
        }
        const std::uint32_t* from = m_raster.data() + width * m_y++;
        for (std::size_t x = 0; x < width; ++x)
            for (std::size_t c = 0; c < 4; ++c) m_row[x * 4 + c] = static_cast<std::byte>(from[x] >> (8 * c) & 0xFF);
        m_at = m_row.data();
        return std::span(&m_at, 1);
    }

  private:
    TiffFile& m_file;
    const TiffLayout& m_layout;
    std::vector<std::uint32_t> m_raster;
    Bytes m_row;
    const std::byte* m_at = nullptr;
    std::size_t m_y = 0;
};

}  // namespace

Result<std::unique_ptr<TiffRows>> tiffRows(TiffFile& file, const TiffLayout& layout) {
    if (layout.way == TiffLayout::Way::Plain) return std::make_unique<PlainRows>(file, layout);
    if (layout.way == TiffLayout::Way::Scanlines) return std::make_unique<ScanlineRows>(file, layout);
    if (layout.way == TiffLayout::Way::LibraryRgba) return std::make_unique<LibraryRgbaRows>(file, layout);
    auto rows = std::make_unique<BandRows>(file, layout);
    if (rows->bytesNeeded() > static_cast<std::uint64_t>(file.limits().maxWholeFrameBytes))
        return photoNeedsMemory(static_cast<std::int64_t>(rows->bytesNeeded()), file.limits().maxWholeFrameBytes,
                                "TIFF tiles or strips");
    rows->allocate();
    return rows;
}

}  // namespace contone::image
