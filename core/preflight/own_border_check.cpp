// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Photos that bring a border of one colour with them, from an app, a film or a scan. Where the knife goes through it, a
// drift of half a millimetre makes it wider on one side than on the other, for everybody to see.
//
// A border ends along a straight line; a sky, a night or a backdrop in one colour does not.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/preflight/checks_p.h"
#include "core/preflight/trim_on_photo_p.h"

namespace contone::preflight {

using findings::FindingCode, findings::Severity;

namespace {

// Colours in parts of the largest sample. By 7 photos with borders laid over them, saved at quality 60: 5 are found at
// least, the others where the picture begins in the border's colour (tests/core/preflight/checks_test.cpp). Of 244
// others 6 are found: 5 versions of one that has a border of 4 pixels, and an icon.
constexpr double sameColour = 0.03, otherColour = 0.05;
constexpr double strayShare = 0.02;  ///< of a line of the border, which JPEG spills the picture into
constexpr double endsThere = 0.5;    ///< of the line behind the border, so much is picture, or it is none
constexpr double widest = 0.3;       ///< of the photo, on one side; what is wider is no border
constexpr double visibleMm = 0.3;    ///< on paper; what is narrower goes with the knife
constexpr double nearly = 1e-6;      ///< of the photo: its own edge is not missed by rounding

enum class Edge { Left, Top, Right, Bottom };
using Colour = std::array<double, 4>;

/// The small picture as lines along one of its edges, from there inwards.
class EdgeLines {
  public:
    EdgeLines(const image::Picture& small, Edge edge) : m_small(small), m_edge(edge) {}
    int count() const { return isUpright() ? m_small.size.width : m_small.size.height; }
    int length() const { return isUpright() ? m_small.size.height : m_small.size.width; }
    /// So many lines are of the colour of the first one; at most `widest` of all.
    int alike() const {
        int lines = 0;
        while (lines < widest * count() && differs(lines, sameColour, 0, length()) <= strayShare) lines++;
        return lines;
    }
    /// Share of a part of the line that is farther than `by` from the first line's colour.
    double differs(int line, double by, int from, int to) const {
        int others = 0;
        for (int i = from; i < to; i++) others += isFarther(pixel(line, i), by) ? 1 : 0;
        return static_cast<double>(others) / std::max(1, to - from);
    }

  private:
    bool isUpright() const { return m_edge == Edge::Left || m_edge == Edge::Right; }
    int channels() const { return image::count(m_small.format.channels); }
    const std::uint16_t* pixel(int line, int along) const {
        const bool isFromFar = m_edge == Edge::Right || m_edge == Edge::Bottom;
        const int across = isFromFar ? count() - 1 - line : line;
        const int x = isUpright() ? across : along, y = isUpright() ? along : across;
        return m_small.strip().row<std::uint16_t>(y) + static_cast<std::ptrdiff_t>(x) * channels();
    }
    Colour meanOfFirst() const {
        Colour mean{};
        for (int i = 0; i < length(); i++)
            for (int c = 0; c < channels(); c++)
                mean[static_cast<std::size_t>(c)] += static_cast<double>(pixel(0, i)[c]) / length();
        return mean;
    }
    bool isFarther(const std::uint16_t* samples, double by) const {
        for (int c = 0; c < channels(); c++)
            if (std::abs(samples[c] - m_colour[static_cast<std::size_t>(c)]) > by * 65535) return true;
        return false;
    }
    const image::Picture& m_small;
    Edge m_edge;
    Colour m_colour = meanOfFirst();
};

/// How wide the border is on each edge, of the photo's width or height; 0: there is none.
std::array<double, 4> bordersOf(const image::Picture& small) {
    const std::array lines{EdgeLines(small, Edge::Left), EdgeLines(small, Edge::Top), EdgeLines(small, Edge::Right),
                           EdgeLines(small, Edge::Bottom)};
    std::array<int, 4> alike{};
    std::ranges::transform(lines, alike.begin(), &EdgeLines::alike);
    std::array<double, 4> wide{};
    for (std::size_t i = 0; i < 4; i++) {
        const EdgeLines& its = lines[i];
        if (alike[i] == 0 || alike[i] >= widest * its.count()) continue;
        // The picture lies between the other two. Behind the border one line may be of both.
        const std::size_t before = i % 2 == 0 ? 1 : 0, after = before + 2;
        if (its.differs(alike[i] + 1, otherColour, alike[before], its.length() - alike[after]) < endsThere) continue;
        wide[i] = (alike[i] + 0.5) / its.count();
    }
    return wide;
}

}  // namespace

Findings ownBorder(const PhotoToCheck& photo, const PageToCheck& page) {
    if (page.plan.frames.empty() || page.plan.photoDpi <= 0) return {};
    const auto [left, top, right, bottom] = bordersOf(photo.measures.small);
    // A single straight edge is a wall or a table.
    if ((left == 0 || right == 0) && (top == 0 || bottom == 0)) return {};
    const image::Crop trim = trimOnPhoto(page.plan, page.plan.frames.front()).trim;
    const image::PixelSize size = photo.facts.uprightSize();
    // `cut`: so much of the photo the knife takes away; below 0 it does not touch it.
    const auto millimetresOf = [&](double border, double cut, int pixels) {
        return cut < -nearly ? 0 : (border - cut) * pixels / page.plan.photoDpi * 25.4;
    };
    const double most = std::max({millimetresOf(left, trim.left, size.width), millimetresOf(top, trim.top, size.height),
                                  millimetresOf(right, 1 - trim.left - trim.width, size.width),
                                  millimetresOf(bottom, 1 - trim.top - trim.height, size.height)});
    if (most < visibleMm) return {};
    return {{.code = FindingCode::OwnBorder,
             .severity = Severity::Look,
             .numbers = {{"borderMm", std::round(most * 10) / 10}}}};
}

}  // namespace contone::preflight
