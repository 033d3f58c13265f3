// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The decoder lays see-through pixels on white, so that darkness alone says what is covered.
#include "core/inspect/mask_file.h"

#include "core/inspect/inspect_photo.h"

namespace contone::inspect {

Result<image::Mask> maskIn(decode::Decoder& decoder, const Path& file) {
    image::Mask mask;
    const auto reading = [&](image::PhotoSource& source) -> Result<void> {
        CONTONE_TRY(mask, image::readMask(source));
        return {};
    };
    CONTONE_CHECK(inspectPhoto(decoder, file, {}, image::PhotoRequest{}, reading));
    return mask;
}

}  // namespace contone::inspect
