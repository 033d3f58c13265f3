// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Length, Dpi and Pixels: sizes on paper and on the raster, never mixed up by accident.
#pragma once

#include <cmath>
#include <compare>
#include <cstdint>

namespace contone {

/// A length on paper in whole micrometres. 0 is no length; negative lengths are offsets. Exact for mm and for 1/10 mil.
class Length {
  public:
    constexpr Length() = default;
    static constexpr Length micrometres(std::int64_t um) { return Length(um); }
    constexpr std::int64_t um() const { return m_um; }
    constexpr double mm() const { return static_cast<double>(m_um) / 1000.0; }
    constexpr double inches() const { return static_cast<double>(m_um) / 25400.0; }
    constexpr auto operator<=>(const Length&) const = default;
    constexpr Length operator+(Length o) const { return Length(m_um + o.m_um); }
    constexpr Length operator-(Length o) const { return Length(m_um - o.m_um); }
    constexpr Length operator-() const { return Length(-m_um); }
    constexpr Length operator*(std::int64_t k) const { return Length(m_um * k); }
    constexpr Length operator/(std::int64_t k) const { return Length(m_um / k); }

  private:
    explicit constexpr Length(std::int64_t um) : m_um(um) {}
    std::int64_t m_um = 0;
};

/// Rounds to the nearest micrometre.
constexpr Length millimetres(double mm) {
    return Length::micrometres(static_cast<std::int64_t>(mm * 1000.0 + (mm < 0 ? -0.5 : 0.5)));
}
constexpr Length inches(double in) {
    return millimetres(in * 25.4);
}

/// Dots per inch along one axis. Whole numbers: no photo printer has others.
struct Dpi {
    int value = 300;
    constexpr auto operator<=>(const Dpi&) const = default;
};

/// `length` in dots, not rounded.
constexpr double dots(Length length, Dpi dpi) {
    return static_cast<double>(length.um()) * dpi.value / 25400.0;
}
/// `length` in dots, rounded half up.
constexpr int wholeDots(Length length, Dpi dpi) {
    return static_cast<int>((length.um() * dpi.value * 2 + 25400) / 50800);
}
/// The length of `dots` dots, rounded to the nearest micrometre.
constexpr Length lengthOf(double dots, Dpi dpi) {
    return millimetres(dots * 25.4 / dpi.value);
}

/// A size on paper; width is across, height is along the feed of a portrait sheet.
struct PaperSize {
    Length width, height;
    constexpr bool operator==(const PaperSize&) const = default;
    constexpr PaperSize rotated() const { return {height, width}; }
    constexpr bool isLandscape() const { return width > height; }
};

/// Lengths at the four edges: bleed, overscan, safe area.
struct Edges {
    Length left, top, right, bottom;
    constexpr bool operator==(const Edges&) const = default;
    static constexpr Edges all(Length l) { return {l, l, l, l}; }
};

}  // namespace contone
