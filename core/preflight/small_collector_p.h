// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SmallCollector: averages, clipped pixels, colours and flat blocks out of the rows of a photo.
#pragma once

#include "core/preflight/photo_measures.h"

namespace contone::preflight {

class SmallCollector {
  public:
    /// Fails: Unsupported "profile-no-input".
    static Result<SmallCollector> create(const image::PhotoFacts& facts);
    /// The rows from `y` on, without a gap; but at the photo's end a multiple of 8.
    void add(const image::StripView& strip, int y);
    /// Sets small, clipped, colours, flatBlockPercent.
    void into(PhotoMeasures& measured) const;

  private:
    SmallCollector(const image::PhotoFacts& facts, std::uint32_t white);
    template <class Sample>
    void addRows(const image::StripView& strip, int y);
    template <int channels, class Sample>
    void addRow(const Sample* row, int y);
    void addBlocks(const image::StripView& strip);
    void countColour(std::uint32_t colour);

    image::PixelSize m_photo, m_size;  ///< of the photo as stored, and of its small picture
    image::Orientation m_orientation;
    image::PixelFormat m_format;
    std::uint32_t m_white;  ///< samples from here on are white, 16 bits
    int m_stepX, m_stepY;   ///< every such pixel of every such row is looked at
    std::vector<std::uint32_t> m_sums, m_counts, m_clipped;
    std::vector<std::uint32_t> m_seen;  ///< colours of 8 bits a channel, hashed; 0: none
    int m_colours = 0;
    std::int64_t m_blocks = 0, m_flatBlocks = 0;
};

}  // namespace contone::preflight
