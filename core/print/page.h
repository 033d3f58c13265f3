// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Page: what is on one sheet of paper, by kind. The ledger keeps one for each sheet, under the hash of its text.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "core/image/pixels.h"
#include "core/render/recipe.h"

namespace contone::print {

/// The product of the order line of a calibration page. In no catalogue: nobody can order it.
inline constexpr std::string_view calibrationProduct = "calibration";

/// Rulers in device pixels and no photo: print::calibrationPage() draws it.
struct CalibrationPage {
    static constexpr std::string_view kind = "calibration";
    std::string medium;  ///< Medium::id
    image::PixelFormat device{image::Channels::Rgb, image::Depth::U8};
    bool operator==(const CalibrationPage&) const = default;
};

/// A new kind is a new alternative: what reads, draws and compares pages does not compile until it handles it.
using Page = std::variant<render::Recipe, CalibrationPage>;

/// "photos" for a render::Recipe, else the alternative's own.
std::string_view kindOf(const Page& page);

/// One line of JSON with sorted keys, and "kind", which is not there for photos: their pages are named by
/// render::canonical() alone, as they always were.
std::string canonical(const Page& page);
/// SHA-256 of canonical(): names the page. Of photos the same as render::hashOf().
Sha256 hashOf(const Page& page);
/// What canonical() wrote, also before pages had a kind. Fails: Corrupt "recipe-damaged"; Unsupported "recipe-version",
/// "page-kind" (written by a newer Contone).
Result<Page> parsePage(std::string_view text);

/// The originals that it shows; each once.
std::vector<Sha256> originalsOf(const Page& page);
/// The set texts and masks that lie on it; each once.
std::vector<Sha256> stencilsOf(const Page& page);

}  // namespace contone::print
