// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CropCollector: takes up to 3 x 3 crops out of the rows of a photo and finds the sharpest.
#pragma once

#include "core/image/pixels.h"
#include "core/preflight/detail_measures.h"

namespace contone::preflight {

class CropCollector {
  public:
    CropCollector(image::PixelSize photo, image::PixelFormat format);
    /// The rows from `y` on, without a gap.
    void add(const image::StripView& strip, int y);
    /// By a hint the three that promise most are looked at closely; the one with the narrowest edges is it.
    DetailMeasures sharpest() const;
    /// As blockLevelsOf(), of all.
    double blockLevels() const;

  private:
    struct Placed {
        int x, y;
        LumaCrop crop;
    };
    image::PixelFormat m_format;
    std::vector<Placed> m_crops;
};

}  // namespace contone::preflight
