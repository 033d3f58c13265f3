// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// DenoisedSource: a photo's rows without their noise, before anything else is done with them: noise is as large as the
// pixels of the file, whatever the print is.
#pragma once

#include <memory>

#include "core/render/noise_filters.h"

namespace contone::render {

/// Holds a window of rows around those that are asked for: 96 rows and those that the filters need besides. Its rows
/// have 16 bits, whatever the photo has: where noise is gone, 8 bits would show their steps. The same rows for any
/// number of threads and however many are read at a time.
class DenoisedSource final : public image::PhotoSource {
  public:
    /// `photo` was not read from. `level`: as measureNoise() found at the size of the file.
    DenoisedSource(std::unique_ptr<image::PhotoSource> photo, NoiseReduction wanted, NoiseLevel level, int threads);
    const image::PhotoFacts& facts() const override { return m_facts; }
    Result<int> read(image::MutableStrip strip) override;
    image::PhotoWarnings warnings() const override { return m_photo->warnings(); }

  private:
    static constexpr int batch = 64;  ///< rows filtered at a time
    static constexpr int reach = ChromaFilter::reach;
    /// A sliding window of a plane.
    struct Window {
        std::vector<float> rows;
        PlaneRows at(int first, int count) const { return {rows.data(), first, count}; }
    };
    Result<void> readUntil(int row);
    Result<void> filterNext();
    void forget(int before);
    void give(int y, std::uint16_t* out) const;

    std::unique_ptr<image::PhotoSource> m_photo;
    image::PhotoFacts m_facts;
    bool m_isGray;
    RowWorkers m_workers;
    LumaFilter m_lumaFilter;
    ChromaFilter m_chromaFilter;
    image::Picture m_strip;
    Window m_luma, m_blue, m_red;
    int m_first = 0, m_have = 0;            ///< of the windows
    int m_next = 0;                         ///< next row to be given
    int m_batchFirst = 0, m_batchRows = 0;  ///< rows that are filtered
    std::vector<float> m_newLuma, m_newBlue, m_newRed;
};

}  // namespace contone::render
