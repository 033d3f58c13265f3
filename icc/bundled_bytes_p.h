// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The bytes of resources/profiles, generated into bundled_bytes.cpp by embed.cmake.
#pragma once

#include <span>

namespace contone::icc {

std::span<const unsigned char> bundledSrgb();
std::span<const unsigned char> bundledAdobeRgbCompatible();
std::span<const unsigned char> bundledDisplayP3();
std::span<const unsigned char> bundledGray();
std::span<const unsigned char> bundledPhotoRgb();
std::span<const unsigned char> bundledPhotoCmyk();
std::span<const unsigned char> bundledOffsetCmyk();

}  // namespace contone::icc
