// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A slip on a strip of paper of 80 mm.
#include <algorithm>

#include "core/document/bar_code_p.h"
#include "core/document/document.h"
#include "core/document/words_p.h"

namespace contone::document {
namespace {

constexpr double millimetre = 72 / 25.4;
constexpr double width = 80 * millimetre, margin = 5 * millimetre;
constexpr double size = 9, largeSize = 20, gap = 8;
constexpr double barHeight = 14 * millimetre, thickestModule = 0.4 * millimetre;

class Strip {
  public:
    explicit Strip(const text::FontSet& fonts) : m_fonts(fonts) { m_page.width = width; }

    Result<void> add(const slip::Row& row) {
        if (row.rule) {
            m_page.boxes.push_back({margin, m_y + 3, width - 2 * margin, 0.6});
            m_y += 7;
            return {};
        }
        if (!row.code.empty()) {
            const std::vector<int> bars = barCode(row.code);
            if (!bars.empty()) {
                addBars(bars);
                return {};
            }
        }
        return addText(row);
    }
    text::VectorPage done() {
        m_page.height = m_y + margin;
        return std::move(m_page);
    }

  private:
    void addBars(const std::vector<int>& bars) {
        int modules = 20;  // white, ten at each side
        for (const int bar : bars) modules += bar;
        const double module = std::min(thickestModule, (width - 2 * margin) / modules);
        double x = (width - modules * module) / 2 + 10 * module;
        for (std::size_t i = 0; i < bars.size(); i++) {
            if (i % 2 == 0) m_page.boxes.push_back({x, m_y + 4, bars[i] * module, barHeight});
            x += bars[i] * module;
        }
        m_y += barHeight + 10;
    }
    Result<void> addText(const slip::Row& row) {
        text::PageText like{.text = row.code.empty() ? row.text : row.code,
                            .size = row.large ? largeSize : size,
                            .weight = row.bold ? text::Weight::Bold : text::Weight::Regular};
        text::PageText right = like;
        right.text = row.right;
        right.anchor = text::Anchor::Right;
        double room = width - 2 * margin;
        if (!row.right.empty()) {
            CONTONE_TRY(const double taken, m_fonts.widthOf(right));
            room = std::max(room - taken - gap, room / 3);
        }
        CONTONE_TRY(const std::vector<std::string> lines, wrapped(m_fonts, like, room));
        const bool isCentred = row.align == slip::Align::Centre && row.right.empty();
        like.anchor = isCentred ? text::Anchor::Centre : text::Anchor::Left;
        like.x = isCentred ? width / 2 : margin;
        for (const std::string& line : lines) {
            m_y += like.size * 1.35;
            like.text = line;
            like.baseline = m_y - like.size * 0.3;
            m_page.texts.push_back(like);
        }
        if (row.right.empty()) return {};
        right.x = width - margin;
        right.baseline = like.baseline;  // beside the last of its lines
        m_page.texts.push_back(std::move(right));
        return {};
    }

    const text::FontSet& m_fonts;
    text::VectorPage m_page;
    double m_y = margin;
};

}  // namespace

Result<std::vector<text::VectorPage>> pagesOf(const slip::Slip& slip, const text::FontSet& fonts) {
    Strip strip(fonts);
    for (const slip::Row& row : slip.rows) CONTONE_CHECK(strip.add(row));
    return std::vector{strip.done()};
}

}  // namespace contone::document
