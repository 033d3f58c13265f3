// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Pages and profiles that the tests of core/image share.
#pragma once

#include <random>

#include "core/image/strip_sink.h"

namespace contone::image {

/// Noise, the same on every run: it compresses badly and shows every swapped byte.
inline Picture noise(PixelSize size, PixelFormat format) {
    Picture picture = Picture::ofSize(size, format);
    std::mt19937 random(7);
    for (std::byte& b : picture.bytes) b = static_cast<std::byte>(random() & 0xFF);
    return picture;
}

/// Smooth ramps: what JPEG keeps nearly unchanged at quality 100.
inline Picture ramps(PixelSize size, Channels channels) {
    Picture picture = Picture::ofSize(size, {channels, Depth::U8});
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x)
            for (int c = 0; c < count(channels); ++c)
                picture.strip().row<std::uint8_t>(y)[x * count(channels) + c] =
                    static_cast<std::uint8_t>((x * (c + 1) + y * (4 - c)) * 255 / (4 * size.width + 4 * size.height));
    return picture;
}

/// Hands `picture` to `sink` in strips of 7 rows, a number that divides nothing.
inline Result<void> writePage(StripSink& sink, const Picture& picture, Bytes profile = {}, Dpi dpi = Dpi{300}) {
    CONTONE_CHECK(sink.begin({picture.size, picture.format, dpi, dpi, std::move(profile)}));
    for (int y = 0; y < picture.size.height; y += 7) {
        StripView strip = picture.strip();
        strip.data = strip.row<std::byte>(y);
        strip.rows = std::min(7, picture.size.height - y);
        CONTONE_CHECK(sink.write(strip));
    }
    return sink.finish();
}

/// Not a real profile but one that a careful writer accepts: a header as ICC.1:2022 §7.2 wants it (size, version,
/// class, space, PCS, signature, D50), no tags, then filler.
inline Bytes profileLike(std::size_t size, const char* space = "RGB ") {
    Bytes bytes(size);
    for (std::size_t i = 132; i < size; ++i) bytes[i] = static_cast<std::byte>(i * 31 >> 3);
    const auto put = [&](std::size_t at, std::uint32_t value) {
        for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<std::byte>(value >> (24 - 8 * i) & 0xFF);
    };
    const auto word = [&](std::size_t at, const char* text) {
        for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<std::byte>(text[i]);
    };
    put(0, static_cast<std::uint32_t>(size));
    put(8, 0x04300000);
    word(12, "prtr");
    word(16, space);
    word(20, "Lab ");
    word(36, "acsp");
    put(68, 0xF6D6);
    put(72, 0x10000);
    put(76, 0xD32D);
    put(128, 0);
    return bytes;
}

}  // namespace contone::image
