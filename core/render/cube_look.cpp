// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reads the text twice: words and rows are counted first.
#include "core/render/cube_look.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace contone::render {
namespace {

std::unexpected<Error> damaged(int line, const std::string& what) {
    return fail(Code::Corrupt, "cube-damaged",
                "Line " + std::to_string(line) + " of this .cube file " + what + ". Export the look again.",
                "line " + std::to_string(line));
}

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

/// What stands before the next space, which it takes away with it.
std::string_view word(std::string_view& line) {
    while (!line.empty() && isSpace(line.front())) line.remove_prefix(1);
    const auto end = std::ranges::find_if(line, isSpace);
    const std::string_view first(line.begin(), end);
    line.remove_prefix(first.size());
    return first;
}

/// The one line after the other, without comments.
class Lines {
  public:
    explicit Lines(std::string_view text) : m_rest(text) {
        if (m_rest.starts_with("\xEF\xBB\xBF")) m_rest.remove_prefix(3);
    }
    std::optional<std::string_view> next() {
        if (m_rest.empty()) return std::nullopt;
        std::string_view line = m_rest.substr(0, m_rest.find('\n'));
        m_rest.remove_prefix(std::min(line.size() + 1, m_rest.size()));
        m_number++;
        return line.substr(0, line.find('#'));
    }
    int number() const { return m_number; }

  private:
    std::string_view m_rest;
    int m_number = 0;
};

bool startsNumber(std::string_view first) {
    return (first.front() >= '0' && first.front() <= '9') || first.front() == '-' || first.front() == '+' ||
           first.front() == '.';
}

Result<void> numbers(std::string_view line, int at, std::span<float> values) {
    for (float& value : values) {
        std::string_view text = word(line);
        if (text.starts_with('+')) text.remove_prefix(1);
        const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
        if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size() ||
            !(std::fabs(value) <= static_cast<float>(CubeLook::farthest)))
            return damaged(at, "should have " + std::to_string(values.size()) + " numbers between -1000 and 1000");
    }
    if (!word(line).empty()) return damaged(at, "has more than " + std::to_string(values.size()) + " numbers");
    return {};
}

Result<int> side(std::string_view line, int at, int most) {
    const std::string_view text = word(line);
    int value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec == std::errc{} && read.ptr == text.data() + text.size() && word(line).empty() && value >= 2 &&
        value <= most)
        return value;
    return damaged(at, "should say a size from 2 to " + std::to_string(most));
}

}  // namespace

/// What a file says before and between its rows.
class CubeLook::Reader {
  public:
    Result<void> readWords(std::string_view text) {
        Lines lines(text);
        while (const auto line = lines.next()) {
            std::string_view rest = *line;
            const std::string_view first = word(rest);
            if (first.empty()) continue;
            if (startsNumber(first))
                m_rows++;
            else
                CONTONE_CHECK(take(first, rest, lines.number()));
        }
        m_lines = lines.number();
        return {};
    }
    Result<CubeLook> rows(std::string_view text) const {
        const std::int64_t cube = m_cube, wanted = m_curve + cube * cube * cube;
        if (wanted == 0) return damaged(m_lines, "is the last, and none says LUT_1D_SIZE or LUT_3D_SIZE");
        if (wanted != m_rows)
            return damaged(m_lines, "is the last; by its size the look has " + std::to_string(wanted) +
                                        " rows of numbers, but there are " + std::to_string(m_rows));
        CubeLook look;
        CONTONE_CHECK(place(look.m_curve, m_curve, m_curveRange));
        CONTONE_CHECK(place(look.m_cube, m_cube, m_cubeRange));
        look.m_curve.rows.resize(static_cast<std::size_t>(m_curve) * 3);
        look.m_cube.rows.resize(static_cast<std::size_t>(wanted - m_curve) * 3);
        Lines lines(text);
        std::size_t done = 0;
        while (const auto line = lines.next()) {
            std::string_view rest = *line;
            const std::string_view first = word(rest);
            if (first.empty() || !startsNumber(first)) continue;
            std::vector<float>& to = done < look.m_curve.rows.size() ? look.m_curve.rows : look.m_cube.rows;
            const std::size_t from = done < look.m_curve.rows.size() ? done : done - look.m_curve.rows.size();
            CONTONE_CHECK(numbers(*line, lines.number(), std::span(to).subspan(from, 3)));
            done += 3;
        }
        return look;
    }

