// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Two rounds a batch: rows that came are encoded and prepared, rows that have their neighbours are finished.
#include "core/render/resample_and_sharpen.h"

#include <algorithm>

namespace contone::render {

Result<void> resampleAndSharpenFrame(image::PhotoSource& source, const FrameGeometry& geometry,
                                     const LinearTables& linear, const Sharpener::Options& sharpening,
                                     RowWorkers& workers, const CancelToken& cancel, const RowWork& encoded,
                                     const FrameRows& rows) {
    if (!Sharpener::isNeeded(sharpening))
        return resampleFrame(source, geometry, linear, workers, cancel,
                             {.work =
                                  [&](float* row, int y, int worker) {
                                      encoded(row, y, worker);
                                      rows.work(row, y, worker);
                                  },
                              .done = rows.done});
    // Few rows at a time for each thread: they are still in its cache when they are finished.
    constexpr int most = batchRows / 2;
    Sharpener::Options options = sharpening;
    options.room = std::min(most, 8 * workers.threads());
    Sharpener sharpener(options, geometry.size);
    static_assert(most + farthestReach <= batchRows);
    int finished = 0;
    return resampleFrame(source, geometry, linear, workers, cancel,
                         {.work =
                              [&](float* row, int y, int worker) {
                                  encoded(row, y, worker);
                                  sharpener.prepare(y);
                              },
                          .done = [&](int first, int count) -> Result<void> {
                              const int from = finished, ready = sharpener.ready(first + count);
                              if (ready == from) return {};
                              workers.forEach(ready - from, [&](int r, int worker) {
                                  sharpener.finish(from + r);
                                  rows.work(sharpener.row(from + r), from + r, worker);
                              });
                              finished = ready;
                              return rows.done(from, ready - from);
                          },
                          .place = [&](int y) { return sharpener.row(y); },
                          .batch = options.room});
}

}  // namespace contone::render
