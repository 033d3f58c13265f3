// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A window of horizontally resampled rows, and the vertical pass over it.
#include "core/render/frame_pass.h"

#include <algorithm>

#include "core/render/lanczos.h"

namespace contone::render {
namespace {

template <class T>
void widen(const T* in, float* out, int width, const SampleTables& tables) {
    for (int c = 0; c < 4; c++) {
        if (c >= tables.channels) {
            for (int x = 0; x < width; x++) out[4 * x + c] = 0;
            continue;
        }
        const float* values = tables.values[static_cast<std::size_t>(c)].data();
        const T* sample = in + c;
        for (int x = 0; x < width; x++, sample += tables.channels) out[4 * x + c] = values[*sample];
    }
}

/// The rows of the photo, resampled across, kept as long as the vertical filter needs them.
class Window {
  public:
    Window(int rows, int width) : m_rows(rows), m_floats(static_cast<std::size_t>(width) * 4) {
        m_values.resize(m_floats * static_cast<std::size_t>(rows));
    }
    float* row(int y) { return m_values.data() + static_cast<std::size_t>(y % m_rows) * m_floats; }

  private:
    int m_rows;
    std::size_t m_floats;
    std::vector<float> m_values;
};

}  // namespace

Result<void> passFrame(image::PhotoSource& source, const FrameGeometry& geometry, const SampleTables& tables,
                       RowWorkers& workers, const CancelToken& cancel, const FrameRows& rows) {
    const image::PhotoFacts& facts = source.facts();
    const image::PixelSize stored = facts.size, size = geometry.size;
    const Weights across = lanczos3(stored.width, geometry.x, geometry.width, size.width);
    const Weights down = lanczos3(stored.height, geometry.y, geometry.height, size.height);
    const int stripRows = batchRows;
    const int firstNeeded = down.first.front(), lastNeeded = down.first.back() + down.taps - 1;
    Window window(down.taps + stripRows, size.width);

    image::Picture strip = image::Picture::ofSize({stored.width, stripRows}, facts.pixels);
    std::vector<std::vector<float>> wide(static_cast<std::size_t>(workers.threads()),
                                         std::vector<float>(static_cast<std::size_t>(stored.width) * 4));
    std::vector<float> batch(static_cast<std::size_t>(size.width) * 4 * batchRows);
    std::vector<std::vector<const float*>> taps(static_cast<std::size_t>(workers.threads()),
                                                std::vector<const float*>(static_cast<std::size_t>(down.taps)));

    int have = 0;  // rows of the photo read so far
    int next = 0;  // next row of the frame
    while (next < size.height) {
        CONTONE_CHECK(cancel.check());
        if (have <= lastNeeded) {
            CONTONE_TRY(const int got, source.read(strip.strip()));
            if (got == 0)
                return fail(Code::Corrupt, "photo-truncated",
                            "This photo is incomplete. Copy it again from the camera or phone.",
                            "the source ended early");
            workers.forEach(got, [&](int r, int worker) {
                const int y = have + r;
                if (y < firstNeeded || y > lastNeeded) return;
                float* row = wide[static_cast<std::size_t>(worker)].data();
                const image::StripView view = strip.strip();
                if (tables.depth == image::Depth::U8)
                    widen(view.row<std::uint8_t>(r), row, stored.width, tables);
                else
                    widen(view.row<std::uint16_t>(r), row, stored.width, tables);
                resampleRow(row, window.row(y), across);
            });
            have += got;
        }
        while (next < size.height && down.first[static_cast<std::size_t>(next)] + down.taps <= have) {
            int ready = 0;
            while (ready < batchRows && next + ready < size.height &&
                   down.first[static_cast<std::size_t>(next + ready)] + down.taps <= have)
                ready++;
            workers.forEach(ready, [&](int r, int worker) {
                const int y = next + r;
                auto& list = taps[static_cast<std::size_t>(worker)];
                for (int t = 0; t < down.taps; t++)
                    list[static_cast<std::size_t>(t)] = window.row(down.first[static_cast<std::size_t>(y)] + t);
                float* row = batch.data() + static_cast<std::size_t>(r) * static_cast<std::size_t>(size.width) * 4;
                combineRows(list.data(), down.of(y), down.taps, row, size.width * 4);
                rows.work(row, y, worker);
            });
            CONTONE_CHECK(rows.done(next, ready));
            next += ready;
        }
    }
    return {};
}

}  // namespace contone::render
