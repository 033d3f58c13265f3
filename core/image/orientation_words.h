// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The names of the eight ways to turn a photo, as orders and JSON write them.
#pragma once

#include "core/base/enum_words.h"
#include "core/image/orientation.h"

namespace contone::image {

/// "right-mirrored": turned right first, then mirrored.
constexpr auto wordsOf(Orientation) {
    using enum Orientation;
    return enumWords<Orientation>("bad-turn", "There is no such way to turn a photo.",
                                  {{Upright, "upright"},
                                   {MirrorHorizontal, "mirrored"},
                                   {Rotate180, "half"},
                                   {MirrorVertical, "half-mirrored"},
                                   {Transpose, "right-mirrored"},
                                   {Rotate90, "right"},
                                   {Transverse, "left-mirrored"},
                                   {Rotate270, "left"}});
}

}  // namespace contone::image
