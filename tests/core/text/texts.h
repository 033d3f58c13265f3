// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The fonts that programs use, blocks to set with them, and what can be measured of set text.
#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/text/font_set.h"
#include "tests/places.h"

namespace contone::text::test {

inline FontSetSettings settings() {
    return {.folder = Path(tests::programFolder).parent_path() / "share/contone/fonts"};
}

template <class T>
T orStop(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "%s %s\n", result.error().reason.c_str(), result.error().detail.c_str());
        std::abort();
    }
    return *std::move(result);
}

inline FontSet openFonts() {
    return orStop(FontSet::open(settings()));
}

/// Upright black Lato from the left top corner.
inline TextBlock blockOf(std::string text, double size = 24, double widthMm = 150, double heightMm = 20) {
    return {.text = std::move(text),
            .size = size,
            .leastSize = std::min(size, 6.0),
            .across = Across::Left,
            .width = millimetres(widthMm),
            .height = millimetres(heightMm)};
}

inline SetText set(const FontSet& fonts, const TextBlock& block, int dpiX = 300, int dpiY = 0) {
    return orStop(fonts.set(block, Dpi{dpiX}, Dpi{dpiY == 0 ? dpiX : dpiY}));
}

inline double mm(double dots, int dpi = 300) {
    return dots * 25.4 / dpi;
}
inline int right(const image::PixelRect& ink) {
    return ink.x + ink.width;
}
inline int bottom(const image::PixelRect& ink) {
    return ink.y + ink.height;
}

/// 0…255: coverage or alpha.
inline int inkAt(const SetText& text, int x, int y) {
    return static_cast<int>(text.bytes[text.stride() * static_cast<std::size_t>(y) +
                                       static_cast<std::size_t>(x + 1) * text.bytesPerPixel() - 1]);
}

/// In whole pixels of ink: the longest column, the longest row, all.
struct InkSums {
    double column = 0, row = 0, all = 0;
};
inline InkSums inkSums(const SetText& text) {
    InkSums sums;
    std::vector<double> columns(static_cast<std::size_t>(text.size.width), 0.0);
    for (int y = 0; y < text.size.height; ++y) {
        double row = 0;
        for (int x = 0; x < text.size.width; ++x) {
            const double ink = inkAt(text, x, y) / 255.0;
            columns[static_cast<std::size_t>(x)] += ink;
            row += ink;
        }
        sums.row = std::max(sums.row, row);
        sums.all += row;
    }
    sums.column = *std::ranges::max_element(columns);
    return sums;
}

/// How many pieces of ink hang together, corners included; half a pixel of ink counts.
inline int shapes(const SetText& text) {
    const int width = text.size.width, height = text.size.height;
    const auto at = [&](int x, int y) { return static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x); };
    std::vector<bool> seen(at(0, height));
    std::vector<std::pair<int, int>> next;
    const auto visit = [&](int x, int y) {
        if (x < 0 || y < 0 || x >= width || y >= height || seen[at(x, y)] || inkAt(text, x, y) < 128) return false;
        seen[at(x, y)] = true;
        next.emplace_back(x, y);
        return true;
    };
    int count = 0;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            if (!visit(x, y)) continue;
            ++count;
            while (!next.empty()) {
                const auto [fromX, fromY] = next.back();
                next.pop_back();
                for (int i = 0; i < 9; ++i) visit(fromX + i % 3 - 1, fromY + i / 3 - 1);
            }
        }
    return count;
}

/// Pixels that are far from every grey.
inline int colouredPixels(const SetText& text) {
    if (text.kind != SetText::Kind::Rgba) return 0;
    int count = 0;
    for (std::size_t i = 0; i < text.bytes.size(); i += 4) {
        const auto [least, most] =
            std::ranges::minmax({static_cast<int>(text.bytes[i]), static_cast<int>(text.bytes[i + 1]),
                                 static_cast<int>(text.bytes[i + 2])});
        if (most - least > 60) ++count;
    }
    return count;
}

}  // namespace contone::text::test
