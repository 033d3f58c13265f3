// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Row stages: small loops around the two colour halves.
#include "core/render/row_stages.h"

#include <cstring>
#include <utility>

#include "core/render/light_samples.h"

namespace contone::render {

void Encode::run(Row& row) const {
    if (m_rows == Rows::Encoded) return;
    const int channels = m_input.channels();
    float* plane = row.scratch;
    for (int c = 0; c < channels; c++) {
        for (int x = 0; x < row.width; x++) plane[x] = row.packed[x * channels + c];
        m_input.encode(plane, plane, row.width, c);
        for (int x = 0; x < row.width; x++) row.packed[x * channels + c] = plane[x];
    }
}

void ToWorking::run(Row& row) const {
    m_input.apply(row.packed, row.scratch, row.width);
    std::swap(row.packed, row.scratch);
}

void Adjust::run(Row& row) const {
    for (const auto& adjustment : m_adjustments) adjustment->run(row);
}

void ToGamut::run(Row& row) const {
    if (m_differs) m_conversion.apply(row.packed, row.width);
}

void ToLightSamples::run(Row& row) const {
    auto* out = reinterpret_cast<std::uint16_t*>(row.samples);
    for (int i = 0; i < row.width * 3; i++) out[i] = lightSample(row.packed[i]);
}

void ToDevice::run(Row& row) const {
    m_output.apply(row.packed, row.device, row.width);
}

void ToDeviceFused::run(Row& row) const {
    m_table.apply(row.packed, row.device, row.width);
}

void ToDepth::run(Row& row) const {
    const int channels = image::count(m_device.channels);
    if (m_device.depth == image::Depth::U16) {
        std::memcpy(row.samples, row.device, static_cast<std::size_t>(row.width) * m_device.bytesPerPixel());
        return;
    }
    auto* bytes = reinterpret_cast<std::uint8_t*>(row.samples);
    if (m_how == How::Dither)
        ditherRow(row.device, bytes, row.width, channels, row.place);
    else
        roundRow(row.device, bytes, row.width * channels);
}

void KeepEncoded::run(Row& row) const {
    auto* out = reinterpret_cast<std::uint16_t*>(row.samples);
    for (int i = 0; i < row.width * 3; i++) out[i] = static_cast<std::uint16_t>(row.packed[i] * 65535.0F + 0.5F);
}

void KeepWorking::run(Row& row) const {
    std::memcpy(row.samples, row.packed, static_cast<std::size_t>(row.width) * 3 * sizeof(float));
}

}  // namespace contone::render
