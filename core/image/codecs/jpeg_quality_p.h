// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// jpegQualityOf: how strongly a JPEG was compressed, by its quantisation table.
#pragma once

#include <cstdint>
#include <span>

namespace contone::image {

/// 1…100 on libjpeg's scale, of the luma table's 64 steps: the quality whose table has the same sum as this one (ITU-T
/// T.81 annex K.1, scaled as jpeg_set_quality does). Other programs count otherwise; their tables compare all the same.
int jpegQualityOf(std::span<const std::uint16_t, 64> table);

}  // namespace contone::image
