// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A table of magic numbers, so that a refusal can name what it refuses.
#include "core/decode/sniff.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace contone::decode {

namespace {

using namespace std::string_view_literals;

struct Magic {
    std::size_t at;
    std::string_view bytes;
    const char* name;
    Family family = Family::Unknown;
};

// Longer and more special ones first: several camera formats begin like a TIFF.
constexpr Magic kMagics[] = {
    {0, "\xff\xd8"sv, "a JPEG photo", Family::Jpeg},
    {0, "\x89PNG\r\n\x1a\n"sv, "a PNG picture", Family::Png},
    {8, "CR\x02\0"sv, "a Canon raw photo (CR2)", Family::Raw},
    {0, "IIU\0"sv, "a Panasonic raw photo (RW2)", Family::Raw},
    {0, "IIRO"sv, "an Olympus raw photo (ORF)", Family::Raw},
    {0, "IIRS"sv, "an Olympus raw photo (ORF)", Family::Raw},
    {0, "MMOR"sv, "an Olympus raw photo (ORF)", Family::Raw},
    {6, "HEAPCCDR"sv, "a Canon raw photo (CRW)", Family::Raw},
    {0, "FUJIFILMCCD-RAW"sv, "a Fujifilm raw photo (RAF)", Family::Raw},
    {0, "\0MRM"sv, "a Minolta raw photo (MRW)", Family::Raw},
    {0, "FOVb"sv, "a Sigma raw photo (X3F)", Family::Raw},
    {0, "II*\0"sv, "a TIFF picture or a camera's raw photo", Family::TiffOrRaw},
    {0, "MM\0*"sv, "a TIFF picture or a camera's raw photo", Family::TiffOrRaw},
    {0, "II+\0"sv, "a TIFF picture", Family::TiffOrRaw},
    {0, "MM\0+"sv, "a TIFF picture", Family::TiffOrRaw},
    {4, "ftypcrx "sv, "a Canon raw photo (CR3)", Family::Raw},
    {4, "ftypavif"sv, "an AVIF photo", Family::Heif},
    {4, "ftypavis"sv, "an AVIF photo", Family::Heif},
    {4, "ftypheic"sv, "a HEIC photo", Family::Heif},
    {4, "ftypheix"sv, "a HEIC photo", Family::Heif},
    {4, "ftyphevc"sv, "a HEIC photo", Family::Heif},
    {4, "ftypheim"sv, "a HEIC photo", Family::Heif},
    {4, "ftyphevx"sv, "a HEIC photo", Family::Heif},
    {4, "ftypheis"sv, "a HEIC photo", Family::Heif},
    {4, "ftyphevm"sv, "a HEIC photo", Family::Heif},
    {4, "ftyphevs"sv, "a HEIC photo", Family::Heif},
    {4, "ftypmif1"sv, "a HEIF photo", Family::Heif},
    {4, "ftypmif2"sv, "a HEIF photo", Family::Heif},
    {4, "ftypmiaf"sv, "a HEIF photo", Family::Heif},
    {4, "ftypmsf1"sv, "a HEIF photo", Family::Heif},
    {4, "ftyp"sv, "a video"},
    {0, "\xff\x0a"sv, "a JPEG XL photo", Family::JpegXl},
    {0, "\0\0\0\x0cJXL \r\n\x87\n"sv, "a JPEG XL photo", Family::JpegXl},
    {0, "\0\0\0\x0cjP  \r\n\x87\n"sv, "a JPEG 2000 photo", Family::LongTail},
    {0, "\xff\x4f\xff\x51"sv, "a JPEG 2000 photo", Family::LongTail},
    {8, "WEBP"sv, "a WebP picture", Family::WebP},
    {0, "GIF87a"sv, "a GIF picture", Family::LongTail},
    {0, "GIF89a"sv, "a GIF picture", Family::LongTail},
    {0, "\x76\x2f\x31\x01"sv, "an OpenEXR picture", Family::LongTail},
    {0, "#?RADIANCE"sv, "a Radiance HDR picture", Family::LongTail},
    {0, "#?RGBE"sv, "a Radiance HDR picture", Family::LongTail},
    {0, "P4"sv, "a PNM picture", Family::LongTail},
    {0, "P5"sv, "a PNM picture", Family::LongTail},
    {0, "P6"sv, "a PNM picture", Family::LongTail},
    {0, "SDPX"sv, "a DPX picture", Family::LongTail},
    {0, "XPDS"sv, "a DPX picture", Family::LongTail},
    {0, "DDS "sv, "a DDS picture", Family::LongTail},
    {0, "BM"sv, "a BMP picture", Family::LongTail},
    {0, "8BPS"sv, "a Photoshop document", Family::LongTail},
    {0, "%PDF"sv, "a PDF document"},
    {0, "PK\x03\x04"sv, "a ZIP archive"},
};

bool matches(std::span<const std::byte> head, const Magic& magic) {
    if (head.size() < magic.at + magic.bytes.size()) return false;
    return std::equal(
        magic.bytes.begin(), magic.bytes.end(), head.begin() + static_cast<std::ptrdiff_t>(magic.at),
        [](char a, std::byte b) { return static_cast<unsigned char>(a) == std::to_integer<unsigned>(b); });
}

std::string hexadecimal(std::span<const std::byte> bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const std::byte b : bytes) {
        text += kDigits[std::to_integer<unsigned>(b) >> 4];
        text += kDigits[std::to_integer<unsigned>(b) & 15];
    }
    return text;
}

}  // namespace

Sniffed sniff(std::span<const std::byte> head) {
    Sniffed result;
    result.magic = hexadecimal(head.first(std::min<std::size_t>(head.size(), 12)));
    for (const Magic& magic : kMagics) {
        if (!matches(head, magic)) continue;
        result.name = magic.name;
        result.family = magic.family;
        break;
    }
    return result;
}

}  // namespace contone::decode
