// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The table of Code 128.
#include "core/document/bar_code_p.h"

#include <algorithm>
#include <array>
#include <string>

namespace contone::document {
namespace {

constexpr std::array<const char*, 107> patterns{
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312",
    "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132", "221231", "213212",
    "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321", "232121",
    "111323", "131123", "131321", "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331",
    "132131", "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131", "311123",
    "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111", "111224", "111422", "121124",
    "121421", "141122", "141221", "112214", "112412", "122114", "122411", "142112", "142211", "241211", "221114",
    "413111", "241112", "134111", "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112",
    "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
    "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112"};
constexpr std::size_t startB = 104, stop = 106;

}  // namespace

std::vector<int> barCode(std::string_view text) {
    const bool isPrintable = std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 127; });
    if (text.empty() || text.size() > mostBarCode || !isPrintable) return {};
    std::vector<std::size_t> symbols{startB};
    std::size_t check = startB;
    for (std::size_t i = 0; i < text.size(); i++) {
        symbols.push_back(static_cast<std::size_t>(text[i] - ' '));
        check += symbols.back() * (i + 1);
    }
    symbols.push_back(check % 103);
    symbols.push_back(stop);
    std::vector<int> widths;
    for (const std::size_t symbol : symbols)
        for (const char* width = patterns[symbol]; *width != '\0'; width++) widths.push_back(*width - '0');
    return widths;
}

}  // namespace contone::document
