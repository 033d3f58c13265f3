// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The two filters against noise, on some rows of a photo at a time. A row that comes out depends on the rows around it
// alone, never on which rows were worked on together.
#pragma once

#include <vector>

#include "core/image/pixels.h"
#include "core/render/noise.h"
#include "core/render/row_workers.h"

namespace contone::render {

/// Rows first … first + count - 1 of a plane of the photo, and where they are.
struct PlaneRows {
    const float* data = nullptr;
    int first = 0, count = 0;
};

/// Luma: a wavelet without decimation, three levels at the size of the file, soft threshold (J.-L. Starck, F. Murtagh,
/// "Astronomical image and data analysis", 2002).
class LumaFilter {
  public:
    static constexpr int reach = 14;  ///< rows above and below
    /// `reduction`: how many times smaller the rows come than the file has them, 1…; levels finer than a pixel are left
    /// out. `size`: of the rows that come.
    LumaFilter(image::PixelSize size, int reduction, float strength, float level);
    bool isNeeded() const { return !m_threshold.empty(); }
    /// Rows from … to - 1 into `out`, packed. `rows` holds those in reach of them that the photo has.
    void run(const PlaneRows& rows, int from, int to, float* out, RowWorkers& workers);

  private:
    void level(int stride, int from, int to, RowWorkers& workers);
    image::PixelSize m_size;
    std::vector<float> m_threshold;  ///< by level
    std::vector<float> m_now, m_down, m_next;
    int m_first = 0;
};

/// Chroma: of quarters, each the mean of those around it that are like it in luma and colour; brought back to where
/// luma and colour are like those of the pixel. What is like none of them keeps its own, so nothing bleeds over an
/// edge.
class ChromaFilter {
  public:
    static constexpr int reach = 20;  ///< rows above and below
    ChromaFilter(image::PixelSize size, int reduction, float strength, NoiseLevel level);
    bool isNeeded() const { return m_cell > 0; }
    struct Planes {
        PlaneRows luma, blue, red;
    };
    /// As LumaFilter::run. `from` is a multiple of 4.
    void run(const Planes& rows, int from, int to, float* blue, float* red, RowWorkers& workers);

  private:
    struct Cell {
        float luma = 0, blue = 0, red = 0, trust = 0;
    };
    Cell cellAt(const Planes& rows, int column, int row) const;
    Cell smoothed(int column, int row) const;
    void bringBack(const Planes& rows, int y, float* blue, float* red) const;
    const Cell& near(const std::vector<Cell>& cells, int column, int row) const;
    image::PixelSize m_size;
    int m_cell = 0, m_columns = 0, m_rows = 0, m_firstRow = 0, m_lastRow = 0;
    float m_strength, m_likeColour = 0, m_likeOwn = 0, m_likeLuma = 0, m_noise = 0;
    std::vector<Cell> m_cells, m_smooth;
};

}  // namespace contone::render
