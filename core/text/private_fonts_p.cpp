// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The rules are few, and none touches antialiasing: a rule that does makes coloured emoji invisible
// (noto-emoji issue 362).
#include "core/text/private_fonts_p.h"

#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include <algorithm>
#include <string>

#include "core/text/bundled_fonts_p.h"

namespace contone::text {
namespace {

/// "emoji" is what Pango calls the family of emoji. The second half is fontconfig's 10-scale-bitmap-fonts.conf for
/// fonts of coloured pictures: it gives them the size that was asked for.
constexpr const char* kRules = R"(<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <match target="pattern">
    <test name="family" qual="any" compare="eq"><string>emoji</string></test>
    <edit name="family" mode="prepend" binding="strong"><string>Noto Color Emoji</string></edit>
  </match>
  <match target="pattern">
    <edit name="hinting" mode="assign" binding="same"><bool>false</bool></edit>
    <edit name="hintstyle" mode="assign" binding="same"><const>hintnone</const></edit>
  </match>
  <match target="font">
    <test name="outline" compare="eq"><bool>false</bool></test>
    <edit name="pixelsizefixupfactor" mode="assign">
      <divide><name target="pattern">pixelsize</name><name target="font">pixelsize</name></divide>
    </edit>
  </match>
  <match target="font">
    <test name="outline" compare="eq"><bool>false</bool></test>
    <test name="pixelsizefixupfactor" compare="not_eq"><double>1.0</double></test>
    <edit name="matrix" mode="assign">
      <times>
        <name>matrix</name>
        <matrix>
          <name>pixelsizefixupfactor</name><double>0</double>
          <double>0</double><name>pixelsizefixupfactor</name>
        </matrix>
      </times>
    </edit>
    <edit name="size" mode="assign">
      <divide><name>size</name><name>pixelsizefixupfactor</name></divide>
    </edit>
  </match>
</fontconfig>
)";

const FcChar8* bytesOf(const char* text) {
    return reinterpret_cast<const FcChar8*>(text);
}

std::unexpected<Error> libraryProblem(const char* what) {
    return fail(Code::Internal, "text-library", "Text cannot be set on this machine. Install Contone again.", what);
}

struct FontOptionsDestroy {
    void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};

}  // namespace

Result<PrivateFonts> PrivateFonts::open(const FontSetSettings& settings) {
    PrivateFonts fonts;
    fonts.m_config.reset(FcConfigCreate());
    if (!fonts.m_config) return libraryProblem("FcConfigCreate");
    // Before Pango's first font map: it has a thread read the system's configuration unless the process has one.
    if (settings.processFonts == ProcessFonts::OursAlone && FcConfigSetCurrent(fonts.m_config.get()) == FcFalse)
        return libraryProblem("FcConfigSetCurrent");
    if (FcConfigParseAndLoadFromMemory(fonts.m_config.get(), bytesOf(kRules), FcTrue) == FcFalse)
        return libraryProblem("FcConfigParseAndLoadFromMemory");
    CONTONE_CHECK(fonts.addFiles(settings));
    fonts.lookThroughFonts();

    fonts.m_map.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
    if (!fonts.m_map) return libraryProblem("no FreeType in Cairo");
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts.m_map.get()), fonts.m_config.get());
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts.m_map.get()), 72);
    return fonts;
}

Result<void> PrivateFonts::addFiles(const FontSetSettings& settings) {
    const auto add = [&](const Path& path) {
        return FcConfigAppFontAddFile(m_config.get(), bytesOf(path.c_str())) != FcFalse;
    };
    for (const std::string& name : bundledFiles()) {
        const Path path = settings.folder / name;
        if (!openForReading(path))
            return fail(Code::NotFound, "fonts-missing", "The fonts of Contone are not there. Install Contone again.",
                        path.string());
        if (!add(path))
            return fail(Code::Corrupt, "font-damaged", "A font of Contone is damaged. Install Contone again.",
                        path.string());
    }
    for (const Path& path : settings.systemFiles)
        if (!openForReading(path) || !add(path)) m_missing.push_back(path);
    return {};
}

void PrivateFonts::lookThroughFonts() {
    using CharSet = std::unique_ptr<FcCharSet, CharSetDestroy>;
    CharSet emoji(FcCharSetCreate()), others(FcCharSetCreate());
    for (const FcSetName name : {FcSetSystem, FcSetApplication}) {
        const FcFontSet* set = FcConfigGetFonts(m_config.get(), name);
        for (int i = 0; set != nullptr && i < set->nfont; ++i) {
            FcChar8* file = nullptr;
            if (FcPatternGetString(set->fonts[i], FC_FILE, 0, &file) == FcResultMatch) {
                const Path path(reinterpret_cast<const char*>(file));
                if (std::ranges::find(m_files, path) == m_files.end()) m_files.push_back(path);
            }
            FcCharSet* characters = nullptr;
            if (FcPatternGetCharSet(set->fonts[i], FC_CHARSET, 0, &characters) != FcResultMatch) continue;
            FcBool coloured = FcFalse;
            FcPatternGetBool(set->fonts[i], FC_COLOR, 0, &coloured);
            FcCharSetMerge(coloured == FcTrue ? emoji.get() : others.get(), characters, nullptr);
        }
    }
    m_onlyEmoji.reset(FcCharSetSubtract(emoji.get(), others.get()));
}

bool PrivateFonts::isOnlyEmoji(char32_t character) const {
    return m_onlyEmoji && FcCharSetHasChar(m_onlyEmoji.get(), character) == FcTrue;
}

GObjectOf<PangoContext> PrivateFonts::newContext() const {
    GObjectOf<PangoContext> context(pango_font_map_create_context(m_map.get()));
    const std::unique_ptr<cairo_font_options_t, FontOptionsDestroy> options(cairo_font_options_create());
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context.get(), options.get());
    pango_context_set_round_glyph_positions(context.get(), FALSE);
    pango_context_set_base_dir(context.get(), PANGO_DIRECTION_WEAK_LTR);
    return context;
}

}  // namespace contone::text
