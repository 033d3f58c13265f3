// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Which language each part of a text is shaped in. Pango would ask the environment for those that the block's language
// says nothing of, and a text would look different on another machine.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace contone::text {

struct ScriptRun {
    std::size_t from = 0, to = 0;  ///< bytes
    std::string language;          ///< one that is written in this script
    bool isJoined = false;         ///< its letters hang together; they are not spaced out
    bool operator==(const ScriptRun&) const = default;
};

/// Whose forms Han letters have: ja, ko, zh-cn, zh-tw or zh-hk. The block's language if it is one of these; else Kana
/// and Hangul in the text tell; else zh-cn.
std::string hanLanguage(std::string_view text, std::string_view language);

/// Without gaps from the first byte to the last. Letters of no script (digits, blanks) belong to what is before them.
std::vector<ScriptRun> scriptRuns(std::string_view text, std::string_view language);

}  // namespace contone::text
