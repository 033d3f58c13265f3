// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From a block to pixels: clean, fit, draw, tell.
#include "core/text/font_set.h"

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include <hb.h>
#include <pango/pangocairo.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <mutex>

#include "core/base/sha256.h"
#include "core/text/bundled_fonts_p.h"
#include "core/text/clean_text_p.h"
#include "core/text/draw_text_p.h"
#include "core/text/emoji_marks_p.h"
#include "core/text/fit_text_p.h"
#include "core/text/pdf_p.h"
#include "core/text/script_runs_p.h"

namespace contone::text {
namespace {

constexpr int longestSide = 32'000;       ///< Cairo's own limit is 32,767
constexpr double emojiPixelsPerEm = 109;  ///< Noto Color Emoji's one size
constexpr std::size_t largestFont = 200'000'000;

Result<image::PixelSize> rasterOf(const TextBlock& block, Dpi dpiX, Dpi dpiY) {
    const auto isResolution = [](Dpi dpi) { return dpi.value >= 1 && dpi.value <= 4800; };
    if (!isResolution(dpiX) || !isResolution(dpiY))
        return fail(Code::Invalid, "text-resolution", "Choose a resolution from 1 to 4800 dpi.");
    const image::PixelSize size{std::max(1, wholeDots(block.width, dpiX)), std::max(1, wholeDots(block.height, dpiY))};
    if (size.width > longestSide || size.height > longestSide ||
        static_cast<std::int64_t>(size.width) * size.height > FontSet::mostPixels)
        return fail(Code::Invalid, "text-too-large", "This text box is too large. Make it smaller.");
    return size;
}

/// Ink lies beyond the box by more than a hundredth of a point.
bool reachesOut(const Typesetting& setting, const Lines& lines) {
    constexpr double little = 0.01;
    return std::ranges::any_of(lines.lines, [&](const Line& line) {
        return line.inkRight > line.inkLeft &&
               (line.x + line.inkLeft < -little || line.x + line.inkRight > setting.boxWidth + little ||
                line.baseline + line.inkTop < -little || line.baseline + line.inkBottom > setting.boxHeight + little);
    });
}

std::string freeTypeVersion() {
    FT_Library library = nullptr;
    if (FT_Init_FreeType(&library) != 0) return "unknown";
    int major = 0, minor = 0, patch = 0;
    FT_Library_Version(library, &major, &minor, &patch);
    FT_Done_FreeType(library);
    return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

std::string fontconfigVersion() {
    const int version = FcGetVersion();
    return std::to_string(version / 10000) + "." + std::to_string(version / 100 % 100) + "." +
           std::to_string(version % 100);
}

}  // namespace

struct FontSet::Inside {
    explicit Inside(PrivateFonts privateFonts) : fonts(std::move(privateFonts)) {}
    PrivateFonts fonts;
    std::mutex mutex;         ///< guards what Pango keeps behind `fonts`, and the fingerprint
    std::string fingerprint;  ///< empty until it is asked for
};

FontSet::FontSet(std::unique_ptr<Inside> inside) : m_inside(std::move(inside)) {}
FontSet::FontSet(FontSet&&) noexcept = default;
FontSet& FontSet::operator=(FontSet&&) noexcept = default;
FontSet::~FontSet() = default;

Result<FontSet> FontSet::open(const FontSetSettings& settings) {
    CONTONE_TRY(PrivateFonts fonts, PrivateFonts::open(settings));
    return FontSet(std::make_unique<Inside>(std::move(fonts)));
}

const std::vector<FontFamily>& FontSet::families() const {
    return bundledFamilies();
}
const std::vector<Path>& FontSet::missingFiles() const {
    return m_inside->fonts.missing();
}
const std::vector<Path>& FontSet::files() const {
    return m_inside->fonts.files();
}

Result<SetText> FontSet::set(const TextBlock& block, Dpi dpiX, Dpi dpiY) const {
    CONTONE_CHECK(check(block));
    const auto family = std::ranges::find(bundledFamilies(), block.family, &FontFamily::name);
    if (family == bundledFamilies().end())
        return fail(Code::Invalid, "text-font", "There is no such font. Choose one of the list.", block.family);
    SetText text;
    CONTONE_TRY(text.size, rasterOf(block, dpiX, dpiY));
    const CleanText clean = cleanText(block.text);

    const std::lock_guard lock(m_inside->mutex);
    const GObjectOf<PangoContext> context = m_inside->fonts.newContext();
    const Typesetting setting{.block = &block,
                              .text = withEmojiMarks(clean.text, m_inside->fonts),
                              .families = familyOrder(block.family, hanLanguage(clean.text, block.language)),
                              .context = context.get(),
                              .boxWidth = block.width.inches() * 72,
                              .boxHeight = block.height.inches() * 72};
    const FittedText fitted = fitText(setting);
    text.fontSize = fitted.size;
    text.lines = clean.text.empty() ? 0 : static_cast<int>(fitted.lines.lines.size());

    MissingGlyphs missing = takeMissing(fitted.lines);
    const double enlarged = fitted.size * std::max(dpiX.value, dpiY.value) / 72.0 / emojiPixelsPerEm;
    const auto tell = [&](bool happened, TextWarning warning) {
        if (happened) text.warnings.push_back(std::move(warning));
    };
    tell(!missing.characters.empty(), missing);
    tell(fitted.size < block.size, Shrunk{fitted.size});
    tell(fitted.hasBrokenWords, WordsBroken{});
    tell(fitted.hidden > 0 || reachesOut(setting, fitted.lines), Cut{fitted.hidden});
    tell(enlarged > 1 && hasEmoji(fitted.lines), EmojiUpscaled{enlarged});
    tell(clean.stripped > 0, ControlsStripped{clean.stripped});
    tell(clean.leftOut > 0, TooLong{clean.leftOut});
    tell((block.weight == Weight::Bold && !family->hasBold) || (block.slant == Slant::Italic && !family->hasItalic),
         StyleMissing{});
    CONTONE_CHECK(drawText(setting, fitted.lines, dpiX, dpiY, text));
    return text;
}

Result<double> FontSet::widthOf(const PageText& text) const {
    const std::lock_guard lock(m_inside->mutex);
    return text::widthOf(m_inside->fonts, text);
}

Result<Bytes> FontSet::pdf(std::span<const VectorPage> pages, const PdfTerms& terms) const {
    const std::lock_guard lock(m_inside->mutex);
    return writePdf(m_inside->fonts, pages, terms);
}

Result<std::string> FontSet::fingerprint() const {
    const std::lock_guard lock(m_inside->mutex);
    if (!m_inside->fingerprint.empty()) return m_inside->fingerprint;
    Sha256Hasher hasher;
    for (const Path& path : m_inside->fonts.files()) {
        CONTONE_TRY(const Bytes bytes, readFile(path, largestFont));
        const std::string line = path.filename().string() + " " + Sha256::of(bytes).toString() + "\n";
        hasher.update(std::as_bytes(std::span(line)));
    }
    m_inside->fingerprint = "text " + std::to_string(version) + "; pango " + pango_version_string() + "; cairo " +
                            cairo_version_string() + "; harfbuzz " + hb_version_string() + "; freetype " +
                            freeTypeVersion() + "; fontconfig " + fontconfigVersion() + "; fonts " +
                            hasher.finish().toString().substr(0, 16);
    return m_inside->fingerprint;
}

}  // namespace contone::text
