// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PrivateFonts: a fontconfig configuration with our files alone, and Pango's fonts made of it.
#pragma once

#include <fontconfig/fontconfig.h>
#include <pango/pango.h>

#include <memory>
#include <vector>

#include "core/base/file.h"
#include "core/text/font_set.h"

namespace contone::text {

struct Unref {
    void operator()(gpointer object) const { g_object_unref(object); }
};
template <class T>
using GObjectOf = std::unique_ptr<T, Unref>;

struct FontDescriptionFree {
    void operator()(PangoFontDescription* description) const { pango_font_description_free(description); }
};
using FontDescription = std::unique_ptr<PangoFontDescription, FontDescriptionFree>;

class PrivateFonts {
  public:
    /// Fails as FontSet::open.
    static Result<PrivateFonts> open(const FontSetSettings& settings);

    /// One unit of this context is a point, whatever the resolution; no metrics are rounded, nothing is hinted.
    GObjectOf<PangoContext> newContext() const;
    /// The font of coloured emoji has it, and no other.
    bool isOnlyEmoji(char32_t character) const;
    /// As the configuration lists them, each once.
    const std::vector<Path>& files() const { return m_files; }
    const std::vector<Path>& missing() const { return m_missing; }

  private:
    struct ConfigDestroy {
        void operator()(FcConfig* config) const { FcConfigDestroy(config); }
    };
    struct CharSetDestroy {
        void operator()(FcCharSet* set) const { FcCharSetDestroy(set); }
    };
    PrivateFonts() = default;
    Result<void> addFiles(const FontSetSettings& settings);
    void lookThroughFonts();

    std::unique_ptr<FcConfig, ConfigDestroy> m_config;
    GObjectOf<PangoFontMap> m_map;
    std::unique_ptr<FcCharSet, CharSetDestroy> m_onlyEmoji;
    std::vector<Path> m_files, m_missing;
};

}  // namespace contone::text
