// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The line of a gradient goes through the middle of the box and reaches as far as its corners, as in CSS
// (CSS Images Module Level 3, 3.1.1).
#include "core/render/paint_colours.h"

#include <cmath>
#include <numbers>

namespace contone::render {
namespace {

std::array<float, 3> fractions(Srgb c) {
    return {static_cast<float>(c.red) / 255.0F, static_cast<float>(c.green) / 255.0F,
            static_cast<float>(c.blue) / 255.0F};
}

}  // namespace

PaintColours::PaintColours(const Paint& paint, image::PixelSize box, const icc::InputTransform& input,
                           icc::WorkingGamut gamut)
    : m_input(input), m_toPage(input.gamut(), gamut), m_isOfPage(input.gamut() == gamut) {
    const std::array<float, 3> from = fractions(paint.colour);
    if (!paint.to || *paint.to == paint.colour) {
        m_colours = {from};
    } else {
        const std::array<float, 3> to = fractions(*paint.to);
        m_colours.resize(steps + 1);
        for (int i = 0; i <= steps; i++)
            for (std::size_t c = 0; c < 3; c++)
                m_colours[static_cast<std::size_t>(i)][c] =
                    from[c] + (to[c] - from[c]) * static_cast<float>(i) / static_cast<float>(steps);
        const double turn = paint.angle * std::numbers::pi / 180;
        const double cosine = std::cos(turn), sine = std::sin(turn);
        const double length = std::abs(box.width * cosine) + std::abs(box.height * sine);
        m_perColumn = steps * cosine / length;
        m_perRow = steps * sine / length;
        m_start = steps / 2.0 + m_perColumn * (0.5 - box.width / 2.0) + m_perRow * (0.5 - box.height / 2.0);
    }
    for (std::array<float, 3>& colour : m_colours) toWorking(colour);
}

void PaintColours::toWorking(std::array<float, 3>& colour) const {
    m_input.apply(colour.data(), colour.data(), 1);
    if (!m_isOfPage) m_toPage.apply(colour.data(), 1);
}

std::array<float, 3> PaintColours::own(const std::uint8_t* srgb) const {
    std::array<float, 3> colour = fractions({srgb[0], srgb[1], srgb[2]});
    toWorking(colour);
    return colour;
}

}  // namespace contone::render
