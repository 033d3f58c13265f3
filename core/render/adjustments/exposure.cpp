// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Exposure: all light, times a power of two.
#include <cmath>

#include "core/render/adjustments/list_p.h"

namespace contone::render {
namespace {

constexpr NumberDescriptor numbers[] = {
    {"exposure", "Exposure", "EV", -3, 3, 0.05,
     "Makes the whole photo lighter or darker, as a longer or shorter exposure"},
};

class Exposure final : public RowStage {
  public:
    explicit Exposure(double stops) : m_gain(static_cast<float>(std::exp2(stops))) {}
    void run(Row& row) const override {
        for (int i = 0; i < row.width * 3; i++) row.packed[i] *= m_gain;
    }

  private:
    float m_gain;
};

std::shared_ptr<const RowStage> make(const image::Adjustments& a, const Surroundings&) {
    const double stops = a.number("exposure");
    return stops == 0 ? nullptr : std::make_shared<Exposure>(stops);
}

}  // namespace

const Adjustment exposure{numbers, PixelSpace::Light, Reach::Everywhere, make};

}  // namespace contone::render
