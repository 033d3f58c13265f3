// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Shadows, highlights and clarity: each pixel gets light by how light its neighbourhood is (ToneGrid), which keeps
// texture, and stops at edges, which makes no halo. One factor for all three channels keeps hue and grays.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/render/adjustments/bounds.h"
#include "core/render/adjustments/list_p.h"
#include "core/render/adjustments/tone_grid.h"
#include "core/render/kernels/stops.h"

namespace contone::render {
namespace {

constexpr NumberDescriptor numbers[] = {
    {"shadows", "Shadows", "", -100, 100, 1, "Lightens what lies in the dark, or darkens it"},
    {"highlights", "Highlights", "", -100, 100, 1, "Brings back what is almost white, or lightens it"},
    {"clarity", "Clarity", "", -100, 100, 1, "More, or less, of the texture of things"},
};
/// Stops at the ends of the sliders: the gain changes by 0.45 of a stop for each stop at most.
constexpr double mostShadows = 1.2, mostHighlights = 1.0, mostClarity = 0.5;

double smooth(double from, double to, double x) {  // Perlin's quintic
    const double t = std::clamp((x - from) / (to - from), 0.0, 1.0);
    return t * t * t * (t * (t * 6 - 15) + 10);
}

class LocalTone final : public RowStage {
  public:
    LocalTone(const image::Adjustments& a, std::shared_ptr<const ToneGrid> tones, icc::WorkingGamut gamut)
        : m_clarity(static_cast<float>(mostClarity * a.number("clarity") / 100)), m_tones(std::move(tones)) {
        const Matrix3 toXyz = icc::workingToXyz(gamut);
        for (std::size_t i = 0; i < 3; i++) m_weights[i] = static_cast<float>(toXyz[3 + i]);
        const double shadows = mostShadows * a.number("shadows") / 100;
        const double highlights = mostHighlights * a.number("highlights") / 100;
        for (std::size_t i = 0; i < m_gain.size(); i++) {
            const double base = darkest + static_cast<double>(i) / stepsPerStop;
            // Below -6.5 there is more noise than picture.
            const double dark = (1 - smooth(-6, -1, base)) * smooth(-10, -6.5, base), light = smooth(-4.2, 0, base);
            m_gain[i] = static_cast<float>(shadows * dark + highlights * light);
        }
    }
    void run(Row& row) const override {
        // The first and the last step are vectors, what looks into tables is by itself.
        const ToneGrid::Line line(*m_tones, row.photo);
        float* stops = row.scratch;
        kernels::rowStops(row.packed, m_weights, stops, row.width);
        for (int x = 0; x < row.width; x++) {
            const float base = line.base(x, stops[x]);
            stops[x] = gainAt(base) + m_clarity * atMost(atLeast(stops[x] - base, -2.0F), 2.0F);
        }
        kernels::lightenRow(stops, row.packed, row.width);
    }

  private:
    static constexpr double darkest = -11;
    static constexpr int stepsPerStop = 32, reach = 13;  ///< stops
    float gainAt(float base) const {
        const float at = atMost(atLeast((base - static_cast<float>(darkest)) * stepsPerStop, 0.0F),
                                static_cast<float>(reach * stepsPerStop) - 0.001F);
        const auto i = static_cast<std::size_t>(at);
        return m_gain[i] + (m_gain[i + 1] - m_gain[i]) * (at - static_cast<float>(i));
    }
    float m_clarity;
    std::shared_ptr<const ToneGrid> m_tones;
    std::array<float, 3> m_weights{};
    std::array<float, reach * stepsPerStop + 1> m_gain{};
};

std::shared_ptr<const RowStage> make(const image::Adjustments& a, const Surroundings& around) {
    if (a.number("shadows") == 0 && a.number("highlights") == 0 && a.number("clarity") == 0) return nullptr;
    return std::make_shared<LocalTone>(a, around.tones, around.gamut);
}

}  // namespace

const Adjustment localTone{numbers, PixelSpace::Light, Reach::ByPlace, make};

}  // namespace contone::render
