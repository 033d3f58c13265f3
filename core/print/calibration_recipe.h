// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CalibrationRecipe: what stands in the ledger for a sheet that shows no photo but the rulers of a calibration print.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/image/pixels.h"

namespace contone::print {

/// The product of such a sheet's order line. In no catalogue: nobody can order it.
inline constexpr std::string_view calibrationProduct = "calibration";

struct CalibrationRecipe {
    std::string medium;  ///< Medium::id
    image::PixelFormat device{image::Channels::Rgb, image::Depth::U8};
    bool operator==(const CalibrationRecipe&) const = default;
};

/// One line of JSON, as a render::Recipe has one; its SHA-256 names the page.
std::string canonical(const CalibrationRecipe& recipe);
/// Empty for the recipe of a photo. Fails: Corrupt "recipe-damaged".
Result<std::optional<CalibrationRecipe>> parseCalibrationRecipe(std::string_view text);

}  // namespace contone::print
