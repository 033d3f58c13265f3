// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Red eyes: where an eye is marked, what is as red as a pupil in a flash becomes dark gray. Catchlights are not red and
// stay; so does all outside the marks.
#include <algorithm>
#include <cmath>

#include "core/render/adjustments/list_p.h"
#include "core/render/adjustments/redness.h"

namespace contone::render {
namespace {

class RedEyes final : public RowStage {
  public:
    RedEyes(const std::vector<image::RedEye>& eyes, const Surroundings& around)
        : m_eyes(eyes), m_redness(around.gamut) {
        const double longSide = std::max({around.photo.width, around.photo.height, 1});
        m_width = around.photo.width / longSide;
        m_height = around.photo.height / longSide;
    }
    void run(Row& row) const override {
        for (const image::RedEye& eye : m_eyes) run(row, eye);
    }

  private:
    /// The mark's edge is soft: over a quarter of its radius.
    static constexpr double soft = 0.25;
    static constexpr float darker = 0.8F;
    void run(Row& row, const image::RedEye& eye) const {
        const PhotoLine& line = row.photo;
        const double far = eye.radius * (1 + soft);
        // One of the two does not change along the row.
        const double fixed = line.stepV == 0 ? (line.v - eye.v) * m_height : (line.u - eye.u) * m_width;
        if (std::fabs(fixed) >= far) return;
        const double start = line.stepV == 0 ? (line.u - eye.u) * m_width : (line.v - eye.v) * m_height;
        const double step = line.stepV == 0 ? line.stepU * m_width : line.stepV * m_height;
        if (step == 0) return;
        const double one = (-far - start) / step, other = (far - start) / step;
        const int first = static_cast<int>(std::clamp(std::floor(std::min(one, other)), 0.0, row.width * 1.0));
        const int last = static_cast<int>(std::clamp(std::ceil(std::max(one, other)) + 1, 0.0, row.width * 1.0));
        for (int x = first; x < last; x++) {
            const double along = start + x * step, away = std::sqrt(along * along + fixed * fixed) / eye.radius;
            const auto inside = static_cast<float>(std::clamp((1 + soft - away) / soft, 0.0, 1.0));
            if (inside > 0) mend(row.packed + static_cast<std::ptrdiff_t>(x) * 3, inside);
        }
    }
    void mend(float* light, float inside) const {
        const float mask = inside * m_redness.of(light);
        if (mask == 0) return;
        const auto was = m_redness.srgb().of(light);
        const float red = (was[1] + was[2]) / 2;
        const float pupil[3] = {red * darker, was[1] * darker, was[2] * darker};
        const auto is = m_redness.srgb().back(pupil);
        for (std::size_t c = 0; c < 3; c++) light[c] += (is[c] - light[c]) * mask;
    }
    std::vector<image::RedEye> m_eyes;
    double m_width = 1, m_height = 1;  ///< of the photo, in its long side
    Redness m_redness;
};

std::shared_ptr<const RowStage> make(const image::Adjustments& a, const Surroundings& around) {
    return a.eyes.empty() ? nullptr : std::make_shared<RedEyes>(a.eyes, around);
}

}  // namespace

const Adjustment redEye{{}, PixelSpace::Light, Reach::ByPlace, make};

}  // namespace contone::render
