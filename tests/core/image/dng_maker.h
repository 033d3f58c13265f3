// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Camera RAW files made for tests and measurements: uncompressed Bayer DNG (DNG 1.4) of any scene, camera and size.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/file.h"
#include "core/image/pixels.h"

namespace contone::image {

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

inline Triple times(const Matrix& m, const Triple& v) {
    Triple result{};
    for (std::size_t i = 0; i < 3; ++i) result[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
    return result;
}
inline Matrix times(const Matrix& a, const Matrix& b) {
    Matrix result{};
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j) result[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j] + a[i][2] * b[2][j];
    return result;
}
/// XYZ (D65) to linear sRGB, IEC 61966-2-1.
constexpr Matrix xyzToSrgb{
    {{3.2406255, -1.5372080, -0.4986286}, {-0.9689307, 1.8757561, 0.0415175}, {0.0557101, -0.2040211, 1.0569959}}};
constexpr Matrix noMixing{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};

/// What to make. Light is linear sRGB, 0…1, where 1 in every channel saturates no channel but the greenest.
struct DngSpec {
    PixelSize size;  ///< of the sensor
    std::function<Triple(int x, int y)> light;
    /// A camera's channels from linear sRGB; each row's sum is that channel's answer to white, at most 1.
    Matrix camera = noMixing;
    int black = 512, white = 16383;
    int orientation = 1;
    std::array<int, 4> crop{};  ///< DefaultCropOrigin x, y and DefaultCropSize; all 0: none
    double baselineExposure = 0;
    const char* takenAt = "2026:11:22 10:20:30";
    Bytes thumbnail, preview;  ///< JPEGs; the first in IFD1 as EXIF has it, the other in a sub-directory; may be empty
};

namespace dng {

struct Entry {
    int tag = 0, type = 0;
    std::uint32_t count = 0;
    Bytes value;
};
inline void put(Bytes& to, std::uint32_t value, int size) {
    for (int i = 0; i < size; ++i) to.push_back(static_cast<std::byte>(value >> 8 * i & 0xFF));
}
inline Entry numbers(int tag, int type, const std::vector<std::uint32_t>& values) {
    Entry entry{tag, type, static_cast<std::uint32_t>(values.size()), {}};
    const int size = type == 1 ? 1 : type == 3 ? 2 : 4;
    for (const std::uint32_t v : values) put(entry.value, v, size);
    return entry;
}
inline Entry text(int tag, const std::string& words) {
    Entry entry{tag, 2, static_cast<std::uint32_t>(words.size() + 1), {}};
    for (const char c : words) entry.value.push_back(static_cast<std::byte>(c));
    entry.value.push_back(std::byte{0});
    return entry;
}
/// Signed or unsigned fractions of a million.
inline Entry fractions(int tag, int type, const std::vector<double>& values) {
    Entry entry{tag, type, static_cast<std::uint32_t>(values.size()), {}};
    for (const double v : values) {
        put(entry.value, static_cast<std::uint32_t>(static_cast<std::int32_t>(std::lround(v * 1e6))), 4);
        put(entry.value, 1'000'000, 4);
    }
    return entry;
}
/// Appends a directory and its values; gives its place. `next` is the link at its end.
inline std::uint32_t directory(Bytes& file, std::vector<Entry> entries, std::uint32_t next = 0) {
    std::ranges::sort(entries, {}, &Entry::tag);
    std::vector<std::uint32_t> places;
    for (const Entry& e : entries) {
        if (file.size() % 2 != 0) file.push_back(std::byte{0});
        places.push_back(static_cast<std::uint32_t>(file.size()));
        if (e.value.size() > 4) file.insert(file.end(), e.value.begin(), e.value.end());
    }
    if (file.size() % 2 != 0) file.push_back(std::byte{0});
    const auto at = static_cast<std::uint32_t>(file.size());
    put(file, static_cast<std::uint32_t>(entries.size()), 2);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        put(file, static_cast<std::uint32_t>(entries[i].tag), 2);
        put(file, static_cast<std::uint32_t>(entries[i].type), 2);
        put(file, entries[i].count, 4);
        Bytes value = entries[i].value;
        value.resize(4);
        if (entries[i].value.size() > 4)
            put(file, places[i], 4);
        else
            file.insert(file.end(), value.begin(), value.end());
    }
    put(file, next, 4);
    return at;
}
inline std::uint32_t append(Bytes& file, const Bytes& more) {
    const auto at = static_cast<std::uint32_t>(file.size());
    file.insert(file.end(), more.begin(), more.end());
    return at;
}
inline std::vector<double> flat(const Matrix& m) {
    return {m[0][0], m[0][1], m[0][2], m[1][0], m[1][1], m[1][2], m[2][0], m[2][1], m[2][2]};
}
inline Bytes mosaic(const DngSpec& spec) {
    Bytes samples;
    samples.reserve(static_cast<std::size_t>(spec.size.width) * static_cast<std::size_t>(spec.size.height) * 2);
    for (int y = 0; y < spec.size.height; ++y)
        for (int x = 0; x < spec.size.width; ++x) {
            const std::size_t channel = y % 2 == 0 ? (x % 2 == 0 ? 0 : 1) : (x % 2 == 0 ? 1 : 2);  // RGGB
            const double value = std::clamp(times(spec.camera, spec.light(x, y))[channel], 0.0, 1.0);
            put(samples, static_cast<std::uint32_t>(std::lround(spec.black + value * (spec.white - spec.black))), 2);
        }
    return samples;
}

}  // namespace dng

