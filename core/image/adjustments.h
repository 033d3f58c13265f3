// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Adjustments: what a person, or auto-enhance, did to the light and colours of one photo.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace contone::image {

/// One slider that is not where it rests. `id` and the unit of `value` are those of render::NumberDescriptor; every
/// slider rests at 0.
struct AdjustedNumber {
    std::string id;
    double value = 0;
    bool operator==(const AdjustedNumber&) const = default;
};

/// A point of the tone curve, in perceived lightness (OKLab L), 0…1 each.
struct CurvePoint {
    double in = 0, out = 0;
    bool operator==(const CurvePoint&) const = default;
};

/// An eye that is red from the flash: a mark on the upright photo, as fractions of its width and height; `radius` of
/// its long side. In hundred-thousandths, as a recipe says it.
struct RedEye {
    double u = 0, v = 0, radius = 0;
    bool operator==(const RedEye&) const = default;
};

/// A value; what it means, and in which order it works, says core/render/adjustments. Empty: the photo as it is.
struct Adjustments {
    static constexpr int wholeLook = 100;

    std::vector<AdjustedNumber> numbers;  ///< sorted by id, each once, none at 0
    std::vector<CurvePoint> curve;        ///< `in` rising; empty: straight
    std::vector<RedEye> eyes;             ///< marked as red
    std::string look;                     ///< render::looks(), or a CubeName of core/render; empty: none
    int lookPercent = wholeLook;          ///< how much of the look, 0…100

    bool isEmpty() const { return numbers.empty() && curve.empty() && eyes.empty() && look.empty(); }
    /// 0 when the slider rests.
    double number(std::string_view id) const;
    /// Rounded to thousandths, as a recipe says it. 0 lets it rest.
    void set(std::string_view id, double value);
    bool operator==(const Adjustments&) const = default;
};

/// `first`, and over it all that is set in `own`.
Adjustments overruled(Adjustments first, const Adjustments& own);

/// One line, as recipes and orders keep it: "exposure=0.5 shadows=-20 curve=0.25:0.3,0.75:0.8
/// eyes=0.41:0.3:0.012 look=film*80"; empty for the photo as it is. Equal values give equal lines.
std::string toText(const Adjustments& adjustments);
/// Fails: Corrupt "adjustments-unreadable". Whether the sliders exist and have such values, render::check() says.
Result<Adjustments> parseAdjustments(std::string_view text);

}  // namespace contone::image
