// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reading DNP spools: every count is checked before it is used.
#include "printers/gutenprint/dnp_spool.h"

#include <array>
#include <charconv>
#include <optional>
#include <string_view>

namespace contone::printers {
namespace {

constexpr std::size_t commandSize = 32, bmpHeaderSize = 54;
constexpr int mostPixels = 1 << 16;

std::unexpected<Error> damaged(const char* what) {
    return fail(Code::Corrupt, "spool-damaged", "What the driver sent to the printer is damaged.", what);
}

std::string trimmed(std::string_view text) {
    const auto end = text.find_last_not_of(" \r");
    return std::string(text.substr(0, end == std::string_view::npos ? 0 : end + 1));
}

std::uint32_t littleEndian(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 4; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

struct Plane {
    image::PixelSize size;
    std::string_view samples;
};

std::optional<Plane> planeOf(std::string_view bmp) {
    if (bmp.size() < bmpHeaderSize || !bmp.starts_with("BM")) return std::nullopt;
    const std::uint32_t start = littleEndian(bmp, 10), width = littleEndian(bmp, 18), height = littleEndian(bmp, 22);
    if (width == 0 || height == 0 || width > mostPixels || height > mostPixels || width % 4 != 0) return std::nullopt;
    const std::uint64_t bytes = std::uint64_t{width} * height;
    if (start < bmpHeaderSize || start > bmp.size() || bmp.size() - start < bytes) return std::nullopt;
    return Plane{{static_cast<int>(width), static_cast<int>(height)}, bmp.substr(start, bytes)};
}

}  // namespace

Result<DnpSpool> readDnpSpool(std::span<const std::byte> spool) {
    std::string_view left(reinterpret_cast<const char*>(spool.data()), spool.size());
    if (!left.starts_with("\033P"))
        return fail(Code::Unsupported, "spool-unknown", "Contone does not read this printer's language.");
    DnpSpool read;
    std::array<std::optional<Plane>, 3> planes;
    while (!left.empty()) {
        if (left.size() < commandSize || !left.starts_with("\033P")) return damaged("no command where one must be");
        const std::string name = trimmed(left.substr(2, 22)), digits = trimmed(left.substr(24, 8));
        std::size_t length = 0;
        if (!digits.empty() &&
            std::from_chars(digits.data(), digits.data() + digits.size(), length).ptr != digits.data() + digits.size())
            return damaged("a length that is no number");
        left.remove_prefix(commandSize);
        if (length > left.size()) return damaged("a command longer than the spool");
        const std::string_view body = left.substr(0, length);
        left.remove_prefix(length);
        const auto plane = std::string_view("CMY").find(name.size() == 12 ? name[6] : '?');
        if (name.starts_with("IMAGE ") && name.ends_with("PLANE") && plane != std::string_view::npos) {
            if (planes.at(plane)) return damaged("a plane twice: more than one page");
            planes.at(plane) = planeOf(body);
            if (!planes.at(plane)) return damaged("a plane that is no 8-bit bitmap");
        } else {
            read.commands[name] = trimmed(body);
        }
    }
    if (!planes[0] || !planes[1] || !planes[2] || planes[0]->size != planes[1]->size ||
        planes[0]->size != planes[2]->size)
        return damaged("three planes of one size are needed");
    read.planes = image::Picture::ofSize(planes[0]->size, {image::Channels::Rgb, image::Depth::U8});
    for (std::size_t i = 0; i < planes[0]->samples.size(); ++i)
        for (std::size_t c = 0; c < 3; ++c)
            read.planes.bytes[3 * i + c] = static_cast<std::byte>(planes.at(c)->samples[i]);
    return read;
}

Result<image::Picture> pageOf(const DnpSpool& spool, image::PixelSize raster) {
    const image::Picture& from = spool.planes;
    const bool turned = from.size != raster;
    if (turned && from.size != image::PixelSize{raster.height, raster.width})
        return damaged("planes of another page size");
    image::Picture page = image::Picture::ofSize(raster, from.format);
    const auto width = static_cast<std::size_t>(raster.width), height = static_cast<std::size_t>(raster.height);
    for (std::size_t y = 0; y < height; ++y)
        for (std::size_t x = 0; x < width; ++x) {
            const std::size_t at = turned ? x * height + y : y * width + (width - 1 - x);
            for (std::size_t c = 0; c < 3; ++c) page.bytes[3 * (y * width + x) + c] = from.bytes[3 * at + c];
        }
    return page;
}

}  // namespace contone::printers
