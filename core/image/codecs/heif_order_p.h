// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// In which order a HEIF file lists what belongs to its picture. libheif decodes in that order, but its handles know
// only of what stands behind the size.
#pragma once

#include <cstddef>
#include <span>

namespace contone::image {

/// Whether the primary item's associations (ISO/IEC 14496-12, 8.11.14: ipma) list a turn, a mirror or a crop (irot,
/// imir, clap) before its size (ispe). False for what cannot be followed. Linear in the size of the "meta" box.
bool turnsBeforeItsSize(std::span<const std::byte> file);

}  // namespace contone::image
