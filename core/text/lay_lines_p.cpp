// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Pango breaks and shapes; where lines stand is decided here, so that ink stays in the box.
#include "core/text/lay_lines_p.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/text/emoji_marks_p.h"
#include "core/text/script_runs_p.h"

namespace contone::text {
namespace {

/// What is equal may differ by that: points.
constexpr double nothing = 0.0005;

struct AttributesUnref {
    void operator()(PangoAttrList* attributes) const { pango_attr_list_unref(attributes); }
};
struct MetricsUnref {
    void operator()(PangoFontMetrics* metrics) const { pango_font_metrics_unref(metrics); }
};

/// The size at which Pango lays out, whatever the size of the text: nothing is hinted or rounded, so all sizes are
/// alike, and a size that was never set before does not cost a search through all fonts.
constexpr int emOfLayouts = 64;

int units(double ems) {
    return static_cast<int>(std::lround(ems * emOfLayouts * PANGO_SCALE));
}

void apply(PangoAttrList* attributes, PangoAttribute* attribute, const ScriptRun& run) {
    attribute->start_index = static_cast<guint>(run.from);
    attribute->end_index = static_cast<guint>(run.to);
    pango_attr_list_insert(attributes, attribute);
}

FontDescription describe(const Typesetting& setting) {
    const TextBlock& block = *setting.block;
    FontDescription font(pango_font_description_new());
    pango_font_description_set_family(font.get(), setting.families.c_str());
    pango_font_description_set_absolute_size(font.get(), static_cast<double>(emOfLayouts) * PANGO_SCALE);
    pango_font_description_set_weight(font.get(),
                                      block.weight == Weight::Bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(font.get(),
                                     block.slant == Slant::Italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    return font;
}

/// What the family's designer puts between the bottom of a line and the top of the next one, in units. Pango's lines
/// leave it out.
int gapBetweenLines(const Typesetting& setting) {
    const FontDescription description = describe(setting);
    const GObjectOf<PangoFont> font(pango_context_load_font(setting.context, description.get()));
    if (!font) return 0;
    const std::unique_ptr<PangoFontMetrics, MetricsUnref> metrics(pango_font_get_metrics(font.get(), nullptr));
    const int gap = pango_font_metrics_get_height(metrics.get()) - pango_font_metrics_get_ascent(metrics.get()) -
                    pango_font_metrics_get_descent(metrics.get());
    return std::max(gap, 0);
}

GObjectOf<PangoLayout> newLayout(const Typesetting& setting, double size, std::string_view text) {
    const TextBlock& block = *setting.block;
    GObjectOf<PangoLayout> layout(pango_layout_new(setting.context));
    pango_layout_set_font_description(layout.get(), describe(setting).get());
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    const std::unique_ptr<PangoAttrList, AttributesUnref> attributes(pango_attr_list_new());
    for (const ScriptRun& run : scriptRuns(text, block.language)) {
        apply(attributes.get(), pango_attr_language_new(pango_language_from_string(run.language.c_str())), run);
        const int spacing = static_cast<int>(block.letterSpacing * emOfLayouts * PANGO_SCALE);
        if (!run.isJoined && spacing != 0) apply(attributes.get(), pango_attr_letter_spacing_new(spacing), run);
    }
    pango_layout_set_attributes(layout.get(), attributes.get());
    pango_layout_set_width(layout.get(), units(setting.boxWidth / size));
    return layout;
}

Line measured(PangoLayoutLine* line, double unit) {
    PangoRectangle ink, logical;
    pango_layout_line_get_extents(line, &ink, &logical);
    return {.line = line,
            .isRightToLeft = pango_layout_line_get_resolved_direction(line) == PANGO_DIRECTION_RTL,
            .width = logical.width * unit,
            .top = logical.y * unit,
            .bottom = (logical.y + logical.height) * unit,
            .inkLeft = ink.x * unit,
            .inkRight = (ink.x + ink.width) * unit,
            .inkTop = ink.y * unit,
            .inkBottom = (ink.y + ink.height) * unit};
}

/// Baselines from the top of the first line, heights and what fits.
void measure(const Typesetting& setting, Lines& all) {
    const double gap = all.lines.size() > 1 ? gapBetweenLines(setting) * all.unit : 0;
    all.fitsAcross = true;
    double baseline = 0;
    for (std::size_t i = 0; i < all.lines.size(); ++i) {
        Line& line = all.lines[i];
        if (i == 0)
            baseline = -line.top;
        else
            baseline += (all.lines[i - 1].bottom - line.top + gap) * setting.block->lineSpacing;
        line.baseline = baseline;
        all.inkTop = i == 0 ? baseline + line.inkTop : std::min(all.inkTop, baseline + line.inkTop);
        all.inkBottom = i == 0 ? baseline + line.inkBottom : std::max(all.inkBottom, baseline + line.inkBottom);
        if (std::max(line.width, line.inkRight - line.inkLeft) > setting.boxWidth + nothing) all.fitsAcross = false;
    }
    all.height = all.lines.empty() ? 0 : baseline + all.lines.back().bottom;
}

/// Where something from `least` to `most` has to be moved to lie within 0…room, if that can be.
double movedInside(double least, double most, double room) {
    if (most - least > room) return 0;
    return least < 0 ? -least : most > room ? room - most : 0;
}

/// The characters of `text` that the ellipsis of a line stands for.
int hiddenBy(PangoLayoutLine* line, std::string_view text) {
    for (const GSList* at = line->runs; at != nullptr; at = at->next) {
        const auto* run = static_cast<const PangoGlyphItem*>(at->data);
        if ((run->item->analysis.flags & PANGO_ANALYSIS_FLAG_IS_ELLIPSIS) == 0) continue;
        const auto from = static_cast<std::size_t>(run->item->offset);
        if (from < text.size()) return countTyped(text.substr(from, static_cast<std::size_t>(run->item->length)));
    }
    return 0;
}

}  // namespace

Lines layLines(const Typesetting& setting, double size, LongWords longWords) {
    Lines all;
    all.unit = size / emOfLayouts / PANGO_SCALE;
    all.layouts.push_back(newLayout(setting, size, setting.text));
    PangoLayout* layout = all.layouts.back().get();
    pango_layout_set_wrap(layout, longWords == LongWords::Whole ? PANGO_WRAP_WORD : PANGO_WRAP_WORD_CHAR);
    for (GSList* at = pango_layout_get_lines_readonly(layout); at != nullptr; at = at->next)
        all.lines.push_back(measured(static_cast<PangoLayoutLine*>(at->data), all.unit));
    measure(setting, all);
    return all;
}

int cutLines(const Typesetting& setting, double size, Lines& all) {
    std::size_t room = 1;
    while (room < all.lines.size() && all.lines[room].baseline + all.lines[room].bottom <= setting.boxHeight + nothing)
        ++room;
    if (room == all.lines.size()) return 0;
    const Line last = all.lines[room - 1];
    const std::string_view rest =
        std::string_view(setting.text).substr(static_cast<std::size_t>(last.line->start_index));
    const std::string_view paragraph = rest.substr(0, rest.find('\n'));
    const bool isLastParagraph = paragraph.size() == rest.size();
    all.lines.resize(room - 1);

    // Where more paragraphs follow, an ellipsis stands for them even if this one has room.
    all.layouts.push_back(newLayout(setting, size, std::string(paragraph) + (isLastParagraph ? "" : " \u2026")));
    PangoLayout* layout = all.layouts.back().get();
    pango_layout_set_auto_dir(layout, FALSE);
    pango_context_set_base_dir(setting.context, last.isRightToLeft ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    pango_layout_context_changed(layout);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    PangoLayoutLine* line = pango_layout_get_line_readonly(layout, 0);
    all.lines.push_back(measured(line, all.unit));
    pango_context_set_base_dir(setting.context, PANGO_DIRECTION_WEAK_LTR);
    measure(setting, all);
    return hiddenBy(line, paragraph) + countTyped(rest.substr(paragraph.size()));
}

bool fits(const Typesetting& setting, const Lines& all) {
    return all.fitsAcross && std::max(all.height, all.inkBottom - all.inkTop) <= setting.boxHeight + nothing;
}

void placeLines(const Typesetting& setting, Lines& all) {
    const double spare = setting.boxHeight - all.height;
    double top = setting.block->down == Down::Top ? 0 : setting.block->down == Down::Middle ? spare / 2 : spare;
    if (spare < 0) top = 0;
    top += movedInside(top + all.inkTop, top + all.inkBottom, setting.boxHeight);
    for (Line& line : all.lines) {
        line.baseline += top;
        Across across = setting.block->across;
        if (across == Across::Start) across = line.isRightToLeft ? Across::Right : Across::Left;
        if (across == Across::End) across = line.isRightToLeft ? Across::Left : Across::Right;
        const double room = setting.boxWidth - line.width;
        line.x = across == Across::Left ? 0 : across == Across::Centre ? room / 2 : room;
        line.x += movedInside(line.x + line.inkLeft, line.x + line.inkRight, setting.boxWidth);
    }
}

}  // namespace contone::text
