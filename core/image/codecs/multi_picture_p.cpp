// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One directory, one table of 16-byte entries.
#include "core/image/codecs/multi_picture_p.h"

#include <algorithm>

#include "core/image/codecs/tiff_block_p.h"

namespace contone::image {

namespace {

constexpr std::uint32_t kEntriesTag = 0xB002;
constexpr std::size_t kEntrySize = 16, kMostPictures = 17;

PictureRole roleOf(std::uint32_t attribute) {
    const std::uint32_t type = attribute & 0xFFFFFF;  // DC-007 §5.2.3.3.1
    if (type >> 16 == 1) return PictureRole::Preview;
    return type >> 16 == 2 ? PictureRole::Equal : PictureRole::Other;
}

}  // namespace

std::vector<OtherPicture> parseMultiPicture(std::span<const std::byte> bytes, off_t blockAt) {
    const TiffBlock block(bytes);
    std::vector<OtherPicture> pictures;
    const auto directory = block.number(4, 4);
    if (!block.hasByteOrder() || block.number(2, 2) != 42u || !directory) return pictures;
    const std::uint32_t tags = block.number(*directory, 2).value_or(0);
    for (std::uint32_t i = 0; i < tags; ++i) {
        const std::size_t tag = *directory + 2 + static_cast<std::size_t>(i) * 12;
        const auto size = block.number(tag + 4, 4), table = block.number(tag + 8, 4);
        if (!size || !table) break;
        if (block.number(tag, 2) != kEntriesTag) continue;
        const std::size_t count = std::min(*size / kEntrySize, kMostPictures);
        for (std::size_t entry = 1; entry < count; ++entry) {
            const std::size_t at = *table + entry * kEntrySize;
            const auto attribute = block.number(at, 4), length = block.number(at + 4, 4),
                       offset = block.number(at + 8, 4);
            if (!attribute || !length || !offset) break;
            if (*length > 0 && *offset > 0) pictures.push_back({roleOf(*attribute), blockAt + *offset, *length});
        }
        break;
    }
    return pictures;
}

}  // namespace contone::image
