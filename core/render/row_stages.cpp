// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Row stages: small loops around the two colour halves.
#include "core/render/row_stages.h"

#include <algorithm>

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
    context.output->apply(row.packed, row.scratch, row.width);
    const int samples = row.width * context.output->channels();
    for (int i = 0; i < samples; i++)
        row.device[i] = static_cast<std::uint16_t>(std::clamp(row.scratch[i], 0.0F, 1.0F) * 65535.0F + 0.5F);
}

}  // namespace contone::render
