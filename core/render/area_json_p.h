// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Boxes, outlines, shadows and areas as a recipe writes them. The readers throw std::exception; recipe.cpp catches it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "core/render/recipe.h"

namespace contone::render {

nlohmann::json boxJson(const image::PixelRect& box);
image::PixelRect boxFrom(const nlohmann::json& parent);  ///< its "box"
Srgb colourFrom(const nlohmann::json& text);
Sha256 hashFrom(const nlohmann::json& text);

/// Only what is not as with most frames is written.
void addOutline(nlohmann::json& frame, const Frame& from);
Shape shapeFrom(const nlohmann::json& parent);
std::optional<Sha256> stencilFrom(const nlohmann::json& parent);
std::optional<Shadow> shadowFrom(const nlohmann::json& parent);

/// Nothing is written of a page without such areas: it is named as it always was.
void addAreas(nlohmann::json& page, const char* key, const std::vector<Area>& areas);
std::vector<Area> areasFrom(const nlohmann::json& page, const char* key);

}  // namespace contone::render
