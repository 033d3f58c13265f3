// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Vignette: darker or lighter corners, of what is seen of the photo.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/render/adjustments/list_p.h"

namespace contone::render {
namespace {

constexpr NumberDescriptor numbers[] = {
    {"vignette", "Vignette", "EV", -1.5, 0.5, 0.05,
     "Darkens the corners, which leads the eye to the middle; or lightens them"},
};

/// No effect from the middle to 0.3 of the squared distance to a corner, all of it in the corner.
class Vignette final : public RowStage {
  public:
    Vignette(double stops, const image::Crop& crop) : m_crop(crop) {
        for (std::size_t i = 0; i < m_gain.size(); i++) {
            const double t = std::clamp((static_cast<double>(i) / steps - start) / (1 - start), 0.0, 1.0);
            m_gain[i] = static_cast<float>(std::exp2(stops * t * t * (3 - 2 * t)));
        }
    }
    void run(Row& row) const override {
        float* p = row.packed;
        for (int x = 0; x < row.width; x++, p += 3) {
            const double across = (row.photo.u + x * row.photo.stepU - m_crop.left) / m_crop.width * 2 - 1;
            const double down = (row.photo.v + x * row.photo.stepV - m_crop.top) / m_crop.height * 2 - 1;
            const double at = std::min((across * across + down * down) / 2, 1.0) * steps;
            const auto i = static_cast<std::size_t>(at);
            const float part = static_cast<float>(at - static_cast<double>(i));
            const float gain = m_gain[i] + (m_gain[i + 1] - m_gain[i]) * part;
            for (int c = 0; c < 3; c++) p[c] *= gain;
        }
    }

  private:
    static constexpr int steps = 256;
    static constexpr double start = 0.3;
    image::Crop m_crop;
    std::array<float, steps + 2> m_gain{};
};

std::shared_ptr<const RowStage> make(const image::Adjustments& a, const Surroundings& around) {
    const double stops = a.number("vignette");
    return stops == 0 ? nullptr : std::make_shared<Vignette>(stops, around.crop);
}

}  // namespace

const Adjustment vignette{numbers, PixelSpace::Light, Reach::ByPlace, make};

}  // namespace contone::render
