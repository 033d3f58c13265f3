// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Previews: a picture that was resampled once, in ever new colours: one small table a change.
#pragma once

#include <array>

#include "core/render/pipeline.h"

namespace contone::render {

/// The page of `encoded` as RGB8, every pixel through `table` (three channels, of 33 nodes a side: p99.9 within ΔE2000
/// 1.5 of the exact colours); `paper` around the photo, 0…1. No dither. The same for any number of threads.
image::Picture preview(const EncodedPicture& encoded, const icc::FusedTable& table, const std::array<float, 3>& paper,
                       int threads = 1);

}  // namespace contone::render
