// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// How sharp a resolution looks on a product.
#include "core/catalog/product.h"

namespace contone::catalog {

const char* toString(Sharpness sharpness) {
    switch (sharpness) {
        case Sharpness::Sharp:
            return "sharp";
        case Sharpness::Good:
            return "good";
        case Sharpness::Soft:
            return "soft";
        case Sharpness::Poor:
            return "poor";
    }
    return "poor";
}

Sharpness DpiLadder::at(double dpi) const {
    if (dpi >= sharp.value) return Sharpness::Sharp;
    if (dpi >= good.value) return Sharpness::Good;
    if (dpi >= soft.value) return Sharpness::Soft;
    return Sharpness::Poor;
}

}  // namespace contone::catalog
