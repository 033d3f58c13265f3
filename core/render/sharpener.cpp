// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Rings of rows and of their luma around the kernels.
#include "core/render/sharpener.h"

#include <algorithm>
#include <cmath>

#include "core/render/kernels/resample.h"
#include "core/render/kernels/sharpen.h"

namespace contone::render {
namespace {

enum Plane { Luma, Blurred, Least, Most };

constexpr double mostPixels = farthestReach / 2.0;  ///< the blur ends at two standard deviations

double pixelsOf(int radiusUm, Dpi dpi) {
    return std::min(mostPixels, radiusUm * static_cast<double>(dpi.value) / 25400.0);
}

}  // namespace

SharpenAxis SharpenAxis::of(int radiusUm, Dpi dpi) {
    const double sigma = pixelsOf(radiusUm, dpi);
    SharpenAxis axis;
    axis.hood = std::max(1, static_cast<int>(std::lround(sigma)));
    double sum = 1;
    std::vector<double> values;
    for (int k = 1; k <= std::max(1, static_cast<int>(std::ceil(2 * sigma))); k++) {
        values.push_back(std::exp(-0.5 * k * k / (sigma * sigma)));
        sum += 2 * values.back();
    }
    for (const double v : values) axis.weight.push_back(static_cast<std::int16_t>(std::lround(v / sum * 32768)));
    return axis;
}

bool Sharpener::isNeeded(const Options& o) {
    return o.sharpening.level != SharpenLevel::None &&
           std::max(pixelsOf(o.sharpening.radiusUm, o.acrossDpi), pixelsOf(o.sharpening.radiusUm, o.downDpi)) >=
               leastRadius;
}

Sharpener::Sharpener(const Options& options, image::PixelSize frame)
    : m_options(options),
      m_frame(frame),
      m_across(SharpenAxis::of(options.sharpening.radiusUm, options.acrossDpi)),
      m_down(SharpenAxis::of(options.sharpening.radiusUm, options.downDpi)),
      m_rows(options.room + 2 * m_down.reach()),
      m_margin(static_cast<std::size_t>(m_across.reach() + 15) / 16 * 16) {
    const auto width = static_cast<std::size_t>(frame.width);
    constexpr std::size_t slackFloats = kernels::slack / sizeof(float), slackShorts = kernels::slack / 2;
    // Odd numbers of cache lines: rows that are looked at together do not compete for the same ones.
    const auto lines = [](std::size_t samples, std::size_t perLine) {
        return ((samples + perLine - 1) / perLine | 1) * perLine;
    };
    m_packedStride = lines(width * 4 + slackFloats, 16);
    m_planeStride = lines(width + 2 * m_margin + slackShorts, 32);
    m_packed.resize(m_packedStride * static_cast<std::size_t>(m_rows));
    for (auto& plane : m_planes) plane.resize(m_planeStride * static_cast<std::size_t>(m_rows));
}

void Sharpener::prepare(int y) {
    float* packed = row(y);
    std::int16_t* luma = plane(Luma, y);
    if (m_options.light)
        kernels::lumaOfLight(packed, m_options.light->plain(), m_frame.width, luma);
    else
        kernels::lumaOf(packed, m_frame.width, luma);
    std::fill_n(luma - m_across.reach(), m_across.reach(), luma[0]);
    std::fill_n(luma + m_frame.width, m_across.reach(), luma[m_frame.width - 1]);
    kernels::blurAcross(luma, {m_across.weight.data(), m_across.radius()}, m_across.hood, m_frame.width,
                        plane(Blurred, y), plane(Least, y), plane(Most, y));
}

int Sharpener::ready(int prepared) const {
    return prepared >= m_frame.height ? m_frame.height : std::max(0, prepared - m_down.reach());
}

void Sharpener::finish(int y) {
    std::array<const std::int16_t*, 2 * farthestReach + 1> blurred{}, least{}, most{};
    const auto neighbour = [&](int offset) { return std::clamp(y + offset, 0, m_frame.height - 1); };
    const int radius = m_down.radius(), hood = m_down.hood;
    for (int k = -radius; k <= radius; k++) blurred.data()[k + radius] = plane(Blurred, neighbour(k));
    for (int k = -hood; k <= hood; k++) {
        least.data()[k + hood] = plane(Least, neighbour(k));
        most.data()[k + hood] = plane(Most, neighbour(k));
    }
    const Sharpening& s = m_options.sharpening;
    const auto parts = [](int permille, int one) { return static_cast<std::int16_t>((permille * one + 500) / 1000); };
    const auto whole = static_cast<std::int16_t>(s.amountPermille / 1000);
    const kernels::Amount amount{{m_down.weight.data(), radius},
                                 hood,
                                 whole,
                                 parts(s.amountPermille % 1000, 32768),
                                 parts(s.overshootPermille, kernels::lumaOne)};
    const kernels::Rows rows{plane(Luma, y), blurred.data(), least.data(), most.data()};
    if (m_options.light)
        kernels::sharpenLight(rows, amount, m_options.light->plain(), m_frame.width, row(y));
    else
        kernels::sharpen(rows, amount, m_frame.width, row(y));
}

}  // namespace contone::render
