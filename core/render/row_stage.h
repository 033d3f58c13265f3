// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// RowStage: a step of the pipeline that works on one row at a time, with its parameters in it. pipeline.cpp says which
// stages run, and in which order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/render/dither.h"

namespace contone::render {

/// Where the pixels of a row lie on the whole upright photo, before any crop: from 0 at its left and upper end to 1 at
/// the right and lower one. The same place of the photo has the same numbers in a small preview and in a large print.
struct PhotoLine {
    double u = 0, v = 0;          ///< the centre of the row's first pixel
    double stepU = 0, stepV = 0;  ///< from a pixel to the next; one of the two is 0
};

/// One row on its way. `packed`: the pixels that the stage before left, packed, as many floats as it gives channels.
/// A stage that cannot work in place swaps it with `scratch`.
struct Row {
    float* packed = nullptr;          ///< room for width * 4
    float* scratch = nullptr;         ///< room for width * 4
    std::uint16_t* device = nullptr;  ///< room for width * 4: device samples of 16 bits
    std::byte* samples = nullptr;     ///< width pixels as the next one has them: the page, the canvas
    RowOnPage place;                  ///< where the row will lie
    PhotoLine photo;                  ///< which part of the photo it shows; zeros for the rows of a composed page
    int width = 0;
};

/// Carries what it needs: colour tables, the parameters of an adjustment, a small map of the photo (ToneGrid).
/// Read-only while rows run: run() is called by several threads at once, for rows in any order, and must give the same
/// bytes for the same row.
class RowStage {
  public:
    virtual ~RowStage() = default;
    virtual void run(Row& row) const = 0;
};
using RowStages = std::vector<std::shared_ptr<const RowStage>>;

}  // namespace contone::render
