// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// All adjustments: their sliders, whether a value can be had, and the stages that make it.
#pragma once

#include <vector>

#include "core/base/result.h"
#include "core/render/adjustments/adjustment.h"

namespace contone::render {

/// In the order in which people are shown them.
std::vector<NumberDescriptor> adjustmentNumbers();
/// nullptr when there is none of that id.
const NumberDescriptor* findAdjustmentNumber(std::string_view id);

/// Fails: Invalid "bad-adjustment" (no such slider, out of its range, not a number; a curve that does not rise; no such
/// look).
Result<void> check(const image::Adjustments& adjustments);

/// Whether `around.tones` is needed; `around.cube` is needed where the look is one of the shop's own (cube.h).
bool needsTones(const image::Adjustments& adjustments);
/// ByPlace: all up to the last one that differs by place. Rest: those behind it, for which a colour table can stand.
enum class Part { All, ByPlace, Rest };
/// The stages, in the order in which they work; none for what changes nothing. `adjustments` passed check().
RowStages adjustmentStages(const image::Adjustments& adjustments, const Surroundings& around, Part part = Part::All);

}  // namespace contone::render
