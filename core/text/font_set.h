// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// FontSet: our own font files, and texts set with them. The same block gives the same bytes, in any process, locale and
// home folder; nothing but these files is looked at.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/text/set_text.h"
#include "core/text/text_block.h"
#include "core/text/vector_page.h"

namespace contone::text {

/// A family to choose from. Whatever the family lacks comes from its companions: Lato, then Noto for other scripts.
struct FontFamily {
    std::string name;  ///< as TextBlock::family says it
    bool hasBold = false, hasItalic = false;
};

/// A program that paints with Qt shares the process' font configuration with it.
enum class ProcessFonts {
    OursAlone,  ///< the process knows no other fonts from now on; nothing of the system's is read
    Shared,     ///< what the process has stays. Texts look the same; Pango reads the system's configuration unused
};

struct FontSetSettings {
    Path folder;  ///< share/contone/fonts
    /// What Debian brings and is too large to bundle: Han, Kana and Hangul (fonts-noto-cjk) and coloured emoji
    /// (fonts-noto-color-emoji). Those that are not there are missingFiles(), and their letters MissingGlyphs.
    std::vector<Path> systemFiles = debianFiles();
    ProcessFonts processFonts = ProcessFonts::OursAlone;

    static std::vector<Path> debianFiles();
};

/// Any thread may call; a lock lets one at a time set text. For more at once, open one a thread. May be moved, not
/// while it is used. Opening takes some 0.1 s; Pango keeps a thread of its own for each open set.
class FontSet {
  public:
    /// Fails: NotFound "fonts-missing" (a bundled file is not in the folder), Corrupt "font-damaged" (one that is there
    /// is no font), Internal "text-library".
    static Result<FontSet> open(const FontSetSettings& settings);
    FontSet(FontSet&&) noexcept;
    FontSet& operator=(FontSet&&) noexcept;
    ~FontSet();

    /// Lays out in points, so the lines break the same at any resolution, then draws once. The raster has the size of
    /// the box, each side rounded to whole dots, at least 1. Nothing is hinted; letters stand where they stand, between
    /// pixels too. Fails as check(TextBlock); Invalid "text-font" (no such family), "text-resolution" (not 1…4800 dpi),
    /// "text-too-large" (a side of more than 32,000 pixels, or more than mostPixels), Unavailable "no-memory",
    /// Internal "text-library".
    Result<SetText> set(const TextBlock& block, Dpi dpiX, Dpi dpiY) const;
    static constexpr std::int64_t mostPixels = 150'000'000;

    /// How wide a line is, in points; where it stands does not matter. Fails: Internal "text-library".
    Result<double> widthOf(const PageText& text) const;
    /// One file of these pages, at least one, with the letters that it needs embedded. Fails: Unavailable "no-memory",
    /// Internal "text-library".
    Result<Bytes> pdf(std::span<const VectorPage> pages, const PdfTerms& terms) const;

    const std::vector<FontFamily>& families() const;
    /// What of FontSetSettings::systemFiles is not there or no font.
    const std::vector<Path>& missingFiles() const;
    /// All files in use, as the private configuration lists them.
    const std::vector<Path>& files() const;
    /// What decides the bytes besides the block: "text 1; pango 1.50.12; …; fonts 0123456789abcdef". The first call
    /// reads every file, some 0.1 s. Fails as readFile.
    Result<std::string> fingerprint() const;
    /// Grows when the same block, fonts and libraries give other bytes.
    static constexpr int version = 1;

  private:
    struct Inside;
    explicit FontSet(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> m_inside;
};

}  // namespace contone::text
