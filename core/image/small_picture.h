// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SmallPicture: a small picture of a photo, for lists, that says what it was made from.
#pragma once

#include "core/image/pixels.h"

namespace contone::image {

enum class SmallFrom {
    Embedded,  ///< the file's own small picture, whatever it shows: the photo may look different
    Photo      ///< the photo itself
};
/// "embedded", "photo".
constexpr const char* toString(SmallFrom from) {
    return from == SmallFrom::Embedded ? "embedded" : "photo";
}

struct SmallPicture : Picture {
    SmallFrom from = SmallFrom::Photo;
    bool saysOrientation = true;  ///< false: the file does not say how the photo lies; it may lie on its side
    bool operator==(const SmallPicture&) const = default;
};

}  // namespace contone::image
