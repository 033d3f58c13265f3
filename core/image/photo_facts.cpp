// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Names of photo formats.
#include "core/image/photo_facts.h"

namespace contone::image {

const char* toString(PhotoFormat format) {
    switch (format) {
        case PhotoFormat::Jpeg:
            return "JPEG";
        case PhotoFormat::Png:
            return "PNG";
        case PhotoFormat::Tiff:
            return "TIFF";
        case PhotoFormat::Heic:
            return "HEIC";
        case PhotoFormat::Avif:
            return "AVIF";
        case PhotoFormat::WebP:
            return "WebP";
        case PhotoFormat::JpegXl:
            return "JPEG XL";
        case PhotoFormat::Raw:
            return "camera RAW";
        case PhotoFormat::Psd:
            return "PSD";
        case PhotoFormat::Gif:
            return "GIF";
        case PhotoFormat::Bmp:
            return "BMP";
        case PhotoFormat::OpenExr:
            return "OpenEXR";
        case PhotoFormat::Other:
            break;
    }
    return "other";
}

}  // namespace contone::image
