// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Lane: how carefully a photo is resampled.
#pragma once

#include "core/base/enum_words.h"

namespace contone::image {

/// Fast: resampling in the photo's own encoding, as every peer does. Archival: in linear light when reducing.
enum class Lane { Fast, Archival };
constexpr auto wordsOf(Lane) {
    return enumWords<Lane>("bad-lane", "The lane is fast or archival. Choose one of these.",
                           {{Lane::Fast, "fast"}, {Lane::Archival, "archival"}});
}
using contone::toString;

}  // namespace contone::image
