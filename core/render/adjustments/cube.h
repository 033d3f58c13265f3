// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CubeName: how a recipe names a look of the shop's own: "cube:<SHA-256 of the file>", or "cube:<SHA-256>:display-p3"
// where the look was made for other numbers than sRGB's.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/enum_words.h"
#include "core/base/sha256.h"
#include "core/render/cube_look.h"

namespace contone::render {

/// In which numbers a look takes colours and gives them; the file does not say it.
enum class CubeEncoding { Srgb, DisplayP3, AdobeRgb, LinearSrgb };
constexpr auto wordsOf(CubeEncoding) {
    return enumWords<CubeEncoding>(
        "bad-cube-encoding", "A .cube look is for srgb, display-p3, adobe-rgb or linear-srgb. Choose one of these.",
        {{CubeEncoding::Srgb, "srgb"},
         {CubeEncoding::DisplayP3, "display-p3"},
         {CubeEncoding::AdobeRgb, "adobe-rgb"},
         {CubeEncoding::LinearSrgb, "linear-srgb"}});
}
using contone::toString;

/// Of looks that are no built-in ones.
constexpr std::string_view cubePrefix = "cube:";

struct CubeName {
    Sha256 file;
    CubeEncoding encoding = CubeEncoding::Srgb;
    bool operator==(const CubeName&) const = default;
};
std::string toText(const CubeName& name);
/// Empty: `look` names a built-in look, or nothing.
std::optional<CubeName> cubeNamed(std::string_view look);

/// How far, in ΔE2000, the worst of the middle grays (L* 30 to 70) is moved: a look that was made for other numbers
/// moves them far.
double grayShift(const CubeLook& look, CubeEncoding encoding);
constexpr double farGrayShift = 10;  ///< from there on a person is asked whether the look is meant for photos

}  // namespace contone::render
