// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The 1796-byte page header of PWG raster (PWG 5102.4-2012 section 4.3): where its fields lie.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "printers/raster/raster_type.h"

namespace contone::printers {

constexpr std::string_view pwgSync = "RaS2";
constexpr std::size_t pwgHeaderSize = 1796;

/// Byte offsets in the header. All numbers are 32-bit big-endian.
namespace field {
constexpr std::size_t pwgRaster = 0, mediaType = 128, printContentOptimize = 192;  // 64-byte strings
constexpr std::size_t resolutionX = 276, resolutionY = 280, copies = 340, pageWidthPoints = 352, pageHeightPoints = 356;
constexpr std::size_t width = 372, height = 376, bitsPerColor = 384, bitsPerPixel = 388, bytesPerLine = 392;
constexpr std::size_t colorOrder = 396, colorSpace = 400, colors = 420;
constexpr std::size_t totalPages = 452, crossFeedTransform = 456, feedTransform = 460;
constexpr std::size_t imageBoxLeft = 464, imageBoxTop = 468, imageBoxRight = 472, imageBoxBottom = 476;
constexpr std::size_t printQuality = 484;
constexpr std::size_t renderingIntent = 1668, pageSizeName = 1732;  // 64-byte strings
}  // namespace field

struct TypeRow {
    RasterType type;
    const char* name;
    image::PixelFormat format;
    std::uint32_t colorSpace;  ///< PWG 5102.4 table 5
};
inline constexpr std::array<TypeRow, 7> typeRows{{
    {RasterType::Sgray8, "sgray_8", {image::Channels::Gray, image::Depth::U8}, 18},
    {RasterType::Srgb8, "srgb_8", {image::Channels::Rgb, image::Depth::U8}, 19},
    {RasterType::Rgb8, "rgb_8", {image::Channels::Rgb, image::Depth::U8}, 1},
    {RasterType::AdobeRgb8, "adobe-rgb_8", {image::Channels::Rgb, image::Depth::U8}, 20},
    {RasterType::Srgb16, "srgb_16", {image::Channels::Rgb, image::Depth::U16}, 19},
    {RasterType::Rgb16, "rgb_16", {image::Channels::Rgb, image::Depth::U16}, 1},
    {RasterType::Cmyk8, "cmyk_8", {image::Channels::Cmyk, image::Depth::U8}, 6},
}};
const TypeRow& typeRow(RasterType type);

inline void putU32(std::span<std::byte> header, std::size_t at, std::uint32_t value) {
    for (int i = 0; i < 4; ++i)
        header[at + static_cast<std::size_t>(i)] = static_cast<std::byte>(value >> (24 - 8 * i));
}
inline std::uint32_t getU32(std::span<const std::byte> header, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | std::to_integer<std::uint32_t>(header[at + i]);
    return value;
}

}  // namespace contone::printers
