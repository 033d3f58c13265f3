// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The keys of a minilab: density and the three dyes, in steps; and print brightness, which is density without steps.
// A key moves a channel by a fixed amount of density in the middle and none at black and white: x' = f x / (1 + (f - 1)
// x), a shift in logit. So steps add up exactly, in any order, and nothing clips.
#include <array>
#include <cmath>

#include "core/render/adjustments/bounds.h"
#include "core/render/adjustments/list_p.h"

namespace contone::render {
namespace {

constexpr double densityStep = 0.05, dyeStep = 0.02;  // of density; makers' own steps are not published

constexpr NumberDescriptor numbers[] = {
    {"brightness", "Print brightness", "%", -100, 100, 1,
     "Makes the middle tones lighter or darker; black and white stay"},
    {"density", "Density", "", -15, 15, 1, "The lab's D key: a step more is a darker print"},
    {"cyan", "Cyan", "", -15, 15, 1, "The lab's C key: a step more is less red"},
    {"magenta", "Magenta", "", -15, 15, 1, "The lab's M key: a step more is less green"},
    {"yellow", "Yellow", "", -15, 15, 1, "The lab's Y key: a step more is less blue"},
};

/// x' of x, per channel. Outside 0…1 it goes on straight, as steep as at the end.
class Keys final : public RowStage {
  public:
    explicit Keys(const std::array<double, 3>& density) {
        for (std::size_t c = 0; c < 3; c++) m_factor[c] = static_cast<float>(std::pow(10.0, -density[c]));
    }
    void run(Row& row) const override {
        float* p = row.packed;
        for (int x = 0; x < row.width; x++, p += 3)
            for (std::size_t c = 0; c < 3; c++) {
                const float f = m_factor[c], inside = atMost(atLeast(p[c], 0.0F), 1.0F);
                const float below = atMost(p[c], 0.0F), above = atLeast(p[c] - 1, 0.0F);
                p[c] = f * inside / (1 + (f - 1) * inside) + below * f + above / f;
            }
    }

  private:
    std::array<float, 3> m_factor{};
};

std::shared_ptr<const RowStage> make(const image::Adjustments& a, const Surroundings&) {
    const double all = densityStep * a.number("density") - 0.004 * a.number("brightness");
    const std::array<double, 3> density{all + dyeStep * a.number("cyan"), all + dyeStep * a.number("magenta"),
                                        all + dyeStep * a.number("yellow")};
    if (density == std::array<double, 3>{}) return nullptr;
    return std::make_shared<Keys>(density);
}

}  // namespace

const Adjustment keys{numbers, PixelSpace::Light, Reach::Everywhere, make};

}  // namespace contone::render
