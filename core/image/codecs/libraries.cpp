// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Each library's own way of saying its version.
#include "core/image/codecs/libraries.h"

#include <dav1d/dav1d.h>
#include <jconfig.h>
#include <jxl/decode.h>
#include <libde265/de265.h>
#include <libheif/heif.h>
#include <libraw/libraw.h>
#include <png.h>
#include <tiffio.h>
#include <webp/decode.h>

namespace contone::image {
namespace {

#define CONTONE_WORD(x) #x
#define CONTONE_TEXT(x) CONTONE_WORD(x)
constexpr const char* jpeg = "libjpeg-turbo " CONTONE_TEXT(LIBJPEG_TURBO_VERSION);
#undef CONTONE_TEXT
#undef CONTONE_WORD

std::string dotted(unsigned major, unsigned minor, unsigned patch) {
    return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

/// "LIBTIFF, Version 4.5.0\nCopyright …" → "4.5.0".
std::string tiffVersion() {
    const std::string all = TIFFGetVersion();
    const std::size_t digit = all.find_first_of("0123456789");
    return digit == std::string::npos ? "" : all.substr(digit, all.find_first_not_of("0123456789.", digit) - digit);
}

}  // namespace

std::string librariesOf(PhotoFormat format) {
    const std::string heif = std::string("libheif ") + heif_get_version();
    switch (format) {
        case PhotoFormat::Jpeg:
            return jpeg;
        case PhotoFormat::Png:
            return "libpng " + dotted(png_access_version_number() / 10000, png_access_version_number() / 100 % 100,
                                      png_access_version_number() % 100);
        case PhotoFormat::Tiff:  // may hold JPEG tiles
            return "libtiff " + tiffVersion() + ", " + jpeg;
        case PhotoFormat::Heic:
            return heif + ", libde265 " + de265_get_version();
        case PhotoFormat::Avif:
            return heif + ", dav1d " + dav1d_version();
        case PhotoFormat::WebP: {
            const auto v = static_cast<unsigned>(WebPGetDecoderVersion());
            return "libwebp " + dotted(v >> 16, v >> 8 & 0xff, v & 0xff);
        }
        case PhotoFormat::JpegXl: {
            const unsigned v = JxlDecoderVersion();
            return "libjxl " + dotted(v / 1'000'000, v / 1000 % 1000, v % 1000);
        }
        case PhotoFormat::Raw:
            return std::string("LibRaw ") + LibRaw::version() + ", " + jpeg;
        default:
            return {};
    }
}

}  // namespace contone::image
