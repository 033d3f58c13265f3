// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The stages that work on single rows, one function each. pipeline.cpp says in which order.
#pragma once

#include <cstdint>

#include "core/render/dither.h"
#include "core/render/recipe.h"
#include "icc/transforms.h"

namespace contone::render {

/// What a row stage needs to know about its frame. Read-only while rows run.
struct RowContext {
    const icc::InputTransform* input = nullptr;
    const icc::OutputTransform* output = nullptr;  ///< nullptr: stop at working RGB
    const icc::FusedTable* fused = nullptr;        ///< both halves in one, for toDeviceFused() alone
    bool linear = false;                           ///< the row is in linear light (archival lane, reducing)
    image::PixelFormat device;                     ///< what the page is made of
    bool dither = false;                           ///< 8 bits alone
};

/// One row on its way. `packed`: pixels of the stage before, packed, as many floats as it gives channels. Stages that
/// cannot work in place swap it with `scratch`.
struct Row {
    float* packed = nullptr;          ///< room for width * 4
    float* scratch = nullptr;         ///< room for width * 4
    std::uint16_t* device = nullptr;  ///< width * device channels; of 16-bit pages the same memory as `samples`
    std::byte* samples = nullptr;     ///< width pixels as the page has them
    RowOnPage place;                  ///< where the row will lie
    int width = 0;
};

using RowStage = void (*)(const RowContext&, Row&);

/// Back from linear light to the photo's encoding; nothing when the row is encoded already.
void encode(const RowContext& context, Row& row);
/// A: the photo's encoding → linear working RGB.
void toWorking(const RowContext& context, Row& row);
/// B: working RGB → device, quantised to 16 bits.
void toDevice(const RowContext& context, Row& row);
/// A and B in one table: the photo's encoding → device.
void toDeviceFused(const RowContext& context, Row& row);
/// From 16 bits to the page's depth, with or without dither; 16 bits stay as they are.
void toDepth(const RowContext& context, Row& row);

}  // namespace contone::render
