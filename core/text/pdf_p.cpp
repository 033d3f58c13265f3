// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Cairo's PDF surface, written to memory.
#include "core/text/pdf_p.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <ctime>
#include <memory>
#include <new>

#include "core/text/bundled_fonts_p.h"
#include "core/text/clean_text_p.h"

namespace contone::text {
namespace {

struct SurfaceDestroy {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct CairoDestroy {
    void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};

std::unexpected<Error> failed(const char* what) {
    return fail(Code::Internal, "text-library", "The page cannot be written as PDF.", what);
}

GObjectOf<PangoLayout> layoutOf(PangoContext* context, const PageText& text) {
    GObjectOf<PangoLayout> layout(pango_layout_new(context));
    const FontDescription description(pango_font_description_from_string(familyOrder("Lato", "").c_str()));
    pango_font_description_set_absolute_size(description.get(), text.size * PANGO_SCALE);
    if (text.weight == Weight::Bold) pango_font_description_set_weight(description.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), description.get());
    PangoAttrList* attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_font_features_new("tnum=1"));  // figures stand one below the other
    pango_layout_set_attributes(layout.get(), attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
    const std::string clean = cleanText(text.text).text;
    pango_layout_set_text(layout.get(), clean.data(), static_cast<int>(clean.size()));
    return layout;
}

double widthOf(PangoLayout* layout) {
    int width = 0;
    pango_layout_get_size(layout, &width, nullptr);
    return static_cast<double>(width) / PANGO_SCALE;
}

void draw(cairo_t* cairo, PangoContext* context, const PageText& text) {
    const GObjectOf<PangoLayout> layout = layoutOf(context, text);
    const double shift = text.anchor == Anchor::Left ? 0 : text.anchor == Anchor::Centre ? 0.5 : 1;
    cairo_move_to(cairo, text.x - shift * widthOf(layout.get()), text.baseline);
    pango_cairo_show_layout_line(cairo, pango_layout_get_line_readonly(layout.get(), 0));
}

std::string dateOf(Instant at) {
    const auto seconds = static_cast<std::time_t>(at.ms / 1000);
    std::tm day{};
    ::gmtime_r(&seconds, &day);
    char text[40];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &day)};
}

cairo_status_t append(void* to, const unsigned char* data, unsigned length) noexcept {
    try {
        auto& bytes = *static_cast<Bytes*>(to);
        const auto* from = reinterpret_cast<const std::byte*>(data);
        bytes.insert(bytes.end(), from, from + length);
        return CAIRO_STATUS_SUCCESS;
    } catch (const std::bad_alloc&) {
        return CAIRO_STATUS_NO_MEMORY;
    }
}

}  // namespace

Result<double> widthOf(const PrivateFonts& fonts, const PageText& text) {
    const GObjectOf<PangoContext> context = fonts.newContext();
    if (!context) return failed("no context");
    return widthOf(layoutOf(context.get(), text).get());
}

Result<Bytes> writePdf(const PrivateFonts& fonts, std::span<const VectorPage> pages, const PdfTerms& terms) {
    if (pages.empty()) return failed("no page");
    const GObjectOf<PangoContext> context = fonts.newContext();
    if (!context) return failed("no context");
    Bytes bytes;
    const std::unique_ptr<cairo_surface_t, SurfaceDestroy> surface(
        cairo_pdf_surface_create_for_stream(append, &bytes, pages.front().width, pages.front().height));
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, terms.title.c_str());
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "Contone");
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, dateOf(terms.created).c_str());
    const std::unique_ptr<cairo_t, CairoDestroy> cairo(cairo_create(surface.get()));
    for (const VectorPage& page : pages) {
        cairo_pdf_surface_set_size(surface.get(), page.width, page.height);
        cairo_set_source_rgb(cairo.get(), 0, 0, 0);
        for (const PageBox& box : page.boxes) cairo_rectangle(cairo.get(), box.x, box.y, box.width, box.height);
        cairo_fill(cairo.get());
        for (const PageText& text : page.texts) draw(cairo.get(), context.get(), text);
        cairo_show_page(cairo.get());
    }
    cairo_surface_finish(surface.get());
    for (const cairo_status_t status : {cairo_status(cairo.get()), cairo_surface_status(surface.get())}) {
        if (status == CAIRO_STATUS_NO_MEMORY)
            return fail(Code::Unavailable, "no-memory", "There is not enough memory for this page. Close something.");
        if (status != CAIRO_STATUS_SUCCESS) return failed(cairo_status_to_string(status));
    }
    return bytes;
}

}  // namespace contone::text
