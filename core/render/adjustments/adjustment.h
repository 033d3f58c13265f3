// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Adjustment: one thing that can be done to the light and colours of a photo: its sliders as data, and its work. One
// file each in this folder; adjustments.cpp says which there are and in which order they work.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "core/image/adjustments.h"
#include "core/image/crop.h"
#include "core/image/pixels.h"
#include "core/render/row_stage.h"
#include "icc/transforms.h"

namespace contone::render {

class CubeLook;
class ToneGrid;

/// A slider. It rests at 0, where nothing is changed, not even in the last bit.
struct NumberDescriptor {
    const char* id;     ///< "exposure": in recipes, orders and on the command line, for ever
    const char* label;  ///< "Exposure"
    const char* unit;   ///< "EV", "mired", "%"; "" for steps
    double least, most, step;
    const char* does;  ///< in a customer's words
};

/// What an adjustment may look at besides the colour of a pixel.
struct Surroundings {
    icc::WorkingGamut gamut = icc::WorkingGamut::Rec2020;  ///< of the linear RGB that comes and goes
    image::Crop crop;                                      ///< what of the photo is seen
    image::PixelSize photo;                                ///< of the upright photo: its shape
    /// Of the whole photo, before any crop. Null: none was made, since no slider needs it.
    std::shared_ptr<const ToneGrid> tones;
    std::shared_ptr<const CubeLook> cube;  ///< where the look is one of the shop's own; else null
};

/// In which numbers a pixel comes to an adjustment: linear working RGB, or OKLab of it (adjustments/oklab.h).
enum class PixelSpace { Light, Oklab };
/// Whether the same colour gets the same change at every place of the photo. Only such changes can be in a colour
/// table.
enum class Reach { Everywhere, ByPlace };

struct Adjustment {
    std::span<const NumberDescriptor> numbers;
    PixelSpace space;
    Reach reach;
    /// Null when its sliders rest. `adjustments` passed check().
    std::shared_ptr<const RowStage> (*make)(const image::Adjustments& adjustments, const Surroundings& around);
};

}  // namespace contone::render
