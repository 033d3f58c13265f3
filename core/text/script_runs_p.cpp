// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Scripts by Unicode's property, languages by a short table.
#include "core/text/script_runs_p.h"

#include <pango/pango.h>

#include <algorithm>
#include <array>

#include "core/base/printable.h"

namespace contone::text {
namespace {

GUnicodeScript scriptOf(char32_t c) {
    return g_unichar_get_script(static_cast<gunichar>(c));
}

bool isOfNoScript(GUnicodeScript script) {
    return script == G_UNICODE_SCRIPT_COMMON || script == G_UNICODE_SCRIPT_INHERITED ||
           script == G_UNICODE_SCRIPT_UNKNOWN;
}

bool isHan(GUnicodeScript script) {
    return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_BOPOMOFO;
}

bool isJoined(GUnicodeScript script) {
    return script == G_UNICODE_SCRIPT_ARABIC || script == G_UNICODE_SCRIPT_SYRIAC ||
           script == G_UNICODE_SCRIPT_MONGOLIAN || script == G_UNICODE_SCRIPT_NKO ||
           script == G_UNICODE_SCRIPT_DEVANAGARI || script == G_UNICODE_SCRIPT_BENGALI;
}

std::string inLowerCase(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

bool hasSubtag(std::string_view tag, std::string_view subtag) {
    for (;;) {
        const std::size_t end = std::min(tag.find('-'), tag.size());
        if (tag.substr(0, end) == subtag) return true;
        if (end == tag.size()) return false;
        tag.remove_prefix(end + 1);
    }
}

bool isWrittenIn(const std::string& language, GUnicodeScript script) {
    return pango_language_includes_script(pango_language_from_string(language.c_str()),
                                          static_cast<PangoScript>(script)) != FALSE;
}

/// For a script that the block's language is not written in. A script of no font here keeps the block's language.
std::string languageFor(GUnicodeScript script, const std::string& language) {
    constexpr std::array<std::pair<GUnicodeScript, const char*>, 10> usual{{{G_UNICODE_SCRIPT_LATIN, "en"},
                                                                            {G_UNICODE_SCRIPT_CYRILLIC, "ru"},
                                                                            {G_UNICODE_SCRIPT_GREEK, "el"},
                                                                            {G_UNICODE_SCRIPT_ARABIC, "ar"},
                                                                            {G_UNICODE_SCRIPT_HEBREW, "he"},
                                                                            {G_UNICODE_SCRIPT_DEVANAGARI, "hi"},
                                                                            {G_UNICODE_SCRIPT_THAI, "th"},
                                                                            {G_UNICODE_SCRIPT_HIRAGANA, "ja"},
                                                                            {G_UNICODE_SCRIPT_KATAKANA, "ja"},
                                                                            {G_UNICODE_SCRIPT_HANGUL, "ko"}}};
    if (isWrittenIn(language, script)) return language;
    for (const auto& [known, usualLanguage] : usual)
        if (known == script) return usualLanguage;
    return language;
}

}  // namespace

std::string hanLanguage(std::string_view text, std::string_view language) {
    const std::string tag = inLowerCase(language);
    if (hasSubtag(tag, "hk") || hasSubtag(tag, "mo") || tag.starts_with("yue")) return "zh-hk";
    if (hasSubtag(tag, "hant") || hasSubtag(tag, "tw")) return "zh-tw";
    const std::string_view primary = std::string_view(tag).substr(0, tag.find('-'));
    if (primary == "zh") return "zh-cn";
    if (primary == "ja" || primary == "ko") return std::string(primary);
    while (!text.empty()) {
        const Character c = firstCharacter(text);
        if (c.size == 0) break;
        const GUnicodeScript script = scriptOf(c.value);
        if (script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA) return "ja";
        if (script == G_UNICODE_SCRIPT_HANGUL) return "ko";
        text.remove_prefix(c.size);
    }
    return "zh-cn";
}

std::vector<ScriptRun> scriptRuns(std::string_view text, std::string_view language) {
    const std::string tag = inLowerCase(language);
    const std::string han = hanLanguage(text, language);
    std::vector<ScriptRun> runs;
    GUnicodeScript last = G_UNICODE_SCRIPT_UNKNOWN;
    std::size_t at = 0;
    while (at < text.size()) {
        const Character c = firstCharacter(text.substr(at));
        if (c.size == 0) break;
        const GUnicodeScript script = scriptOf(c.value);
        if (runs.empty() || (!isOfNoScript(script) && script != last)) {
            const std::string own = isHan(script) ? han : isOfNoScript(script) ? tag : languageFor(script, tag);
            // What stands before the first letter goes with it.
            if (runs.size() == 1 && isOfNoScript(last))
                runs.back() = {0, at, own, isJoined(script)};
            else if (runs.empty() || runs.back().language != own || runs.back().isJoined != isJoined(script))
                runs.push_back({at, at, own, isJoined(script)});
            last = script;
        }
        at += c.size;
        runs.back().to = at;
    }
    return runs;
}

}  // namespace contone::text
