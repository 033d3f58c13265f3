// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Row stages: small loops around the two colour halves.
#include "core/render/row_stages.h"

#include <utility>

namespace contone::render {

void encode(const RowContext& context, Row& row) {
    if (!context.linear) return;
    const int channels = context.input->channels();
    float* plane = row.scratch;
    for (int c = 0; c < channels; c++) {
        for (int x = 0; x < row.width; x++) plane[x] = row.packed[x * channels + c];
        context.input->encode(plane, plane, row.width, c);
        for (int x = 0; x < row.width; x++) row.packed[x * channels + c] = plane[x];
    }
}

void toWorking(const RowContext& context, Row& row) {
    context.input->apply(row.packed, row.scratch, row.width);
    std::swap(row.packed, row.scratch);
}

void toDevice(const RowContext& context, Row& row) {
    context.output->apply(row.packed, row.device, row.width);
}

void toDeviceFused(const RowContext& context, Row& row) {
    context.fused->apply(row.packed, row.device, row.width);
}

void toDepth(const RowContext& context, Row& row) {
    if (context.device.depth == image::Depth::U16) return;
    const int channels = image::count(context.device.channels);
    auto* bytes = reinterpret_cast<std::uint8_t*>(row.samples);
    if (context.dither)
        ditherRow(row.device, bytes, row.width, channels, row.place);
    else
        roundRow(row.device, bytes, row.width * channels);
}

}  // namespace contone::render
