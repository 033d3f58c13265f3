// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Who reads which.
#include "core/image/longtail/longtail_reader.h"

#include <array>
#include <string_view>

#include "core/image/longtail/bmp_reader.h"
#include "core/image/longtail/file_bytes_p.h"
#include "core/image/longtail/oiio_reader.h"
#include "core/image/longtail/psd_reader.h"

namespace contone::image {
namespace {

using namespace std::string_view_literals;

struct Kind {
    std::string_view magic;
    PhotoFormat format;
    const char* plugin;  // OpenImageIO's name for it
};

constexpr Kind kinds[] = {
    {"GIF87a"sv, PhotoFormat::Gif, "gif"},
    {"GIF89a"sv, PhotoFormat::Gif, "gif"},
    {"\x76\x2f\x31\x01"sv, PhotoFormat::OpenExr, "openexr"},
    {"\0\0\0\x0cjP  \r\n\x87\n"sv, PhotoFormat::Other, "jpeg2000"},
    {"\xff\x4f\xff\x51"sv, PhotoFormat::Other, "jpeg2000"},  // the codestream alone
    {"#?RADIANCE"sv, PhotoFormat::Other, "hdr"},
    {"#?RGBE"sv, PhotoFormat::Other, "hdr"},
    {"P4"sv, PhotoFormat::Other, "pnm"},
    {"P5"sv, PhotoFormat::Other, "pnm"},
    {"P6"sv, PhotoFormat::Other, "pnm"},
    {"SDPX"sv, PhotoFormat::Other, "dpx"},
    {"XPDS"sv, PhotoFormat::Other, "dpx"},
    {"DDS "sv, PhotoFormat::Other, "dds"},
};

}  // namespace

OpenedReader openLongTail(FileDescriptor file, const Limits& limits) {
    CONTONE_TRY(FileBytes bytes, FileBytes::of(std::move(file)));
    std::array<std::byte, 16> head{};
    CONTONE_TRY(const std::size_t size, bytes.readSome(0, head));
    const std::string_view start(reinterpret_cast<const char*>(head.data()), size);
    if (start.starts_with("8BPS")) return openPsd(std::move(bytes), limits);
    if (start.starts_with("BM")) return openBmp(std::move(bytes), limits);
    for (const Kind& kind : kinds)
        if (start.starts_with(kind.magic)) return openOiio(std::move(bytes), kind.format, kind.plugin, limits);
    return photoProblem("photo-format");
}

}  // namespace contone::image
