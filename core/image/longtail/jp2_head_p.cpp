// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Boxes: length, type, content.
#include "core/image/longtail/jp2_head_p.h"

#include <array>

#include "core/image/photo_problem.h"

namespace contone::image {
namespace {

constexpr std::uint32_t boxType(const char (&name)[5]) {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(name[i]);
    return value;
}

// Content of a colour specification box: method 1 names a space (12: CMYK), method 2 holds an ICC profile.
Result<bool> saysCmyk(const FileBytes& file, std::int64_t at) {
    std::array<std::byte, 23> head{};
    CONTONE_TRY(const std::size_t size, file.readSome(at, head));
    const auto bytes = std::span<const std::byte>(head);
    if (size >= 7 && bytes[0] == std::byte{1}) return bigEndian(bytes.subspan(3, 4)) == 12;
    if (size >= 23 && bytes[0] == std::byte{2}) return bigEndian(bytes.subspan(19, 4)) == boxType("CMYK");
    return false;
}

Result<void> readSiz(const FileBytes& file, std::int64_t at, Jp2Head& head) {
    std::array<std::byte, 43> siz{};  // SOC, SIZ and the first component
    CONTONE_CHECK(file.read(at, siz));
    const auto bytes = std::span<const std::byte>(siz);
    if (bigEndian(bytes.first(4)) != 0xFF4FFF51) return photoProblem("photo-damaged", "JPEG 2000 without SIZ");
    const auto number = [&](std::size_t offset) { return std::int64_t{bigEndian(bytes.subspan(offset, 4))}; };
    const std::int64_t width = number(8) - number(16), height = number(12) - number(20);
    if (width < 1 || height < 1) return photoProblem("photo-damaged", "JPEG 2000 of no size");
    if (width > longestPhotoSide || height > longestPhotoSide)
        return photoProblem("photo-too-large", std::to_string(width) + "x" + std::to_string(height));
    // OpenImageIO 2.4 compares rows with the offset twice and leaves such pictures black.
    if (number(16) != 0 || number(20) != 0) return photoProblem("photo-feature", "JPEG 2000 with an offset");
    head.size = {static_cast<int>(width), static_cast<int>(height)};
    head.components = static_cast<int>(bigEndian(bytes.subspan(40, 2)));
    head.bits = static_cast<int>(std::to_integer<unsigned>(bytes[42]) & 0x7F) + 1;
    return {};
}

}  // namespace

Result<Jp2Head> readJp2Head(const FileBytes& file) {
    Jp2Head head;
    std::int64_t at = 0;
    std::array<std::byte, 4> mark{};
    CONTONE_CHECK(file.read(0, mark));
    if (bigEndian(mark) == 0xFF4FFF51) {  // no boxes: the codestream alone
        CONTONE_CHECK(readSiz(file, 0, head));
        return head;
    }
    for (int boxes = 0; boxes < 64; ++boxes) {
        std::array<std::byte, 16> bytes{};
        CONTONE_CHECK(file.read(at, bytes));
        const auto box = std::span<const std::byte>(bytes);
        const std::uint32_t type = bigEndian(box.subspan(4, 4));
        std::int64_t length = bigEndian(box.first(4)), content = at + 8;
        if (length == 1) {
            length = static_cast<std::int64_t>(std::uint64_t{bigEndian(box.subspan(8, 4))} << 32 |
                                               bigEndian(box.subspan(12, 4)));
            content = at + 16;
        }
        if (type == boxType("jp2c")) {
            CONTONE_CHECK(readSiz(file, content, head));
            return head;
        }
        if (type == boxType("colr")) {
            CONTONE_TRY(head.isCmyk, saysCmyk(file, content));
        }
        if (type == boxType("jp2h")) {  // a box of boxes: look inside
            at = content;
            continue;
        }
        if (length < 8 || length > file.size() - at) return photoProblem("photo-damaged", "JPEG 2000 box");
        at += length;
    }
    return photoProblem("photo-damaged", "too many JPEG 2000 boxes");
}

}  // namespace contone::image
