// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Lines measured with the fonts that they are set in.
#include "core/document/words_p.h"

#include <algorithm>

namespace contone::document {

Result<std::string> cutTo(const text::FontSet& fonts, text::PageText like, double width) {
    const std::string whole = like.text;
    for (std::size_t end = whole.size();;) {
        CONTONE_TRY(const double is, fonts.widthOf(like));
        if (is <= width || end == 0) return like.text;
        end--;
        while (end > 0 && (static_cast<unsigned char>(whole[end]) & 0xC0U) == 0x80U) end--;
        like.text = whole.substr(0, end) + "…";
    }
}

Result<std::vector<std::string>> wrapped(const text::FontSet& fonts, text::PageText like, double width) {
    std::vector<std::string> lines(1);
    std::string rest = like.text;
    // Blanks before the first word set notes apart from what they are of, in all of their lines.
    const std::string indent = rest.substr(0, std::min(rest.find_first_not_of(' '), rest.size()));
    lines.back() = indent;
    rest.erase(0, indent.size());
    bool isFirst = true;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        const std::string word = rest.substr(0, end);
        rest.erase(0, std::min(end + 1, rest.size()));
        like.text = lines.back() + (isFirst ? "" : " ") + word;
        CONTONE_TRY(const double is, fonts.widthOf(like));
        if (is <= width) {
            lines.back() = like.text;
        } else {
            like.text = indent + word;
            CONTONE_TRY(std::string fitting, cutTo(fonts, like, width));
            if (isFirst)
                lines.back() = std::move(fitting);
            else
                lines.push_back(std::move(fitting));
        }
        isFirst = false;
    }
    return lines;
}

}  // namespace contone::document
