// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The products, models and photos that tests of screens look at.
#pragma once

#include "core/catalog/product.h"
#include "core/inspect/inspect_photo.h"
#include "printers/models/load_models.h"
#include "tests/places.h"

namespace contone::ui {

inline Path shippedShare() {
    return Path(contone::tests::programFolder) / ".." / "share" / "contone";
}
/// With the programs that were built beside the tests.
inline decode::Decoder::Options shippedDecoder() {
    return {.programs = contone::tests::programFolder,
            .faceModel = shippedShare() / "vision" / "face_detection_full_range.tflite"};
}
inline Path photoFile(const char* name) {
    return Path(contone::tests::sourceFolder) / "tests" / "data" / "photos" / name;
}
inline Path brokenFile(const char* name) {
    return Path(contone::tests::sourceFolder) / "tests" / "data" / "broken" / name;
}

}  // namespace contone::ui
