// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The table of fonts. resources/fonts/ORIGIN.md says where they come from.
#include "core/text/bundled_fonts_p.h"

namespace contone::text {

const std::vector<std::string>& bundledFiles() {
    static const std::vector<std::string> files{
        "Lato-Regular.ttf",
        "Lato-Italic.ttf",
        "Lato-Bold.ttf",
        "Lato-BoldItalic.ttf",
        "Vollkorn-Regular.ttf",
        "Vollkorn-Italic.ttf",
        "Vollkorn-Bold.ttf",
        "Vollkorn-BoldItalic.ttf",
        "KaushanScript-Regular.otf",
        "NotoNaskhArabic-Regular.ttf",
        "NotoNaskhArabic-Bold.ttf",
        "NotoSansHebrew-Regular.ttf",
        "NotoSansHebrew-Bold.ttf",
        "NotoSansDevanagari-Regular.ttf",
        "NotoSansDevanagari-Bold.ttf",
        "NotoSansThai-Regular.ttf",
        "NotoSansThai-Bold.ttf",
    };
    return files;
}

const std::vector<FontFamily>& bundledFamilies() {
    static const std::vector<FontFamily> families{
        {.name = "Lato", .hasBold = true, .hasItalic = true},
        {.name = "Vollkorn", .hasBold = true, .hasItalic = true},
        {.name = "Kaushan Script", .hasBold = false, .hasItalic = false},
    };
    return families;
}

std::vector<Path> FontSetSettings::debianFiles() {
    return {"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
            "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"};
}

std::string familyOrder(std::string_view family, std::string_view hanLanguage) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> han{{{"ja", "Noto Sans CJK JP"},
                                                                                {"ko", "Noto Sans CJK KR"},
                                                                                {"zh-cn", "Noto Sans CJK SC"},
                                                                                {"zh-tw", "Noto Sans CJK TC"},
                                                                                {"zh-hk", "Noto Sans CJK HK"}}};
    std::string order(family);
    order += ",Lato,Noto Naskh Arabic,Noto Sans Hebrew,Noto Sans Devanagari,Noto Sans Thai";
    for (const auto& [language, name] : han)
        if (language == hanLanguage) order.append(",").append(name);
    for (const auto& [language, name] : han)
        if (language != hanLanguage) order.append(",").append(name);
    return order.append(",").append(emojiFamily);
}

}  // namespace contone::text
