// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Resampler: the rows of a frame out of the rows of a photo, Lanczos3, for any depth and 1, 3 or 4 channels.
#pragma once

#include <span>

#include "core/image/pixels.h"
#include "core/render/frame_geometry.h"
#include "core/render/lanczos.h"

namespace contone::render {

/// What the samples of the photo's rows are. Bytes go through fixed point (within 1/255 of double precision, flat areas
/// exact); words and floats through floats (within 1/65535).
enum class RowSamples { Bytes, Words, Floats };

/// First down, on rows as they are, then across on the rows that are left: reducing, that is the least work, and a row
/// of the frame depends on nothing but its own rows of the photo. Read-only while rows run; the same bytes on every
/// machine and for any number of threads.
class Resampler {
  public:
    /// `in`: the size of the photo's rows. `geometry`: the crop in them, and the size that it becomes.
    Resampler(RowSamples samples, int channels, image::PixelSize in, const FrameGeometry& geometry);

    /// The photo's rows that row `y` of the frame is made of: tapRows() of them from firstRow(y).
    int firstRow(int y) const { return m_first[static_cast<std::size_t>(y)]; }
    int tapRows() const { return m_taps; }
    /// The columns of the photo that are looked at: firstColumn() … firstColumn() + columns() - 1.
    int firstColumn() const { return m_firstColumn; }
    int columns() const { return m_columns; }
    std::size_t bytesPerSample() const;

    /// Room for one thread.
    struct Scratch {
        std::vector<const std::byte*> rows;
        std::vector<std::int16_t> fixed;
        std::vector<float> floats;
    };
    Scratch scratch() const;
    /// `rows`: tapRows() whole rows of the photo (from column 0), with kernels::slack readable bytes behind each.
    /// `out`: width * channels floats, packed, clipped to 0…1, with room for kernels::slack bytes more.
    void row(std::span<const std::byte* const> rows, int y, Scratch& scratch, float* out) const;

  private:
    RowSamples m_samples;
    int m_channels, m_taps = 0, m_firstColumn = 0, m_columns = 0;
    std::vector<int> m_first;
    Weights m_down, m_across;  ///< bytes use the fixed ones
    FixedWeights m_fixedDown, m_fixedAcross;
};

}  // namespace contone::render
