// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Film grain: light that varies from place to place of the photo, as on a negative, which a larger print enlarges and a
// cropped one too. Each grain is a hash of its place, so every preview and print has the same. It is a factor for all
// three channels: colours stay, and so does the mean of the light.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "core/render/adjustments/bounds.h"
#include "core/render/adjustments/list_p.h"

namespace contone::render {
namespace {

constexpr NumberDescriptor numbers[] = {
    {"grain", "Film grain", "", 0, 100, 1, "Adds the grain of film: most in middle tones, none in black and white"},
};

/// Of a middle tone's code, with the slider at its end. The code of light is its square root here: near to what eyes
/// and sRGB make of it, and one instruction.
constexpr double spreadAtMost = 0.05;
/// Farther from the mean, in spreads, no grain is: so light stays above 0, and tones keep their order.
constexpr float farthest = 3;
struct Size {
    int perLongSide;  ///< so many grains lie along the photo's long side
    float share;      ///< of the spread; their squares sum to 1
};
constexpr Size sizes[] = {{2400, 0.8F}, {1200, 0.6F}};

/// A place in grains: the whole ones above, 32 bits of parts below.
using Place = std::int64_t;
Place placeOf(double grains) {
    return std::llround(grains * 4294967296.0);
}

/// What lies between two grains has a part of each. The squares of the parts sum to 1: grains that are blended spread
/// as far as grains that are hit.
class Blend {
  public:
    Blend() {
        for (std::size_t i = 0; i < steps; i++) {
            const double t = (static_cast<double>(i) + 0.5) / steps, second = t * t * (3 - 2 * t), first = 1 - second;
            const double both = std::sqrt(first * first + second * second);
            m_first[i] = static_cast<float>(first / both);
            m_second[i] = static_cast<float>(second / both);
        }
    }
    float of(Place place, float first, float second) const {
        const auto i = static_cast<std::uint32_t>(place) >> 22;  // the 10 highest bits of the part
        return first * m_first[i] + second * m_second[i];
    }

  private:
    static constexpr int steps = 1 << 10;
    std::array<float, steps> m_first{}, m_second{};
};

/// Grains of one size, along a row of the page. `isAcross`: it is a row of the photo; else a column.
class GrainLine {
  public:
    /// `first`: any number; sizes with the same one would have the same grains in the photo's corner.
    GrainLine(const Blend& blend, std::uint32_t first, Place across, bool isAcross) : m_blend(blend), m_across(across) {
        constexpr std::uint32_t ofU = 0x9e3779b1U, ofV = 0x85ebca77U;
        m_stepAlong = isAcross ? ofU : ofV;
        m_stepAcross = isAcross ? ofV : ofU;
        m_row = first + static_cast<std::uint32_t>(across >> 32) * m_stepAcross;
    }
    /// Mean 0, spread 1.
    float at(Place along) {
        const auto first = static_cast<std::uint32_t>(along >> 32);
        if (first != m_first) {
            m_ends = {first == m_first + 1 ? m_ends[1] : column(first), column(first + 1)};
            m_first = first;
        }
        return m_blend.of(along, m_ends[0], m_ends[1]);
    }

  private:
    float column(std::uint32_t along) const {
        const std::uint32_t cell = m_row + along * m_stepAlong;
        return m_blend.of(m_across, grain(cell), grain(cell + m_stepAcross));
    }
    /// A hash (lowbias32: Chris Wellons, "Prospecting for Hash Functions", 2018). The sum of its halves is nearly
    /// round, and as far above 0 as below.
    static float grain(std::uint32_t x) {
        x = (x ^ (x >> 16)) * 0x7feb352dU;
        x = (x ^ (x >> 15)) * 0x846ca68bU;
        x ^= x >> 16;
        constexpr float spread = 26755.0F;  // 65536 / √6
        return static_cast<float>(static_cast<std::int32_t>((x & 0xffffU) + (x >> 16)) - 65535) * (1 / spread);
    }
    const Blend& m_blend;
    Place m_across;
    std::uint32_t m_stepAlong = 0, m_stepAcross = 0, m_row = 0;
    std::uint32_t m_first = 0x80000000U;  ///< where no photo has a grain
    std::array<float, 2> m_ends{};
};

class Grain final : public RowStage {
  public:
    Grain(double slider, const Surroundings& around) : m_spread(static_cast<float>(spreadAtMost * slider / 100)) {
        const double longSide = std::max({around.photo.width, around.photo.height, 1});
        m_width = around.photo.width / longSide;
        m_height = around.photo.height / longSide;
        const Matrix3 toXyz = icc::workingToXyz(around.gamut);
        for (std::size_t c = 0; c < 3; c++) m_weights[c] = static_cast<float>(toXyz[3 + c]);
    }
    void run(Row& row) const override {
        const PhotoLine& line = row.photo;
        const bool isAcross = line.stepV == 0;
        const double start = isAcross ? line.u * m_width : line.v * m_height;
        const double step = isAcross ? line.stepU * m_width : line.stepV * m_height;
        const double across = isAcross ? line.v * m_height : line.u * m_width;
        std::fill_n(row.scratch, row.width, 0.0F);
        for (const Size& size : sizes) {
            GrainLine grains(m_blend, static_cast<std::uint32_t>(size.perLongSide), placeOf(across * size.perLongSide),
                             isAcross);
            const float spread = m_spread * size.share * seenOf(step * size.perLongSide);
            const Place by = placeOf(step * size.perLongSide);
            Place place = placeOf(start * size.perLongSide);
            for (int x = 0; x < row.width; x++, place += by) row.scratch[x] += grains.at(place) * spread;
        }
        const float most = farthest * m_spread;
        float* p = row.packed;
        for (int x = 0; x < row.width; x++, p += 3) {
            const float gain = 1 + atMost(atLeast(row.scratch[x], -most), most) * changeOf(p);
            for (int c = 0; c < 3; c++) p[c] *= gain;
        }
    }

  private:
    /// A pixel shows the mean of the grains that it covers, `grains` in each direction; those within 1.2 grains are
    /// blended into one.
    static float seenOf(double grains) {
        const double covered = grains / 1.2;
        return static_cast<float>(1 / std::sqrt(1 + covered * covered));
    }
    /// By which part of its light a pixel changes, for a change of code of 1 in the middle: that of its own tone is
    /// 16 code² (1 - code)².
    float changeOf(const float* p) const {
        const float light = m_weights[0] * p[0] + m_weights[1] * p[1] + m_weights[2] * p[2];
        const float code = std::sqrt(atMost(atLeast(light, 0.0F), 1.0F));
        return 32 * code * (1 - code) * (1 - code);
    }
    float m_spread;
    double m_width = 1, m_height = 1;  ///< of the photo, in its long side
    std::array<float, 3> m_weights{};
    Blend m_blend;
};

std::shared_ptr<const RowStage> make(const image::Adjustments& a, const Surroundings& around) {
    const double slider = a.number("grain");
    return slider == 0 ? nullptr : std::make_shared<Grain>(slider, around);
}

}  // namespace

const Adjustment grain{numbers, PixelSpace::Light, Reach::ByPlace, make};

}  // namespace contone::render
