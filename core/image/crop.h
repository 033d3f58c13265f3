// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Crop: a part of the upright photo, as fractions of its width and height.
#pragma once

namespace contone::image {

/// 0 ≤ left, left + width ≤ 1, width > 0, and alike from the top. A value.
struct Crop {
    double left = 0, top = 0, width = 1, height = 1;
    bool operator==(const Crop&) const = default;
    /// To 9 decimals: what is stored is what is rendered.
    Crop rounded() const;
};

/// Whether it lies inside the photo. A hair beyond its edges counts as inside: crops travel as text with 9 decimals.
bool isInsidePhoto(const Crop& crop);

}  // namespace contone::image
