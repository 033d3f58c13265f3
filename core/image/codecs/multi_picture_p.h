// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The index of a multi-picture file (CIPA DC-007): what else lies behind a JPEG's first picture.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace contone::image {

enum class PictureRole {
    Preview,  ///< "large thumbnail" of the first picture: VGA, full HD or larger
    Equal,    ///< of a panorama, a stereo pair or a multi-angle series
    Other,    ///< undefined: gain maps, depth maps
};
struct OtherPicture {
    PictureRole role = PictureRole::Other;
    off_t at = 0, size = 0;  ///< in the file, as it claims
    bool operator==(const OtherPicture&) const = default;
};

/// Reads an APP2 segment behind "MPF\0", which stood at `blockAt` in the file. The first picture is left out; at most
/// 16 others are given. Never fails: what makes no sense is not there.
std::vector<OtherPicture> parseMultiPicture(std::span<const std::byte> block, off_t blockAt);

}  // namespace contone::image