/// The file. The camera is called "Contone Bench"; white balance as shot is that of D65.
inline Bytes makeDng(const DngSpec& spec) {
    using namespace dng;
    Bytes file;
    for (const char c : std::string_view("II*\0\0\0\0\0", 8)) file.push_back(static_cast<std::byte>(c));
    const auto word = [](int value) { return static_cast<std::uint32_t>(value); };
    std::uint32_t thumbnail = 0;
    if (!spec.thumbnail.empty()) {
        const std::uint32_t at = append(file, spec.thumbnail);
        thumbnail = directory(file, {numbers(0x0103, 3, {6}), numbers(0x0201, 4, {at}),
                                     numbers(0x0202, 4, {word(static_cast<int>(spec.thumbnail.size()))})});
    }
    std::vector<Entry> main;
    if (!spec.preview.empty()) {
        const std::uint32_t at = append(file, spec.preview);
        main.push_back(numbers(0x014A, 4,
                               {directory(file, {numbers(0x00FE, 4, {1}), numbers(0x0103, 3, {7}),
                                                 numbers(0x0106, 3, {6}), numbers(0x0111, 4, {at}),
                                                 numbers(0x0117, 4, {word(static_cast<int>(spec.preview.size()))})})}));
    }
    main.push_back(numbers(0x8769, 4, {directory(file, {text(0x9003, spec.takenAt)})}));
    const Bytes samples = mosaic(spec);
    const std::uint32_t at = append(file, samples);
    const Triple white = times(spec.camera, Triple{1, 1, 1});
    for (Entry& e : std::vector<Entry>{numbers(0x00FE, 4, {0}),
                                       numbers(0x0100, 4, {word(spec.size.width)}),
                                       numbers(0x0101, 4, {word(spec.size.height)}),
                                       numbers(0x0102, 3, {16}),
                                       numbers(0x0103, 3, {1}),
                                       numbers(0x0106, 3, {32803}),
                                       text(0x010F, "Contone"),
                                       text(0x0110, "Bench"),
                                       numbers(0x0111, 4, {at}),
                                       numbers(0x0112, 3, {word(spec.orientation)}),
                                       numbers(0x0115, 3, {1}),
                                       numbers(0x0116, 4, {word(spec.size.height)}),
                                       numbers(0x0117, 4, {word(static_cast<int>(samples.size()))}),
                                       numbers(0x011C, 3, {1}),
                                       numbers(0x828D, 3, {2, 2}),
                                       numbers(0x828E, 1, {0, 1, 1, 2}),
                                       numbers(0xC612, 1, {1, 4, 0, 0}),
                                       numbers(0xC613, 1, {1, 1, 0, 0}),
                                       text(0xC614, "Contone Bench"),
                                       numbers(0xC61A, 4, {word(spec.black)}),
                                       numbers(0xC61D, 4, {word(spec.white)}),
                                       fractions(0xC621, 10, flat(times(spec.camera, xyzToSrgb))),
                                       fractions(0xC628, 5, {white[0], white[1], white[2]}),
                                       fractions(0xC62A, 10, {spec.baselineExposure}),
                                       numbers(0xC65A, 3, {21})})  // 21: D65
        main.push_back(std::move(e));
    if (spec.crop[2] > 0) {
        main.push_back(numbers(0xC61F, 4, {word(spec.crop[0]), word(spec.crop[1])}));
        main.push_back(numbers(0xC620, 4, {word(spec.crop[2]), word(spec.crop[3])}));
    }
    const std::uint32_t first = directory(file, main, thumbnail);
    for (std::size_t i = 0; i < 4; ++i) file[4 + i] = static_cast<std::byte>(first >> 8 * i & 0xFF);
    return file;
}

}  // namespace contone::image
