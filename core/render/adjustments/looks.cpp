// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The looks that come with Contone. Changing a number changes bytes: raise Recipe::renderVersion.
#include "core/render/adjustments/looks.h"

#include <algorithm>

namespace contone::render {
namespace {

constexpr Look all[] = {
    {.id = "vivid",
     .label = "Vivid",
     .does = "Strong colours and clear contrast, for days at the sea",
     .contrast = 18,
     .saturation = 1.22,
     .chroma = {0.95, 1.0, 1.08, 1.1, 1.1, 1.0}},
    {.id = "portrait",
     .label = "Portrait",
     .does = "Soft contrast and kind skin",
     .contrast = -14,
     .fade = 0.02,
     .saturation = 0.97,
     .chroma = {0.94, 0.97, 0.88, 0.92, 0.92, 0.95},
     .highlights = {0.003, 0.006}},
    {.id = "landscape",
     .label = "Landscape",
     .does = "Deep skies and fresh greens",
     .contrast = 14,
     .saturation = 1.08,
     .chroma = {0.98, 1.06, 1.2, 1.16, 1.2, 1.0},
     .shadows = {-0.003, -0.006}},
    {.id = "evening",
     .label = "Evening sun",
     .does = "Everything in warm, low light",
     .contrast = 6,
     .saturation = 1.05,
     .chroma = {1.04, 1.06, 0.94, 0.86, 0.86, 1.0},
     .shadows = {0.006, 0.004},
     .highlights = {0.010, 0.034}},
    {.id = "north",
     .label = "Northern light",
     .does = "Cool and clear, for snow and water",
     .contrast = 8,
     .saturation = 0.9,
     .chroma = {0.92, 0.88, 0.94, 1.06, 1.08, 0.95},
     .shadows = {-0.004, -0.012},
     .highlights = {-0.004, -0.008}},
    {.id = "film",
     .label = "Film",
     .does = "Gentle blacks, warm lights and a breath of green in the dark, as on colour negative",
     .contrast = 8,
     .fade = 0.055,
     .roll = 0.012,
     .saturation = 0.94,
     .chroma = {1.0, 0.98, 0.86, 0.96, 0.94, 0.95},
     .shadows = {-0.010, -0.004},
     .highlights = {0.004, 0.014}},
    {.id = "matte",
     .label = "Matte",
     .does = "Calm tones without deep black, for walls and albums",
     .contrast = -10,
     .fade = 0.11,
     .roll = 0.02,
     .saturation = 0.86,
     .shadows = {0.001, -0.004}},
    {.id = "pastel",
     .label = "Pastel",
     .does = "Light and airy, for babies and weddings",
     .contrast = -22,
     .fade = 0.05,
     .saturation = 0.84,
     .chroma = {0.96, 0.96, 0.9, 0.96, 0.96, 1.0},
     .highlights = {0.003, 0.002}},
    {.id = "black-white",
     .label = "Black and white",
     .does = "Classic, with luminous skin",
     .contrast = 12,
     .saturation = 0,
     .light = {0.18, 0.12, -0.02, -0.1, -0.16, 0.05}},
    {.id = "noir",
     .label = "Noir",
     .does = "Hard black and white with dark skies",
     .contrast = 46,
     .saturation = 0,
     .light = {0.25, 0.1, -0.1, -0.3, -0.4, 0.0}},
    {.id = "silver",
     .label = "Silver",
     .does = "Black and white on cool paper, with open shadows",
     .contrast = -4,
     .fade = 0.05,
     .saturation = 0,
     .light = {0.12, 0.08, 0.0, -0.06, -0.1, 0.0},
     .shadows = {-0.002, -0.010},
     .highlights = {-0.001, -0.003}},
    {.id = "old-print",
     .label = "Old print",
     .does = "Brown and faded, as from grandmother's album",
     .contrast = -8,
     .fade = 0.10,
     .roll = 0.03,
     .saturation = 0,
     .light = {0.05, 0.05, 0.0, -0.05, -0.1, 0.0},
     .shadows = {0.016, 0.030},
     .highlights = {0.008, 0.034}},
};

}  // namespace

std::span<const Look> looks() {
    return all;
}

const Look* findLook(std::string_view id) {
    const auto* found = std::ranges::find(all, id, &Look::id);
    return found == std::end(all) ? nullptr : found;
}

}  // namespace contone::render
