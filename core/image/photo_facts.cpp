// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Names of photo formats.
#include "core/image/photo_facts.h"

namespace contone::image {

const char* toString(PhotoFormat format) {
    switch (format) {
        case PhotoFormat::Jpeg:
            return "JPEG";
    }
    return "unknown";
}

}  // namespace contone::image
