// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Lane: how carefully a photo is resampled.
#pragma once

#include <string_view>

#include "core/base/result.h"

namespace contone::image {

/// Fast: resampling in the photo's own encoding, as every peer does. Archival: in linear light when reducing.
enum class Lane { Fast, Archival };
const char* toString(Lane lane);                ///< "fast", "archival"
Result<Lane> parseLane(std::string_view text);  ///< Invalid "bad-lane"

}  // namespace contone::image
