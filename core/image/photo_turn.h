// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PhotoTurn: how a person turned a photo that a program had set upright: by quarters, mirrored, and straightened.
#pragma once

#include "core/base/result.h"
#include "core/image/orientation.h"
#include "core/image/photo_facts.h"

namespace contone::image {

/// A value. First the quarter turns and the mirror, then the straightening.
struct PhotoTurn {
    /// Hundredths of a degree. More is a job for another tool.
    static constexpr int most = 1500;
    Orientation by = Orientation::Upright;
    int straighten = 0;  ///< hundredths of a degree, clockwise, -most…most; the photo is then cut to its own shape
    bool isNone() const { return by == Orientation::Upright && straighten == 0; }
    bool operator==(const PhotoTurn&) const = default;
};

/// How much of its width and height a photo keeps that is straightened: the largest part of its own shape that has
/// photo everywhere, 0…1. `size`: of any scale; swapped sides give the same.
double keptWhenStraightened(PixelSize size, int hundredths);
/// The size of what is kept, at least 1 × 1.
PixelSize straightenedSize(PixelSize size, int hundredths);
/// The photo's pixels as it is seen when it is turned so: of which crops are parts.
PixelSize turnedSize(const PhotoFacts& facts, const PhotoTurn& turn);
/// Fails: Invalid "bad-turn".
Result<void> check(const PhotoTurn& turn);

}  // namespace contone::image
