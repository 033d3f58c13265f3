// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Saturation, vibrance and hue, in OKLab, where neither changes lightness and the first two no hue. Near the edge of
// what the working space has, chroma grows less instead of turning. Skin: a window over the hue, chroma and lightness
// of faces (docs/decisions/0061), which vibrance leaves nearly alone. It fades out towards gray: noise has no colour
// worth having.
#include <array>
#include <cmath>
#include <numbers>

#include "core/render/adjustments/bounds.h"
#include "core/render/adjustments/gamut_edge.h"
#include "core/render/adjustments/list_p.h"

namespace contone::render {
namespace {

constexpr NumberDescriptor numbers[] = {
    {"saturation", "Saturation", "", -100, 100, 1, "All colours stronger or paler"},
    {"vibrance", "Vibrance", "", -100, 100, 1, "Pale colours stronger, strong ones and skin hardly"},
    {"hue", "Hue", "°", -30, 30, 1, "Turns all colours around the circle"},
};

float smooth(float from, float to, float x) {
    const float t = atMost(atLeast((x - from) / (to - from), 0.0F), 1.0F);
    return t * t * (3 - 2 * t);
}

/// 1 in the middle of skin's colours, 0 outside, smooth between. `hue` in turns.
float skin(float lightness, float chroma, float hue) {
    constexpr float degree = 1 / 360.0F;
    return smooth(5 * degree, 20 * degree, hue) * (1 - smooth(58 * degree, 75 * degree, hue)) *
           smooth(0.02F, 0.04F, chroma) * (1 - smooth(0.11F, 0.15F, chroma)) * smooth(0.2F, 0.3F, lightness) *
           (1 - smooth(0.92F, 0.97F, lightness));
}

/// Made once: a slider that moves does not wait for it.
const GamutEdge& edgeOf(icc::WorkingGamut gamut) {
    static const GamutEdge rec2020(icc::WorkingGamut::Rec2020), wide(icc::WorkingGamut::Wide);
    return gamut == icc::WorkingGamut::Wide ? wide : rec2020;
}

class Colour final : public RowStage {
  public:
    Colour(const image::Adjustments& a, icc::WorkingGamut gamut)
        : m_saturation(static_cast<float>(a.number("saturation") / 100)),
          m_vibrance(static_cast<float>(a.number("vibrance") / 100)),
          m_edge(edgeOf(gamut)) {
        const double turn = a.number("hue") * std::numbers::pi / 180;
        m_cos = static_cast<float>(std::cos(turn));
        m_sin = static_cast<float>(std::sin(turn));
    }
    void run(Row& row) const override {
        float* p = row.packed;
        for (int x = 0; x < row.width; x++, p += 3) {
            const float l = p[0], a = p[1] * m_cos - p[2] * m_sin, b = p[1] * m_sin + p[2] * m_cos;
            const float chroma = std::sqrt(a * a + b * b), hue = hueTurns(a, b);
            const float factor = factorOf(l, chroma, hue);
            p[1] = a * factor;
            p[2] = b * factor;
        }
    }

  private:
    float factorOf(float l, float chroma, float hue) const {
        if (m_saturation == 0 && m_vibrance == 0) return 1;
        const float edge = m_edge.at(l, hue);
        const float pale = 1 - smooth(0, 1, chroma / (edge + 1e-4F));
        const float wanted = (1 + m_saturation) * (1 + m_vibrance * pale * (1 - 0.75F * skin(l, chroma, hue)));
        if (wanted <= 1) return wanted;
        // Gray and its noise stay; and of the room that is left, more is taken the less was taken before.
        const float more = (wanted - 1) * chroma * smooth(0.004F, 0.02F, chroma);
        const float room = atLeast(edge - chroma, 0.0F);
        return 1 + more * room / ((more + room + 1e-6F) * (chroma + 1e-6F));
    }

    float m_saturation, m_vibrance, m_cos = 1, m_sin = 0;
    const GamutEdge& m_edge;
};

std::shared_ptr<const RowStage> make(const image::Adjustments& a, const Surroundings& around) {
    if (a.number("saturation") == 0 && a.number("vibrance") == 0 && a.number("hue") == 0) return nullptr;
    return std::make_shared<Colour>(a, around.gamut);
}

}  // namespace

const Adjustment colour{numbers, PixelSpace::Oklab, Reach::Everywhere, make};

}  // namespace contone::render
