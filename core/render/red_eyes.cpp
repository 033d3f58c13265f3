// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Looks at a few thousand pixels about each eye.
#include "core/render/red_eyes.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "core/render/adjustments/redness.h"

namespace contone::render {
namespace {

constexpr double discOfDistance = 0.18, leastFill = 0.6, leastPart = 0.003, mostPart = 0.15;
constexpr float surelyRed = 0.5F;  ///< the edge of a pupil, half way to the skin about it
constexpr double leastDisc = 4;    ///< pixels: in a smaller one a pupil is no blob

struct Spot {
    int x, y;
};
/// Pixels that touch one another.
struct Blob {
    int area = 0;
    double sumX = 0, sumY = 0;
    int left = 1 << 30, right = -1, top = 1 << 30, bottom = -1;
    bool leaves = false;  ///< it goes on outside the disc
    void add(Spot at) {
        area++;
        sumX += at.x;
        sumY += at.y;
        left = std::min(left, at.x);
        right = std::max(right, at.x);
        top = std::min(top, at.y);
        bottom = std::max(bottom, at.y);
    }
    double diameter() const { return std::max(right - left, bottom - top) + 1; }
};

/// The red pixels of a square about an eye.
class RedMap {
  public:
    RedMap(const WorkingPicture& photo, const Redness& redness, double x, double y, double radius)
        : m_x(x),
          m_y(y),
          m_radius(radius),
          m_left(static_cast<int>(x - radius) - 1),
          m_top(static_cast<int>(y - radius) - 1),
          m_side(static_cast<int>(2 * radius) + 4),
          m_red(static_cast<std::size_t>(m_side * m_side)) {
        for (int row = std::max(0, m_top); row < std::min(photo.size.height, m_top + m_side); row++)
            for (int column = std::max(0, m_left); column < std::min(photo.size.width, m_left + m_side); column++) {
                const std::size_t at = static_cast<std::size_t>(row) * static_cast<std::size_t>(photo.size.width) +
                                       static_cast<std::size_t>(column);
                red({column, row}) = redness.of(&photo.rgb[at * 3]) >= surelyRed ? 1 : 0;
            }
    }
    /// The largest blob; it is taken out of the map.
    Blob largest() {
        Blob best;
        for (int y = m_top; y < m_top + m_side; y++)
            for (int x = m_left; x < m_left + m_side; x++)
                if (Blob one = take({x, y}); one.area > best.area) best = one;
        return best;
    }

  private:
    char& red(Spot at) { return m_red[static_cast<std::size_t>((at.y - m_top) * m_side + at.x - m_left)]; }
    Blob take(Spot first) {
        Blob blob;
        std::vector<Spot> open{first};
        while (!open.empty()) {
            const Spot at = open.back();
            open.pop_back();
            const bool isInside =
                at.x >= m_left && at.y >= m_top && at.x < m_left + m_side && at.y < m_top + m_side && red(at) != 0;
            if (!isInside) continue;
            red(at) = 0;
            blob.leaves = blob.leaves || std::hypot(at.x + 0.5 - m_x, at.y + 0.5 - m_y) > m_radius;
            blob.add(at);
            for (int dy = -1; dy <= 1; dy++)
                for (int dx = -1; dx <= 1; dx++) open.push_back({at.x + dx, at.y + dy});
        }
        return blob;
    }
    double m_x, m_y, m_radius;
    int m_left, m_top, m_side;
    std::vector<char> m_red;
};

double inHundredThousandths(double value) {
    return std::round(value * 1e5) / 1e5;
}

std::optional<image::RedEye> redEyeAt(const WorkingPicture& photo, const Redness& redness, double x, double y,
                                      double radius) {
    const Blob blob = RedMap(photo, redness, x, y, radius).largest();
    const double part = blob.area / (std::numbers::pi * radius * radius);
    const double circle = std::numbers::pi / 4 * blob.diameter() * blob.diameter();
    if (blob.area == 0 || blob.leaves || part < leastPart || part > mostPart || blob.area < leastFill * circle)
        return std::nullopt;
    const double longSide = std::max(photo.size.width, photo.size.height);
    // A pixel more: the pupil's edge is red in part, and a catchlight is not red.
    return image::RedEye{inHundredThousandths((blob.sumX / blob.area + 0.5) / photo.size.width),
                         inHundredThousandths((blob.sumY / blob.area + 0.5) / photo.size.height),
                         inHundredThousandths((std::sqrt(blob.area / std::numbers::pi) + 1) / longSide)};
}

}  // namespace

std::vector<image::RedEye> findRedEyes(const WorkingPicture& photo, std::span<const EyePlaces> faces) {
    const Redness redness(photo.gamut);
    std::vector<image::RedEye> all;
    for (const EyePlaces& face : faces) {
        const double width = photo.size.width, height = photo.size.height;
        const double x0 = face.eyes[0].u * width, y0 = face.eyes[0].v * height;
        const double x1 = face.eyes[1].u * width, y1 = face.eyes[1].v * height;
        const double radius = discOfDistance * std::hypot(x1 - x0, y1 - y0);
        if (radius < leastDisc) continue;
        const auto first = redEyeAt(photo, redness, x0, y0, radius), second = redEyeAt(photo, redness, x1, y1, radius);
        if (!first || !second || first->radius > 2 * second->radius || second->radius > 2 * first->radius) continue;
        all.push_back(*first);
        all.push_back(*second);
    }
    return all;
}

}  // namespace contone::render
