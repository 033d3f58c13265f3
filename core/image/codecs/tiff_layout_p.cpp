// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Tags, one after the other, in the order in which they exclude each other.
#include "core/image/codecs/tiff_layout_p.h"

#include <algorithm>
#include <array>

namespace contone::image {
namespace {

using Meaning = TiffLayout::Meaning;
using Number = TiffLayout::Number;
using Way = TiffLayout::Way;

constexpr int maxSamples = 32;
constexpr std::array known{COMPRESSION_NONE,      COMPRESSION_CCITTRLE,      COMPRESSION_CCITTRLEW,
                           COMPRESSION_CCITTFAX3, COMPRESSION_CCITTFAX4,     COMPRESSION_LZW,
                           COMPRESSION_OJPEG,     COMPRESSION_JPEG,          COMPRESSION_PACKBITS,
                           COMPRESSION_DEFLATE,   COMPRESSION_ADOBE_DEFLATE, COMPRESSION_SGILOG,
                           COMPRESSION_SGILOG24};

std::unexpected<Error> unknown(const char* what, int value) {
    return photoProblem("photo-feature", std::string("TIFF ") + what + " " + std::to_string(value));
}

class LayoutReader {
  public:
    explicit LayoutReader(TiffFile& file) : m_file(file), m_tiff(file.tiff()) {}

    Result<TiffLayout> read() {
        CONTONE_CHECK(readSize());
        CONTONE_CHECK(readMeaning());
        CONTONE_CHECK(readNumbers());
        if (m.way != Way::LibraryRgba) readAlpha();
        if (m.meaning == Meaning::Palette) CONTONE_CHECK(readPalette());
        CONTONE_CHECK(checkRows());
        CONTONE_CHECK(checkWork());
        return std::move(m);
    }

  private:
    int number(std::uint32_t tag) const {
        std::uint16_t value = 0;
        TIFFGetFieldDefaulted(m_tiff, tag, &value);
        return value;
    }

    Result<void> readSize() {
        std::uint32_t width = 0, height = 0;
        TIFFGetField(m_tiff, TIFFTAG_IMAGEWIDTH, &width);
        TIFFGetField(m_tiff, TIFFTAG_IMAGELENGTH, &height);
        if (width == 0 || height == 0) return photoProblem("photo-no-picture", "TIFF without size");
        if (width > longestPhotoSide || height > longestPhotoSide ||
            std::int64_t{width} * height > m_file.limits().maxPixels)
            return photoProblem("photo-too-large", std::to_string(width) + "x" + std::to_string(height));
        std::uint32_t depth = 1;
        TIFFGetFieldDefaulted(m_tiff, TIFFTAG_IMAGEDEPTH, &depth);
        if (depth != 1) return unknown("depth", static_cast<int>(depth));
        m.size = {static_cast<int>(width), static_cast<int>(height)};
        m.isTiled = TIFFIsTiled(m_tiff) != 0;
        m.isPlanar = number(TIFFTAG_PLANARCONFIG) == PLANARCONFIG_SEPARATE;
        m.samples = number(TIFFTAG_SAMPLESPERPIXEL);
        m.bits = m.bitsInFile = number(TIFFTAG_BITSPERSAMPLE);
        if (m.samples < 1 || m.samples > maxSamples) return unknown("samples a pixel", m.samples);
        if (m.samples == 1) m.isPlanar = false;
        return {};
    }

    Result<void> readMeaning() {
        m_compression = number(TIFFTAG_COMPRESSION);
        if (std::ranges::find(known, m_compression) == known.end()) return unknown("compression", m_compression);
        std::uint16_t photometric = 0;
        // Some scanners and programs leave it out: what else could one or three samples be?
        if (TIFFGetField(m_tiff, TIFFTAG_PHOTOMETRIC, &photometric) == 0)
            photometric = m.samples >= 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK;
        switch (photometric) {
            case PHOTOMETRIC_MINISWHITE:
            case PHOTOMETRIC_MINISBLACK:
                m.isInverted = photometric == PHOTOMETRIC_MINISWHITE;
                return setMeaning(Meaning::Gray, 1);
            case PHOTOMETRIC_RGB:
                return setMeaning(Meaning::Rgb, 3);
            case PHOTOMETRIC_PALETTE:
                return setMeaning(Meaning::Palette, 1);
            case PHOTOMETRIC_SEPARATED:
                return readInks();
            case PHOTOMETRIC_YCBCR:
                return readYCbCr();
            case PHOTOMETRIC_CIELAB:
                return setMeaning(Meaning::CieLab, 3);
            case PHOTOMETRIC_ICCLAB:
                return setMeaning(Meaning::IccLab, 3);
            case PHOTOMETRIC_LOGL:
            case PHOTOMETRIC_LOGLUV:
                return readLog(photometric);
            default:
                return unknown("photometric interpretation", photometric);
        }
    }

