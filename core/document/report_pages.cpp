// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A report on sheets of A4.
#include <algorithm>
#include <numeric>

#include "core/document/document.h"
#include "core/document/words_p.h"
#include "core/words/say.h"

namespace contone::document {
namespace {

using report::Table;

constexpr double millimetre = 72 / 25.4;
constexpr double width = 210 * millimetre, height = 297 * millimetre;
constexpr double left = 20 * millimetre, right = width - 18 * millimetre;
constexpr double top = 20 * millimetre, bottom = height - 22 * millimetre;
constexpr double titleSize = 16, sectionSize = 10.5, wordSize = 9, leastSize = 6.5;
constexpr double lineOf = 1.55;  ///< times the size, from baseline to baseline
constexpr double gap = 12, beforeSection = 18;

/// Where columns stand, and in which size.
struct Columns {
    double size = wordSize;
    std::vector<double> x;      ///< left edge of words, right edge of numbers
    std::vector<double> rooms;  ///< that words may take
};

class Layouter {
  public:
    Layouter(const words::Locale& locale, const text::FontSet& fonts) : m_locale(locale), m_fonts(fonts) {}

    Result<std::vector<text::VectorPage>> lay(const report::ReportTables& report) {
        newPage();
        m_y += titleSize;
        put({left, m_y, report.title, titleSize, text::Weight::Bold});
        m_y += 6;
        for (const std::string& remark : report.remarks) CONTONE_CHECK(addRemark(remark));
        for (const Table& table : report.tables) CONTONE_CHECK(add(table));
        addFooters(report.title);
        return std::move(m_pages);
    }

  private:
    void newPage() {
        m_pages.push_back({width, height, {}, {}});
        m_y = top;
    }
    void put(text::PageText text) { m_pages.back().texts.push_back(std::move(text)); }
    void rule(double y, double thickness) { m_pages.back().boxes.push_back({left, y, right - left, thickness}); }
    bool isRoomFor(double points) const { return m_y + points <= bottom; }

    Result<void> addRemark(const std::string& remark) {
        text::PageText like{.text = remark, .size = wordSize};
        CONTONE_TRY(const std::vector<std::string> lines, wrapped(m_fonts, like, right - left));
        for (const std::string& line : lines) {
            if (!isRoomFor(wordSize * lineOf)) newPage();
            m_y += wordSize * lineOf;
            put({left, m_y, line, wordSize});
        }
        return {};
    }

    Result<std::vector<double>> widthsOf(const Table& table, double size) const {
        std::vector<double> widths(table.heads.size());
        const auto look = [&](const std::vector<std::string>& cells, text::Weight weight) -> Result<void> {
            for (std::size_t i = 0; i < cells.size(); i++) {
                CONTONE_TRY(const double is, m_fonts.widthOf({.text = cells[i], .size = size, .weight = weight}));
                widths[i] = std::max(widths[i], is);
            }
            return {};
        };
        CONTONE_CHECK(look(table.heads, text::Weight::Regular));
        for (const auto& row : table.rows)
            CONTONE_CHECK(
                look(row, table.hasTotal && &row == &table.rows.back() ? text::Weight::Bold : text::Weight::Regular));
        return widths;
    }
    /// Numbers stand at the right edge of the page, words at its left one.
    Result<Columns> columnsOf(const Table& table) const {
        Columns columns;
        CONTONE_TRY(std::vector<double> widths, widthsOf(table, columns.size));
        const double gaps = gap * static_cast<double>(widths.size() - 1), room = right - left - gaps;
        const double needed = std::accumulate(widths.begin(), widths.end(), 0.0);
        if (needed > room) {
            columns.size = std::max(leastSize, wordSize * room / needed);
            for (double& one : widths) one *= columns.size / wordSize;
        }
        const auto words = static_cast<std::ptrdiff_t>(table.words);
        const double numbers = std::accumulate(widths.begin() + words, widths.end(), 0.0);
        const double forWords = room - numbers, asked = std::accumulate(widths.begin(), widths.begin() + words, 0.0);
        const double narrowed = asked > forWords ? std::max(forWords, 0.0) / asked : 1;
        columns.rooms = widths;
        columns.x.resize(widths.size());
        double x = left;
        for (std::size_t i = 0; i < table.words; i++) {
            columns.x[i] = x;
            columns.rooms[i] *= narrowed;
            x += columns.rooms[i] + gap;
        }
        double edge = right;
        for (std::size_t i = widths.size(); i-- > table.words;) {
            columns.x[i] = edge;
            edge -= widths[i] + gap;
        }
        return columns;
    }

