// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A look over the photo, all of it or a part.
#include <algorithm>
#include <cmath>

#include "core/render/adjustments/bounds.h"
#include "core/render/adjustments/gamut_edge.h"
#include "core/render/adjustments/lightness_table.h"
#include "core/render/adjustments/list_p.h"
#include "core/render/adjustments/looks.h"
#include "core/render/adjustments/six_hues.h"

namespace contone::render {
namespace {

class LookStage final : public RowStage {
  public:
    LookStage(const Look& look, double amount)
        : m_amount(static_cast<float>(amount)),
          m_saturation(static_cast<float>(look.saturation)),
          m_curve([&](double l) { return look.fade + contrasted(l, look.contrast) * (1 - look.fade - look.roll); }),
          m_chroma(look.chroma),
          m_light(look.light),
          m_dark{static_cast<float>(look.shadows.a), static_cast<float>(look.shadows.b)},
          m_bright{static_cast<float>(look.highlights.a), static_cast<float>(look.highlights.b)} {}
    void run(Row& row) const override {
        float* p = row.packed;
        for (int x = 0; x < row.width; x++, p += 3) {
            float lab[3] = {p[0], p[1], p[2]};
            apply(lab);
            for (int c = 0; c < 3; c++) p[c] += (lab[c] - p[c]) * m_amount;
        }
    }

  private:
    void apply(float* lab) const {
        const float hue = hueTurns(lab[1], lab[2]), chroma = std::sqrt(lab[1] * lab[1] + lab[2] * lab[2]);
        const float strength = atMost(chroma / 0.12F, 1.0F);
        if (m_saturation == 0) {  // of gray nothing is left to choose; noise would become grain
            lab[0] *= cubeRoot(atLeast(1 + strength * strength * m_light.at(hue), 0.0F));
            lab[1] = lab[2] = 0;
        } else {
            const float more = m_saturation * (1 + (m_chroma.at(hue) - 1) * strength);
            lab[1] *= more;
            lab[2] *= more;
        }
        m_curve.apply(lab);
        const float l = atMost(atLeast(lab[0], 0.0F), 1.0F);
        const float dark = 4 * l * (1 - l) * (1 - l), bright = 4 * l * l * (1 - l);  // neither black nor paper white
        lab[1] += m_dark[0] * dark + m_bright[0] * bright;
        lab[2] += m_dark[1] * dark + m_bright[1] * bright;
    }

    float m_amount, m_saturation;
    LightnessTable m_curve;
    SixHues m_chroma, m_light;
    std::array<float, 2> m_dark, m_bright;
};

std::shared_ptr<const RowStage> make(const image::Adjustments& a, const Surroundings&) {
    const Look* found = a.lookPercent == 0 ? nullptr : findLook(a.look);
    return found == nullptr ? nullptr : std::make_shared<LookStage>(*found, a.lookPercent / 100.0);
}

}  // namespace

const Adjustment look{{}, PixelSpace::Oklab, Reach::Everywhere, make};

}  // namespace contone::render
