// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Looks: moods that a customer chooses with one tap. Data; look.cpp makes them.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace contone::render {

/// A colour towards which light or dark parts lean: OKLab a, b.
struct Tone {
    double a = 0, b = 0;
};

struct Look {
    const char* id;         ///< in recipes, for ever
    const char* label;      ///< "Evening sun"
    const char* does;       ///< in a customer's words
    double contrast = 0;    ///< as the slider
    double fade = 0;        ///< lightness of black, 0…0.2
    double roll = 0;        ///< what white loses of its lightness, 0…0.1
    double saturation = 1;  ///< 0: black and white
    /// Chroma times this for reds, yellows, greens, cyans, blues, magentas.
    std::array<double, 6> chroma{1, 1, 1, 1, 1, 1};
    /// Black and white: how much lighter each becomes, a part of its light.
    std::array<double, 6> light{};
    Tone shadows, highlights;
};

std::span<const Look> looks();
/// nullptr when there is none of that id.
const Look* findLook(std::string_view id);

}  // namespace contone::render
