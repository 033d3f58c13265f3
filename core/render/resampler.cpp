// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Chooses the kernels of a frame and feeds them.
#include "core/render/resampler.h"

#include "core/render/kernels/resample.h"

namespace contone::render {
namespace {

template <class Weight>
kernels::Across<Weight> acrossPlan(const WeightTable<Weight>& table, int channels) {
    return {table.first.data(), table.weight.data(), table.taps, static_cast<int>(table.first.size()), channels};
}

}  // namespace

Resampler::Resampler(RowSamples samples, int channels, image::PixelSize in, const FrameGeometry& geometry)
    : m_samples(samples), m_channels(channels) {
    Weights across = lanczos3(in.width, geometry.x, geometry.width, geometry.size.width);
    const Weights down = lanczos3(in.height, geometry.y, geometry.height, geometry.size.height);
    m_taps = down.taps;
    m_first = down.first;
    m_firstColumn = across.first.front();
    m_columns = across.first.back() + across.taps - m_firstColumn;
    for (int& first : across.first) first -= m_firstColumn;
    if (samples == RowSamples::Bytes) {
        m_fixedDown = quantised(down, 2);
        m_fixedAcross = quantised(across, kernels::tapGroup(channels));
    } else {
        m_down = down;
        m_across = padded(across, kernels::tapGroup(channels));
    }
}

std::size_t Resampler::bytesPerSample() const {
    return m_samples == RowSamples::Bytes ? 1 : m_samples == RowSamples::Words ? 2 : 4;
}

Resampler::Scratch Resampler::scratch() const {
    Scratch s;
    const std::size_t samples = static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_channels);
    s.rows.resize(static_cast<std::size_t>(m_taps) + 1);
    if (m_samples == RowSamples::Bytes)
        s.fixed.resize(samples + kernels::slack / sizeof(std::int16_t));
    else
        s.floats.resize(samples + kernels::slack / sizeof(float));
    return s;
}

void Resampler::row(std::span<const std::byte* const> rows, int y, Scratch& scratch, float* out) const {
    const int samples = m_columns * m_channels;
    const std::size_t skipped = static_cast<std::size_t>(m_firstColumn * m_channels) * bytesPerSample();
    for (int t = 0; t < m_taps; t++)
        scratch.rows[static_cast<std::size_t>(t)] = rows[static_cast<std::size_t>(t)] + skipped;
    scratch.rows.back() = scratch.rows.front();  // for the tap that evens their number
    if (m_samples == RowSamples::Bytes) {
        kernels::combineBytes(scratch.rows.data(), m_fixedDown.of(y), m_fixedDown.taps, scratch.fixed.data(), samples);
        kernels::across(scratch.fixed.data(), acrossPlan(m_fixedAcross, m_channels), out);
        return;
    }
    const auto combine = m_samples == RowSamples::Words ? kernels::combineWords : kernels::combineFloats;
    combine(scratch.rows.data(), m_down.of(y), m_taps, scratch.floats.data(), samples);
    const float one = m_samples == RowSamples::Words ? 65535.0F : 1.0F;
    kernels::across(scratch.floats.data(), acrossPlan(m_across, m_channels), 1.0F / one, out);
}

}  // namespace contone::render
