// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The model, and small pictures as a program gets them, read in the test's own process.
#pragma once

#include <cstdlib>

#include "core/decode/worker/open_photo.h"
#include "core/vision/face.h"
#include "tests/places.h"

namespace contone::vision::test {

inline Path dataFolder() {
    return Path(tests::sourceFolder) / "tests/data";
}

inline Bytes modelBytes() {
    auto bytes = readFile(Path(tests::sourceFolder) / "resources/models/face_detection_full_range.tflite", 8'000'000);
    if (!bytes) std::abort();
    return *std::move(bytes);
}

inline image::SmallPicture pictureOf(const Path& file, int longSide = pictureSide) {
    auto photo = openForReading(file);
    if (!photo) std::abort();
    auto picture = decode::thumbnail(decode::narrowCodecs(), *std::move(photo), longSide, decode::PreviewUse::Allowed);
    if (!picture) std::abort();
    return *std::move(picture);
}

}  // namespace contone::vision::test