    Result<void> setMeaning(Meaning meaning, int colours) {
        m.meaning = meaning;
        m.colours = colours;
        if (m.samples < colours) return unknown("samples a pixel", m.samples);
        return {};
    }

    Result<void> readInks() {
        if (number(TIFFTAG_INKSET) != INKSET_CMYK) return unknown("ink set", number(TIFFTAG_INKSET));
        // TIFF 6.0 section 16: 0 is no ink, unless the dot range says otherwise.
        std::uint16_t none = 0, full = 0;
        m.isInverted = TIFFGetField(m_tiff, TIFFTAG_DOTRANGE, &none, &full) != 0 && none > full;
        return setMeaning(Meaning::Cmyk, 4);
    }

    Result<void> readYCbCr() {
        if (m.bits != 8 || m.samples != 3) return unknown("YCbCr bits", m.bits);
        CONTONE_CHECK(setMeaning(Meaning::Rgb, 3));
        if (m_compression == COMPRESSION_JPEG && !m.isPlanar) {
            TIFFSetField(m_tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
            return {};
        }
        // Opaque always, and lying as stored: the turn is ours.
        m.way = Way::LibraryRgba;
        m.samples = 4;
        m.isPlanar = false;
        TIFFSetField(m_tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
        TIFFRGBAImage trial;
        std::array<char, 1024> why{};
        if (TIFFRGBAImageOK(m_tiff, why.data()) == 0 || TIFFRGBAImageBegin(&trial, m_tiff, 0, why.data()) == 0)
            return photoProblem("photo-feature", why.data());
        TIFFRGBAImageEnd(&trial);
        return {};
    }

    Result<void> readLog(int photometric) {
        if (m_compression != COMPRESSION_SGILOG && m_compression != COMPRESSION_SGILOG24)
            return unknown("log compression", m_compression);
        TIFFSetField(m_tiff, TIFFTAG_SGILOGDATAFMT, SGILOGDATAFMT_FLOAT);
        m.bits = 32;
        return photometric == PHOTOMETRIC_LOGL ? setMeaning(Meaning::LogL, 1) : setMeaning(Meaning::LogLuv, 3);
    }

    Result<void> readNumbers() {
        if (m.way == Way::LibraryRgba) return {};
        const int format = number(TIFFTAG_SAMPLEFORMAT);
        if (m.isLab()) {
            if (m.bits != 8 && m.bits != 16) return unknown("Lab bits", m.bits);
            if (format == SAMPLEFORMAT_IEEEFP) return unknown("Lab sample format", format);
            return {};
        }
        if (format == SAMPLEFORMAT_IEEEFP) {
            m.number = Number::Float;
            if (m.bits != 16 && m.bits != 32 && m.bits != 64) return unknown("float bits", m.bits);
            if (m.meaning == Meaning::Palette) return unknown("palette sample format", format);
            return {};
        }
        if (format != SAMPLEFORMAT_UINT && format != SAMPLEFORMAT_VOID) return unknown("sample format", format);
        if ((m.bits < 1 || m.bits > 16) && m.bits != 32) return unknown("bits", m.bits);
        if (m_compression == COMPRESSION_JPEG && m.bits != 8) return unknown("JPEG bits", m.bits);
        return {};
    }

    // TIFF 6.0 section 18. "Unspecified" extra samples are masks and spot colours of a drawing program, not opacity.
    void readAlpha() {
        std::uint16_t count = 0, *kinds = nullptr;
        if (TIFFGetField(m_tiff, TIFFTAG_EXTRASAMPLES, &count, &kinds) == 0) return;
        for (int i = 0; i < count && m.colours + i < m.samples; ++i) {
            if (kinds[i] != EXTRASAMPLE_ASSOCALPHA && kinds[i] != EXTRASAMPLE_UNASSALPHA) continue;
            if (m.meaning == Meaning::Palette) return;
            m.alphaAt = m.colours + i;
            m.alphaKind = kinds[i] == EXTRASAMPLE_ASSOCALPHA ? AlphaKind::Associated : AlphaKind::Unassociated;
            return;
        }
    }

    Result<void> readPalette() {
        std::uint16_t *red = nullptr, *green = nullptr, *blue = nullptr;
        if (m.bits > 16 || TIFFGetField(m_tiff, TIFFTAG_COLORMAP, &red, &green, &blue) == 0)
            return photoProblem("photo-damaged", "TIFF palette");
        const std::size_t entries = std::size_t{1} << m.bits;
        // 16 bits by the standard; old writers left 8-bit numbers.
        const auto isSmall = [&](const std::uint16_t* map) {
            return std::all_of(map, map + entries, [](std::uint16_t v) { return v < 256; });
        };
        const int shift = isSmall(red) && isSmall(green) && isSmall(blue) ? 0 : 8;
        m.palette.reserve(entries * 3);
        for (std::size_t i = 0; i < entries; ++i)
            for (const std::uint16_t* map : {red, green, blue})
                m.palette.push_back(static_cast<std::uint8_t>(map[i] >> shift));
        return {};
    }

    // Our own sum of what a row takes must be libtiff's, or it is laid out in a way that is not read here.
    Result<void> checkRows() {
        const auto bytes = [&](std::uint64_t width) {
            return (width * static_cast<unsigned>(m.samplesAPlane() * m.bits) + 7) / 8;
        };
        m.rowBytes = bytes(static_cast<std::uint64_t>(m.size.width));
        if (m.way == Way::LibraryRgba) return {};
        if (m.isTiled || m.isPlanar) m.way = Way::Bands;
        if (!m.isTiled) {
            if (TIFFScanlineSize64(m_tiff) != m.rowBytes)
                return photoProblem("photo-feature", "TIFF rows of another form");
            if (m.way == Way::Scanlines && m_compression == COMPRESSION_NONE) m.way = Way::Plain;
            return {};
        }
        std::uint32_t width = 0, height = 0;
        TIFFGetField(m_tiff, TIFFTAG_TILEWIDTH, &width);
        TIFFGetField(m_tiff, TIFFTAG_TILELENGTH, &height);
        const bool isAligned = std::uint64_t{width} * static_cast<unsigned>(m.samplesAPlane() * m.bits) % 8 == 0;
        if (width == 0 || height == 0 || (!isAligned && width < static_cast<std::uint32_t>(m.size.width)))
            return unknown("tile width", static_cast<int>(width));
        if (TIFFTileRowSize64(m_tiff) != bytes(width) || TIFFTileSize64(m_tiff) != bytes(width) * height)
            return photoProblem("photo-feature", "TIFF tiles of another form");
        return {};
    }

    /// What an uncompressed tile or strip of a band must hold. libtiff reads on behind one that says less, into others.
    std::uint64_t bytesOfPiece(std::uint64_t piece) const {
        if (m.way != Way::Bands || m_compression != COMPRESSION_NONE) return 0;
        if (m.isTiled) return TIFFTileSize64(m_tiff);
        const std::uint64_t pieces = TIFFNumberOfStrips(m_tiff), aPlane = pieces / static_cast<unsigned>(m.planes());
        std::uint32_t rows = 0;
        TIFFGetFieldDefaulted(m_tiff, TIFFTAG_ROWSPERSTRIP, &rows);
        const auto height = static_cast<std::uint64_t>(m.size.height);
        const std::uint64_t first = piece % std::max<std::uint64_t>(aPlane, 1) * rows;
        return m.rowBytes * (std::min<std::uint64_t>(first + rows, height) - std::min(first, height));
    }

    Result<void> checkWork() const {
        constexpr std::uint64_t slack = 64u << 20;
        const std::uint64_t picture = std::uint64_t{m.rowBytes} * static_cast<unsigned>(m.planes() * m.size.height);
        const std::uint64_t pieces = m.isTiled ? TIFFNumberOfTiles(m_tiff) : TIFFNumberOfStrips(m_tiff);
        // Tiles stand over the edges, but not by far.
        if (m.isTiled && (TIFFTileSize64(m_tiff) > (4 * picture + slack) / std::max<std::uint64_t>(pieces, 1)))
            return photoProblem("photo-memory", "TIFF tiles");
        // Pieces may share bytes (empty tiles do), but a small file must not be read a thousand times.
        std::uint64_t bytes = 0;
        for (std::uint64_t i = 0; i < pieces; ++i) {
            const std::uint64_t its = TIFFGetStrileByteCount(m_tiff, static_cast<std::uint32_t>(i));
            if (its < bytesOfPiece(i)) return photoProblem("photo-damaged", "TIFF strip " + std::to_string(i));
            bytes += std::min(its, m_file.size());
            if (bytes > 16 * m_file.size() + slack) return photoProblem("photo-damaged", "TIFF strips overlap");
        }
        const auto most = static_cast<std::uint64_t>(m_file.limits().maxWholeFrameBytes);
        const std::uint64_t whole = m.way == Way::LibraryRgba ? 8 * static_cast<std::uint64_t>(m.size.width) *
                                                                    static_cast<unsigned>(m.size.height)
                                                              : std::uint64_t{m.rowBytes};
        if (whole > most)
            return photoNeedsMemory(static_cast<std::int64_t>(whole), m_file.limits().maxWholeFrameBytes, "TIFF");
        return {};
    }

    TiffFile& m_file;
    TIFF* m_tiff;
    TiffLayout m;
    int m_compression = 0;
};

}  // namespace

PixelFormat TiffLayout::format() const {
    const Channels channels = meaning == Meaning::Gray || meaning == Meaning::LogL ? Channels::Gray
                              : meaning == Meaning::Cmyk                           ? Channels::Cmyk
                                                                                   : Channels::Rgb;
    const bool isSmall = (bits <= 8 && !isLab()) || meaning == Meaning::Palette;
    return {channels, isSmall ? Depth::U8 : Depth::U16};
}

Result<TiffLayout> readTiffLayout(TiffFile& file) {
    return LayoutReader(file).read();
}

}  // namespace contone::image
