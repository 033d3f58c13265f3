// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Draws trim and safe area into 8-bit pixels.
#include "core/print/page_lines.h"

#include <algorithm>
#include <cmath>

namespace contone::print {
namespace {

constexpr int kSurround = 119;               // as around the studio's proofs
constexpr double kKept = 0.41;               // of the light where the knife takes the picture away
constexpr double kLine = 0.25, kDash = 2.0;  // mm
constexpr int kWhite = 255, kDark = 60;

bool contains(const RealRect& r, double x, double y) {
    return x >= r.x && y >= r.y && x < r.x + r.width && y < r.y + r.height;
}

class Lines {
  public:
    Lines(image::Picture& page, const PagePlan& plan)
        : m_page(page),
          m_lineX(wide(plan.dpiX)),
          m_lineY(wide(plan.dpiY)),
          m_dashX(dash(plan.dpiX)),
          m_dashY(dash(plan.dpiY)) {}

    void darken(const PagePlan& plan) {
        const RealRect printable{double(plan.printable.x), double(plan.printable.y), double(plan.printable.width),
                                 double(plan.printable.height)};
        for (int y = 0; y < m_page.size.height; ++y) {
            for (int x = 0; x < m_page.size.width; ++x) {
                const double cx = x + 0.5, cy = y + 0.5;
                std::uint8_t* pixel = at(x, y);
                if (!contains(printable, cx, cy))
                    std::fill_n(pixel, 3, std::uint8_t(kSurround));
                else if (std::ranges::none_of(plan.pieces,
                                              [&](const PiecePlan& p) { return contains(p.trim, cx, cy); }))
                    for (int c = 0; c < 3; ++c) pixel[c] = static_cast<std::uint8_t>(std::lround(pixel[c] * kKept));
            }
        }
    }
    enum class Stroke { Solid, Dashed };
    void outline(const RealRect& r, Stroke stroke) {
        const int left = edge(r.x, m_lineX), right = edge(r.x + r.width, m_lineX);
        const int top = edge(r.y, m_lineY), bottom = edge(r.y + r.height, m_lineY);
        for (int y = top; y < bottom + m_lineY; ++y)
            for (int i = 0; i < m_lineX; ++i) {
                const int value = stroke == Stroke::Solid || (y - top) / m_dashY % 2 == 0 ? kWhite : kDark;
                dot(left + i, y, value);
                dot(right + i, y, value);
            }
        for (int x = left; x < right + m_lineX; ++x)
            for (int i = 0; i < m_lineY; ++i) {
                const int value = stroke == Stroke::Solid || (x - left) / m_dashX % 2 == 0 ? kWhite : kDark;
                dot(x, top + i, value);
                dot(x, bottom + i, value);
            }
    }

  private:
    static int wide(Dpi dpi) { return std::max(1, static_cast<int>(std::lround(kLine * dpi.value / 25.4))); }
    static int dash(Dpi dpi) { return std::max(1, static_cast<int>(std::lround(kDash * dpi.value / 25.4))); }
    /// The first pixel of a line about `v`.
    static int edge(double v, int line) { return static_cast<int>(std::lround(v - line / 2.0)); }
    std::uint8_t* at(int x, int y) { return m_page.strip().row<std::uint8_t>(y) + std::ptrdiff_t(x) * 3; }
    void dot(int x, int y, int value) {
        if (x >= 0 && y >= 0 && x < m_page.size.width && y < m_page.size.height)
            std::fill_n(at(x, y), 3, static_cast<std::uint8_t>(value));
    }

    image::Picture& m_page;
    int m_lineX, m_lineY, m_dashX, m_dashY;  ///< pixels
};

}  // namespace

void drawPageLines(image::Picture& page, const PagePlan& plan) {
    const RealRect all{0, 0, double(plan.raster.width), double(plan.raster.height)};
    if (plan.pieces.size() == 1 && plan.pieces.front().trim == all && plan.pieces.front().safe == all) return;
    Lines lines(page, plan);
    lines.darken(plan);
    for (const PiecePlan& piece : plan.pieces) {
        lines.outline(piece.trim, Lines::Stroke::Solid);
        lines.outline(piece.safe, Lines::Stroke::Dashed);
    }
}

}  // namespace contone::print
