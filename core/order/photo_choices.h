// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PhotoChoices: what a customer chose for one photo besides product and copies.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/enum_words.h"
#include "core/base/result.h"
#include "core/image/adjustments.h"
#include "core/image/crop.h"
#include "core/image/ink_sense.h"
#include "core/image/lane.h"
#include "core/image/photo_facts.h"
#include "core/image/photo_turn.h"

namespace contone::order {

/// Fill: cover the print, crop the rest. Whole: show all of the photo, paper around it.
enum class Fit { Fill, Whole };
constexpr auto wordsOf(Fit) {
    return enumWords<Fit>("bad-fit", "Choose how the photo fills the print: fill or whole.",
                          {{Fit::Fill, "fill"}, {Fit::Whole, "whole"}});
}
using contone::toString;

struct PhotoChoices {
    Fit fit = Fit::Fill;
    /// What shall be *seen after trimming*, on the upright photo; empty: the largest centred area of the print's shape.
    std::optional<image::Crop> crop;
    image::Lane lane = image::Lane::Fast;
    image::InkSense inks = image::InkSense::AsRead;
    image::PhotoTurn turn;           ///< a crop is a part of the photo as it is turned
    image::Adjustments adjustments;  ///< of light and colours; empty: none
    /// Exactly as sent: conversion of colours, scaling and the paper's own sharpening, and nothing else. `adjustments`
    /// is empty then.
    bool asSent = false;
    bool operator==(const PhotoChoices&) const = default;
};

/// As it is stored with an order line and sent over the wire.
std::string toJson(const PhotoChoices& choices);
Result<PhotoChoices> choicesFromJson(std::string_view json);  ///< Corrupt "choices-json"

/// Fails: Invalid "bad-turn"; Invalid "bad-crop" when the crop does not lie inside the photo, or holds less than a
/// pixel of it; Invalid "inks-known" when the inks of a photo are to be turned that says itself how they are; Invalid
/// "as-sent-adjusted" when a photo is to be adjusted that is to be printed as sent. `photo`: where it is known.
Result<void> check(const PhotoChoices& choices, const std::optional<image::PhotoFacts>& photo = {});

}  // namespace contone::order
