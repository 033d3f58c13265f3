// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A slip in the language of receipt printers: Epson's ESC/POS commands, code page 858.
#include <algorithm>
#include <array>
#include <cstdint>

#include "core/slip/rows_p.h"

namespace contone::slip {
namespace {

/// What code page 858 has from 0x80 on, as code points.
constexpr std::array<char32_t, 128> page858{
    0xC7,   0xFC,   0xE9,   0xE2,   0xE4,   0xE0,   0xE5,   0xE7,   0xEA,   0xEB,   0xE8,   0xEF,   0xEE,
    0xEC,   0xC4,   0xC5,   0xC9,   0xE6,   0xC6,   0xF4,   0xF6,   0xF2,   0xFB,   0xF9,   0xFF,   0xD6,
    0xDC,   0xF8,   0xA3,   0xD8,   0xD7,   0x192,  0xE1,   0xED,   0xF3,   0xFA,   0xF1,   0xD1,   0xAA,
    0xBA,   0xBF,   0xAE,   0xAC,   0xBD,   0xBC,   0xA1,   0xAB,   0xBB,   0x2591, 0x2592, 0x2593, 0x2502,
    0x2524, 0xC1,   0xC2,   0xC0,   0xA9,   0x2563, 0x2551, 0x2557, 0x255D, 0xA2,   0xA5,   0x2510, 0x2514,
    0x2534, 0x252C, 0x251C, 0x2500, 0x253C, 0xE3,   0xC3,   0x255A, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550,
    0x256C, 0xA4,   0xF0,   0xD0,   0xCA,   0xCB,   0xC8,   0x20AC, 0xCD,   0xCE,   0xCF,   0x2518, 0x250C,
    0x2588, 0x2584, 0xA6,   0xCC,   0x2580, 0xD3,   0xDF,   0xD4,   0xD2,   0xF5,   0xD5,   0xB5,   0xFE,
    0xDE,   0xDA,   0xDB,   0xD9,   0xFD,   0xDD,   0xAF,   0xB4,   0xAD,   0xB1,   0x2017, 0xBE,   0xB6,
    0xA7,   0xF7,   0xB8,   0xB0,   0xA8,   0xB7,   0xB9,   0xB3,   0xB2,   0x25A0, 0xA0};

/// The next code point of UTF-8; U+FFFD for what is none.
char32_t next(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const unsigned first = byte(at++);
    const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
    if (more == 0) return first < 0x80 ? first : 0xFFFD;
    char32_t point = first & (0x3FU >> more);
    for (int i = 0; i < more; i++) {
        if ((byte(at) & 0xC0U) != 0x80U) return 0xFFFD;
        point = point << 6U | (byte(at++) & 0x3FU);
    }
    return point;
}

/// What looks nearly the same, for signs that the page does not have.
std::string_view nearly(char32_t point) {
    switch (point) {
        case U'–':
        case U'—':
        case U'−':
            return "-";
        case U'“':
        case U'”':
        case U'„':
            return "\"";
        case U'‘':
        case U'’':
            return "'";
        case U'…':
            return "...";
        default:
            return "?";
    }
}

class Writer {
  public:
    explicit Writer(int columns) : m_columns(columns) {
        command({0x1B, 0x40});      // as switched on
        command({0x1B, 0x74, 19});  // code page 858
    }

    void row(const Row& row) {
        command({0x1B, 0x61, row.align == Align::Centre ? std::uint8_t{1} : std::uint8_t{0}});
        if (!row.code.empty()) return code(row.code);
        command({0x1B, 0x45, row.bold ? std::uint8_t{1} : std::uint8_t{0}});
        command({0x1D, 0x21, row.large ? std::uint8_t{0x11} : std::uint8_t{0}});
        for (const std::string& line : linesOf(row, row.large ? m_columns / 2 : m_columns)) text(line + "\n");
    }
    Bytes cut() {
        command({0x1D, 0x56, 0x42, 0});
        return std::move(m_bytes);
    }

  private:
    void command(std::initializer_list<std::uint8_t> bytes) {
        for (const std::uint8_t one : bytes) m_bytes.push_back(static_cast<std::byte>(one));
    }
    void text(std::string_view utf8) {
        for (std::size_t at = 0; at < utf8.size();) {
            const char32_t point = next(utf8, at);
            if (point == '\n' || (point >= 0x20 && point < 0x7F)) {
                m_bytes.push_back(static_cast<std::byte>(point));
                continue;
            }
            if (point < 0x20) continue;  // no control character of a name becomes a command
            const auto found = std::ranges::find(page858, point);
            if (found != page858.end())
                m_bytes.push_back(static_cast<std::byte>(0x80 + (found - page858.begin())));
            else
                for (const char c : nearly(point)) m_bytes.push_back(static_cast<std::byte>(c));
        }
    }
    /// Model 2, modules of 6 dots, 15 % of it may be lost. Stands at the start of a line.
    void code(std::string_view what) {
        what = what.substr(0, 100);
        const auto length = static_cast<std::uint8_t>(what.size() + 3);
        command({0x1D, 0x28, 0x6B, 4, 0, 0x31, 0x41, 0x32, 0});
        command({0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x43, 6});
        command({0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x45, 0x31});
        command({0x1D, 0x28, 0x6B, length, 0, 0x31, 0x50, 0x30});
        for (const char c : what) m_bytes.push_back(static_cast<std::byte>(c));
        command({0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x51, 0x30});
        text("\n");
    }

    int m_columns;
    Bytes m_bytes;
};

}  // namespace

Bytes asEscPos(const Slip& slip, int columns) {
    Writer writer(std::clamp(columns, 20, 80));
    for (const Row& row : slip.rows) writer.row(row);
    return writer.cut();
}

}  // namespace contone::slip
