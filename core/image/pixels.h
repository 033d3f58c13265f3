// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Pixels: a strip of rows that says its size, stride, channels and depth.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace contone::image {

/// Integer sample depth. U16 is native-endian std::uint16_t, 0…65535.
enum class Depth { U8, U16 };

/// What the samples of a pixel are. Interleaved, no padding inside a pixel.
enum class Channels { Gray = 1, Rgb = 3, Cmyk = 4 };  ///< Cmyk: 0 = no ink, maximum = full ink, already un-inverted

constexpr int count(Channels channels) {
    return static_cast<int>(channels);
}
constexpr std::size_t bytesPerSample(Depth depth) {
    return depth == Depth::U8 ? 1 : 2;
}

/// Width and height in pixels.
struct PixelSize {
    int width = 0, height = 0;
    constexpr bool operator==(const PixelSize&) const = default;
    constexpr PixelSize rotated() const { return {height, width}; }
};

/// A rectangle in pixels; x, y is its left top corner.
struct PixelRect {
    int x = 0, y = 0, width = 0, height = 0;
    constexpr bool operator==(const PixelRect&) const = default;
};

/// What kind of pixels: shape without a size.
struct PixelFormat {
    Channels channels = Channels::Rgb;
    Depth depth = Depth::U8;
    constexpr bool operator==(const PixelFormat&) const = default;
    constexpr std::size_t bytesPerPixel() const {
        return static_cast<std::size_t>(count(channels)) * bytesPerSample(depth);
    }
};

/// Rows to read. Never owns. `stride` is in bytes, at least width * bytesPerPixel().
struct StripView {
    const std::byte* data = nullptr;
    int width = 0, rows = 0;
    std::size_t stride = 0;
    PixelFormat format;
    template <class T>
    const T* row(int y) const {
        return reinterpret_cast<const T*>(data + stride * static_cast<std::size_t>(y));
    }
};

/// Rows to fill. Never owns.
struct MutableStrip {
    std::byte* data = nullptr;
    int width = 0, rows = 0;
    std::size_t stride = 0;
    PixelFormat format;
    template <class T>
    T* row(int y) const {
        return reinterpret_cast<T*>(data + stride * static_cast<std::size_t>(y));
    }
    operator StripView() const { return {data, width, rows, stride, format}; }  // NOLINT(google-explicit-constructor)
};

/// A whole picture in memory, rows packed. A value.
struct Picture {
    PixelSize size;
    PixelFormat format;
    std::vector<std::byte> bytes;

    static Picture ofSize(PixelSize size, PixelFormat format) {
        return {size, format,
                std::vector<std::byte>(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) *
                                       format.bytesPerPixel())};
    }
    std::size_t stride() const { return static_cast<std::size_t>(size.width) * format.bytesPerPixel(); }
    MutableStrip strip() { return {bytes.data(), size.width, size.height, stride(), format}; }
    StripView strip() const { return {bytes.data(), size.width, size.height, stride(), format}; }
    bool operator==(const Picture&) const = default;
};

}  // namespace contone::image
