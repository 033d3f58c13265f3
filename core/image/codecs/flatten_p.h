// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// flatten: lays a see-through row on paper white, in the file's own encoding.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace contone::image {

/// How the colours of a see-through pixel are stored: as they are, or multiplied by the opacity already.
enum class AlphaKind { Unassociated, Associated };

/// One sample over `white`. Rounded to nearest. The blend is done on the numbers of the file, not in light: so do all
/// viewers, and it is what the picture's maker saw. T is std::uint8_t or std::uint16_t.
template <class T>
constexpr T over(T sample, T alpha, T white, AlphaKind kind) {
    constexpr std::uint32_t most = std::numeric_limits<T>::max();
    const std::uint32_t paper = static_cast<std::uint32_t>(white) * (most - alpha);
    if (kind == AlphaKind::Unassociated)
        return static_cast<T>((sample * std::uint32_t{alpha} + paper + most / 2) / most);
    return static_cast<T>(std::min(most, sample + (paper + most / 2) / most));
}

/// `from`: `width` pixels of `colours` samples and one of opacity; `to`: of `colours` samples. `white`: the paper, one
/// for each colour. True when a pixel was see-through.
template <class T>
bool flatten(const T* from, T* to, int width, int colours, const T* white, AlphaKind kind = AlphaKind::Unassociated) {
    bool isSeeThrough = false;
    for (int x = 0; x < width; ++x, from += colours + 1, to += colours) {
        const T alpha = from[colours];
        if (alpha == std::numeric_limits<T>::max()) {
            std::copy_n(from, colours, to);
            continue;
        }
        isSeeThrough = true;
        for (int c = 0; c < colours; ++c) to[c] = over(from[c], alpha, white[c], kind);
    }
    return isSeeThrough;
}

}  // namespace contone::image
