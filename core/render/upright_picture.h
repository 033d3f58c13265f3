// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// UprightPicture: a frame in memory, as it lies on the page.
#pragma once

#include "core/render/frame_geometry.h"
#include "core/render/frame_sink.h"
#include "core/render/lay_rows.h"

namespace contone::render {

/// Lays rows of pixels of type `Sample`, three a pixel, into `rgb`, which it makes as large as the frame.
template <class Sample>
class UprightPicture final : public FrameSink {
  public:
    UprightPicture(const FrameGeometry& geometry, std::vector<Sample>& rgb) : m_rgb(rgb) {
        const image::PixelSize size = image::oriented(geometry.size, geometry.toPage);
        m_place = {{0, 0, size.width, size.height}, geometry.toPage};
        m_rgb.resize(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 3);
    }
    std::size_t pixelBytes() const override { return 3 * sizeof(Sample); }
    RowOnPage placeOf(int y) const override { return m_place.row(y); }
    Result<void> add(int y, int rows, const std::byte* samples) override {
        layRows({reinterpret_cast<std::byte*>(m_rgb.data()), pixelBytes(),
                 static_cast<std::size_t>(m_place.box.width) * pixelBytes()},
                m_place, y, rows, samples);
        return {};
    }

  private:
    std::vector<Sample>& m_rgb;
    FramePlace m_place;
};

}  // namespace contone::render