  private:
    struct Range {
        std::array<float, 2> ends{};
        int line = 0;  ///< 0: it is not said
    };
    Result<void> take(std::string_view name, std::string_view rest, int at) {
        if (name == "TITLE") return {};
        if (name == "LUT_1D_SIZE" || name == "LUT_3D_SIZE") {
            int& size = name == "LUT_1D_SIZE" ? m_curve : m_cube;
            if (size != 0 || m_rows != 0) return damaged(at, "says a size twice, or behind the numbers");
            CONTONE_TRY(size, side(rest, at, name == "LUT_1D_SIZE" ? longestCurve : largestCube));
            return {};
        }
        if (name == "LUT_1D_INPUT_RANGE" || name == "LUT_3D_INPUT_RANGE") {
            Range& range = name == "LUT_1D_INPUT_RANGE" ? m_curveRange : m_cubeRange;
            range.line = at;
            return numbers(rest, at, range.ends);
        }
        if (name == "DOMAIN_MIN" || name == "DOMAIN_MAX") {
            m_domainLine = at;
            return numbers(rest, at, name == "DOMAIN_MIN" ? m_least : m_most);
        }
        return damaged(at, "begins with a word that is not known here");
    }
    Result<void> place(Stage& stage, int size, const Range& range) const {
        stage.size = size;
        for (std::size_t c = 0; c < 3; c++) {
            const float least = range.line != 0 ? range.ends[0] : m_least[c];
            const float most = range.line != 0 ? range.ends[1] : m_most[c];
            if (!(most - least >= 1e-3F))
                return damaged(range.line != 0 ? range.line : m_domainLine, "says a domain that is empty");
            stage.least[c] = least;
            stage.scale[c] = 1 / (most - least);
        }
        return {};
    }
    int m_curve = 0, m_cube = 0, m_domainLine = 0, m_lines = 0;
    std::int64_t m_rows = 0;
    Range m_curveRange, m_cubeRange;
    std::array<float, 3> m_least{0, 0, 0}, m_most{1, 1, 1};
};

Result<CubeLook> CubeLook::parse(std::string_view text) {
    if (text.size() > largestFile)
        return fail(Code::Invalid, "file-too-large",
                    "This .cube file is too large to be a look. Export it with 65 nodes a side or fewer.",
                    std::to_string(text.size()) + " bytes");
    Reader reader;
    CONTONE_CHECK(reader.readWords(text));
    return reader.rows(text);
}

namespace {

struct Between {
    int first;
    float part;  ///< of the next; beyond the ends below 0 or above 1
};
/// `at`: 0…1 over the domain of `size` nodes, as far beyond it as apply() says.
Between between(float at, int size) {
    const float place = std::clamp(at, -0.5F, 1.5F) * static_cast<float>(size - 1);
    const int first = static_cast<int>(std::clamp(place, 0.0F, static_cast<float>(size - 2)));
    return {first, place - static_cast<float>(first)};
}

}  // namespace

void CubeLook::applyCurve(float* rgb, int pixels) const {
    for (int x = 0; x < pixels; x++, rgb += 3)
        for (std::size_t c = 0; c < 3; c++) {
            const Between b = between((rgb[c] - m_curve.least[c]) * m_curve.scale[c], m_curve.size);
            const float* at = &m_curve.rows[static_cast<std::size_t>(b.first) * 3 + c];
            rgb[c] = at[0] + (at[3] - at[0]) * b.part;
        }
}

/// From the cell's darkest corner to its lightest along the three axes, that of the largest part first.
void CubeLook::applyCube(float* rgb, int pixels) const {
    const std::ptrdiff_t size = m_cube.size;
    const std::ptrdiff_t step[3] = {3, 3 * size, 3 * size * size};
    for (int x = 0; x < pixels; x++, rgb += 3) {
        float part[3];
        const float* at = m_cube.rows.data();
        for (std::size_t c = 0; c < 3; c++) {
            const Between b = between((rgb[c] - m_cube.least[c]) * m_cube.scale[c], m_cube.size);
            at += b.first * step[c];
            part[c] = b.part;
        }
        int order[3] = {0, 1, 2};
        if (part[order[0]] < part[order[1]]) std::swap(order[0], order[1]);
        if (part[order[1]] < part[order[2]]) std::swap(order[1], order[2]);
        if (part[order[0]] < part[order[1]]) std::swap(order[0], order[1]);
        const float* first = at + step[order[0]];
        const float* second = first + step[order[1]];
        const float* last = second + step[order[2]];
        const float p0 = part[order[0]], p1 = part[order[1]], p2 = part[order[2]];
        for (int c = 0; c < 3; c++)
            rgb[c] = at[c] + (first[c] - at[c]) * p0 + (second[c] - first[c]) * p1 + (last[c] - second[c]) * p2;
    }
}

void CubeLook::apply(float* rgb, int pixels) const {
    if (m_curve.size != 0) applyCurve(rgb, pixels);
    if (m_cube.size != 0) applyCube(rgb, pixels);
}

}  // namespace contone::render
