// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// likenessOf: a hash by which versions of one picture are known.
#pragma once

#include <cstdint>

#include "core/image/pixels.h"

namespace contone::preflight {

/// pHash (Zauner 2010): the picture squeezed to 32 x 32 lumas, the signs of its 8 x 8 lowest cosines against their
/// median. `picture`: Gray or Rgb, 16 bits, at least a pixel.
std::uint64_t likenessOf(const image::Picture& picture);

}  // namespace contone::preflight
