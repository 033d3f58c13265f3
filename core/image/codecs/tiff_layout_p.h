// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// TiffLayout: what the samples of a TIFF page are and how they lie, from its tags.
#pragma once

#include <vector>

#include "core/image/codecs/flatten_p.h"
#include "core/image/codecs/tiff_file_p.h"

namespace contone::image {

struct TiffLayout {
    enum class Meaning { Gray, Rgb, Palette, Cmyk, CieLab, IccLab, LogL, LogLuv };
    enum class Number { Unsigned, Float };
    enum class Way {
        Plain,       ///< contiguous strips without compression: rows lie in the file as they are
        Scanlines,   ///< contiguous strips, a row at a time
        Bands,       ///< tiles, or strips of separate planes: a row of them at a time
        LibraryRgba  ///< libtiff's own conversion of the whole picture to 8-bit RGBA: subsampled or old JPEG YCbCr
    };
    PixelSize size;
    Meaning meaning = Meaning::Gray;
    Number number = Number::Unsigned;
    Way way = Way::Scanlines;
    bool isInverted = false;  ///< gray: 0 is white; CMYK: 0 is full ink
    bool isPlanar = false, isTiled = false;
    int bits = 8, samples = 1;  ///< as the rows come: after libtiff's conversion
    int bitsInFile = 8;
    int colours = 1;   ///< samples that make the colour; the rest is opacity or nothing to us
    int alphaAt = -1;  ///< place of the opacity among the samples; -1 none
    AlphaKind alphaKind = AlphaKind::Unassociated;
    std::size_t rowBytes = 0;           ///< of one row of one plane
    std::vector<std::uint8_t> palette;  ///< Palette: RGB, 1 << bits of them

    int planes() const { return isPlanar ? samples : 1; }
    int samplesAPlane() const { return isPlanar ? 1 : samples; }
    bool isLab() const { return meaning == Meaning::CieLab || meaning == Meaning::IccLab; }
    PixelFormat format() const;  ///< of the strips
};

/// Judges the page that `file` stands on, and tells libtiff how to give its rows. Refuses what would cost more than the
/// limits before any of it is allocated: sizes, strips and tiles far larger than the picture, strips that all point at
/// the same bytes. Fails: Invalid "photo-too-large", "photo-memory"; Unsupported "photo-feature"; Corrupt
/// "photo-damaged".
Result<TiffLayout> readTiffLayout(TiffFile& file);

}  // namespace contone::image
