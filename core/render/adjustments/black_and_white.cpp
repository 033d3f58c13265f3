// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Black and white, with a filter of six colours, and sepia. How light a colour becomes follows its hue; what has little
// chroma keeps its lightness, or its noise would become grain.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/render/adjustments/bounds.h"
#include "core/render/adjustments/gamut_edge.h"
#include "core/render/adjustments/list_p.h"
#include "core/render/adjustments/six_hues.h"

namespace contone::render {
namespace {

constexpr NumberDescriptor numbers[] = {
    {"black-and-white", "Black and white", "%", 0, 100, 1, "Takes the colours away"},
    {"bw-red", "Reds in black and white", "%", -50, 150, 1, "How light red things become: lips, brick"},
    {"bw-yellow", "Yellows in black and white", "%", -50, 150, 1, "How light yellow things become: skin, sand"},
    {"bw-green", "Greens in black and white", "%", -50, 150, 1, "How light green things become: leaves"},
    {"bw-cyan", "Cyans in black and white", "%", -50, 150, 1, "How light cyan things become: the sea"},
    {"bw-blue", "Blues in black and white", "%", -50, 150, 1, "How light blue things become: the sky"},
    {"bw-magenta", "Magentas in black and white", "%", -50, 150, 1, "How light magenta things become: flowers"},
    {"sepia", "Sepia", "%", 0, 100, 1, "The brown of old photographs, over black and white"},
};
std::array<double, 6> weightsOf(const image::Adjustments& a) {
    return {a.number("bw-red") / 100,  a.number("bw-yellow") / 100, a.number("bw-green") / 100,
            a.number("bw-cyan") / 100, a.number("bw-blue") / 100,   a.number("bw-magenta") / 100};
}

class BlackAndWhite final : public RowStage {
  public:
    explicit BlackAndWhite(const image::Adjustments& a)
        : m_amount(static_cast<float>(std::max(a.number("black-and-white"), a.number("sepia")) / 100)),
          m_sepia(static_cast<float>(a.number("sepia") / 100)),
          m_weight(weightsOf(a)) {}
    void run(Row& row) const override {
        float* p = row.packed;
        for (int x = 0; x < row.width; x++, p += 3) {
            const float chroma = std::sqrt(p[1] * p[1] + p[2] * p[2]);
            const float strength = atMost(chroma / fullChroma, 1.0F);
            const float gain = atLeast(1 + strength * strength * m_weight.at(hueTurns(p[1], p[2])), 0.0F);
            const float l = p[0] * (1 + (cubeRoot(gain) - 1) * m_amount);
            // Most in the middle; black and paper stay neutral.
            const float inside = atMost(atLeast(l, 0.0F), 1.0F), brown = 4 * inside * (1 - inside) * m_sepia;
            p[0] = l;
            p[1] = p[1] * (1 - m_amount) + 0.014F * brown;
            p[2] = p[2] * (1 - m_amount) + 0.042F * brown;
        }
    }

  private:
    static constexpr float fullChroma = 0.12F;
    float m_amount, m_sepia;
    SixHues m_weight;
};

std::shared_ptr<const RowStage> make(const image::Adjustments& a, const Surroundings&) {
    if (a.number("black-and-white") == 0 && a.number("sepia") == 0) return nullptr;
    return std::make_shared<BlackAndWhite>(a);
}

}  // namespace

const Adjustment blackAndWhite{numbers, PixelSpace::Oklab, Reach::Everywhere, make};

}  // namespace contone::render
