// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Grade: how good a picture on the screen is, and how long it may take.
#pragma once

#include <chrono>

namespace contone::view {

/// Each replaces the one before as soon as it is there; a newer request cancels those that are still on their way.
enum class Grade {
    Coarse,   ///< whatever can be shown at once, in 16 ms: the old picture, moved and scaled
    Preview,  ///< colours from one small table (ΔE2000 below 1.5 for 999 of 1000 pixels); a change takes milliseconds
    Settled,  ///< the device's own pixels, each through the proof: as printed
};

/// How long nothing must be asked for before the work starts that a hand in motion does not need: a hand that drags
/// asks more often than that.
constexpr std::chrono::milliseconds restBeforeSettled{150};

}  // namespace contone::view
