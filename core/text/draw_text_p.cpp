// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One surface of coverage, or one of colours when there are emoji.
#include "core/text/draw_text_p.h"

#include <pango/pangocairo.h>
#include <pango/pangofc-font.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <new>

namespace contone::text {
namespace {

struct SurfaceDestroy {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Surface = std::unique_ptr<cairo_surface_t, SurfaceDestroy>;
struct CairoDestroy {
    void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};
using Cairo = std::unique_ptr<cairo_t, CairoDestroy>;

std::unexpected<Error> noMemory() {
    return fail(Code::Unavailable, "no-memory", "There is not enough memory to set this text. Close something.");
}

Result<void> checkStatus(cairo_status_t status) {
    if (status == CAIRO_STATUS_SUCCESS) return {};
    if (status == CAIRO_STATUS_NO_MEMORY) return noMemory();
    return fail(Code::Internal, "text-library", "This text cannot be set. Choose another font or size.",
                cairo_status_to_string(status));
}

bool isColoured(const PangoGlyphItem& run) {
    if (run.item->analysis.font == nullptr || !PANGO_IS_FC_FONT(run.item->analysis.font)) return false;
    FcBool coloured = FcFalse;
    return FcPatternGetBool(pango_fc_font_get_pattern(PANGO_FC_FONT(run.item->analysis.font)), FC_COLOR, 0,
                            &coloured) == FcResultMatch &&
           coloured == FcTrue;
}

/// Calls for each run from left to right with where it begins, in points.
void forEachRun(const Lines& lines, const Line& line,
                const std::function<void(PangoGlyphItem& run, double x, double y)>& call) {
    double x = line.x;
    for (const GSList* at = line.line->runs; at != nullptr; at = at->next) {
        auto& run = *static_cast<PangoGlyphItem*>(at->data);
        call(run, x + run.start_x_offset * lines.unit, line.baseline - run.y_offset * lines.unit);
        x += (pango_glyph_string_get_width(run.glyphs) + run.start_x_offset + run.end_x_offset) * lines.unit;
    }
}

/// Until cairo_restore(), which leaves the path: a run's own size, at its place.
void standAt(cairo_t* cairo, const Lines& lines, double x, double y) {
    cairo_save(cairo);
    cairo_translate(cairo, x, y);
    cairo_scale(cairo, lines.unit * PANGO_SCALE, lines.unit * PANGO_SCALE);
    cairo_move_to(cairo, 0, 0);
}

void fillOutlines(cairo_t* cairo, const Lines& lines) {
    for (const Line& line : lines.lines) {
        forEachRun(lines, line, [&](const PangoGlyphItem& run, double x, double y) {
            if (isColoured(run)) return;
            standAt(cairo, lines, x, y);
            pango_cairo_glyph_string_path(cairo, run.item->analysis.font, run.glyphs);
            cairo_restore(cairo);
        });
        cairo_fill(cairo);
    }
}

void paintEmoji(cairo_t* cairo, const Lines& lines) {
    for (const Line& line : lines.lines)
        forEachRun(lines, line, [&](const PangoGlyphItem& run, double x, double y) {
            if (!isColoured(run)) return;
            standAt(cairo, lines, x, y);
            pango_cairo_show_glyph_string(cairo, run.item->analysis.font, run.glyphs);
            cairo_restore(cairo);
        });
}

/// 0xAARRGGBB, multiplied with alpha, to R, G, B, A, not multiplied.
void unmultiply(const std::uint32_t* from, std::byte* to, int pixels) {
    for (int i = 0; i < pixels; ++i, to += 4) {
        const std::uint32_t alpha = from[i] >> 24;
        if (alpha == 0) continue;  // `to` is 0 already
        const auto straight = [&](int shift) {
            const std::uint32_t value = from[i] >> shift & 255;
            return static_cast<std::byte>(std::min((value * 255 + alpha / 2) / alpha, 255U));
        };
        to[0] = straight(16);
        to[1] = straight(8);
        to[2] = straight(0);
        to[3] = static_cast<std::byte>(alpha);
    }
}

/// The smallest rectangle with every pixel whose last byte (coverage, alpha) is not 0.
image::PixelRect inkOf(const SetText& text) {
    const std::size_t each = text.bytesPerPixel();
    int left = text.size.width, right = -1, top = text.size.height, bottom = -1;
    for (int y = 0; y < text.size.height; ++y) {
        const std::byte* row = text.bytes.data() + text.stride() * static_cast<std::size_t>(y) + each - 1;
        const auto has = [&](int x) { return row[static_cast<std::size_t>(x) * each] != std::byte{0}; };
        int first = 0, last = text.size.width - 1;
        while (first <= last && !has(first)) ++first;
        if (first > last) continue;
        while (!has(last)) --last;
        left = std::min(left, first);
        right = std::max(right, last);
        top = std::min(top, y);
        bottom = y;
    }
    if (bottom < 0) return {};
    return {left, top, right - left + 1, bottom - top + 1};
}

}  // namespace

MissingGlyphs takeMissing(const Lines& lines) {
    MissingGlyphs missing;
    for (const Line& line : lines.lines)
        forEachRun(lines, line, [&](PangoGlyphItem& run, double, double) {
            for (int i = 0; i < run.glyphs->num_glyphs; ++i) {
                PangoGlyph& glyph = run.glyphs->glyphs[i].glyph;
                if (glyph == PANGO_GLYPH_EMPTY || (glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0) continue;
                const auto character = static_cast<char32_t>(glyph & ~PANGO_GLYPH_UNKNOWN_FLAG);
                glyph = PANGO_GLYPH_EMPTY;
                if (g_unichar_isspace(static_cast<gunichar>(character)) == FALSE &&
                    missing.characters.size() < MissingGlyphs::mostTold &&
                    std::ranges::find(missing.characters, character) == missing.characters.end())
                    missing.characters.push_back(character);
            }
        });
    return missing;
}

bool hasEmoji(const Lines& lines) {
    bool found = false;
    for (const Line& line : lines.lines)
        forEachRun(lines, line, [&](const PangoGlyphItem& run, double, double) { found = found || isColoured(run); });
    return found;
}

Result<void> drawText(const Typesetting& setting, const Lines& lines, Dpi dpiX, Dpi dpiY, SetText& text) {
    text.kind = hasEmoji(lines) ? SetText::Kind::Rgba : SetText::Kind::Coverage;
    const bool inColour = text.kind == SetText::Kind::Rgba;
    const Surface surface(cairo_image_surface_create(inColour ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_A8, text.size.width,
                                                     text.size.height));
    CONTONE_CHECK(checkStatus(cairo_surface_status(surface.get())));
    const Cairo cairo(cairo_create(surface.get()));
    cairo_set_antialias(cairo.get(), CAIRO_ANTIALIAS_BEST);
    cairo_set_tolerance(cairo.get(), 0.05);
    cairo_scale(cairo.get(), dpiX.value / 72.0, dpiY.value / 72.0);
    const Srgb& colour = setting.block->colour;
    cairo_set_source_rgb(cairo.get(), colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0);
    fillOutlines(cairo.get(), lines);
    if (inColour) paintEmoji(cairo.get(), lines);
    CONTONE_CHECK(checkStatus(cairo_status(cairo.get())));
    cairo_surface_flush(surface.get());

    try {
        text.bytes.assign(text.stride() * static_cast<std::size_t>(text.size.height), std::byte{0});
    } catch (const std::bad_alloc&) {
        return noMemory();
    }
    const unsigned char* from = cairo_image_surface_get_data(surface.get());
    const int stride = cairo_image_surface_get_stride(surface.get());
    for (int y = 0; y < text.size.height; ++y, from += stride) {
        std::byte* to = text.bytes.data() + text.stride() * static_cast<std::size_t>(y);
        if (inColour)
            unmultiply(reinterpret_cast<const std::uint32_t*>(from), to, text.size.width);
        else
            std::memcpy(to, from, static_cast<std::size_t>(text.size.width));
    }
    text.ink = inkOf(text);
    return {};
}

}  // namespace contone::text