    Result<void> addRow(const Table& table, const Columns& columns, const std::vector<std::string>& cells,
                        text::Weight weight) {
        m_y += columns.size * lineOf;
        for (std::size_t i = 0; i < cells.size(); i++) {
            const bool isWord = i < table.words;
            text::PageText text{columns.x[i], m_y,    cells[i],
                                columns.size, weight, isWord ? text::Anchor::Left : text::Anchor::Right};
            // Half a point more: what was measured in one size is set in another.
            if (isWord) {
                CONTONE_TRY(text.text, cutTo(m_fonts, text, columns.rooms[i] + 0.5));
            }
            if (!text.text.empty()) put(std::move(text));
        }
        return {};
    }
    Result<void> addHead(const Table& table, const Columns& columns) {
        CONTONE_CHECK(addRow(table, columns, table.heads, text::Weight::Regular));
        m_y += 4;
        rule(m_y, 0.5);
        m_y += 1;
        return {};
    }
    Result<void> add(const Table& table) {
        CONTONE_TRY(const Columns columns, columnsOf(table));
        const double line = columns.size * lineOf;
        const double rows = static_cast<double>(std::min<std::size_t>(table.rows.size(), 3));
        if (!isRoomFor(beforeSection + sectionSize + 5 + line * (1 + rows) + 10)) newPage();
        m_y += m_y > top ? beforeSection : 0;
        m_y += sectionSize;
        put({left, m_y, table.title, sectionSize, text::Weight::Bold});
        m_y += 3;
        CONTONE_CHECK(addHead(table, columns));
        for (std::size_t i = 0; i < table.rows.size(); i++) {
            const bool isTotal = table.hasTotal && i + 1 == table.rows.size();
            const bool hasSumNext = table.hasTotal && i + 2 == table.rows.size();
            if (!isTotal && !isRoomFor(line * (hasSumNext ? 2 : 1) + 6)) {
                newPage();
                CONTONE_CHECK(addHead(table, columns));
            }
            if (isTotal) {
                m_y += 4;
                rule(m_y, 0.5);
                m_y += 1;
            }
            CONTONE_CHECK(addRow(table, columns, table.rows[i], isTotal ? text::Weight::Bold : text::Weight::Regular));
        }
        for (const std::string& remark : table.remarks) CONTONE_CHECK(addRemark(remark));
        return {};
    }

    void addFooters(const std::string& title) {
        const auto pages = static_cast<std::int64_t>(m_pages.size());
        for (std::int64_t i = 0; i < pages; i++) {
            text::VectorPage& page = m_pages[static_cast<std::size_t>(i)];
            const double y = height - 12 * millimetre;
            page.texts.push_back({left, y, title, 8});
            page.texts.push_back({right, y, words::say(m_locale, "report.page", {{"page", i + 1}, {"pages", pages}}), 8,
                                  text::Weight::Regular, text::Anchor::Right});
        }
    }

    const words::Locale& m_locale;
    const text::FontSet& m_fonts;
    std::vector<text::VectorPage> m_pages;
    double m_y = 0;
};

}  // namespace

Result<std::vector<text::VectorPage>> pagesOf(const report::ReportTables& report, const words::Locale& locale,
                                              const text::FontSet& fonts) {
    return Layouter(locale, fonts).lay(report);
}

}  // namespace contone::document
