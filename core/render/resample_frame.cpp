// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A ring of the photo's rows, read into directly, and the resampler over it.
#include "core/render/resample_frame.h"

#include <algorithm>

#include "core/image/photo_problem.h"
#include "core/render/kernels/resample.h"
#include "core/render/resampler.h"

namespace contone::render {
namespace {

constexpr int stripRows = 32;

/// Rows kept as long as the vertical filter needs them. Row y lies where row y + rows() will.
class RowRing {
  public:
    /// At least `rows` rows of `bytes` bytes and the kernels' slack. A whole number of strips, so that none is split.
    RowRing(int rows, std::size_t bytes) : m_rows((rows + stripRows - 1) / stripRows * stripRows) {
        // An odd number of cache lines: rows that are looked at together never compete for the same ones.
        m_stride = ((bytes + kernels::slack + 63) / 64 | 1) * 64;
        m_bytes.resize(m_stride * static_cast<std::size_t>(m_rows));
    }
    std::byte* row(int y) { return m_bytes.data() + static_cast<std::size_t>(y % m_rows) * m_stride; }
    /// Room for the rows from `y` on, at most a strip.
    image::MutableStrip strip(int y, int width, image::PixelFormat format) {
        return {row(y), width, std::min(stripRows, m_rows - y % m_rows), m_stride, format};
    }

  private:
    int m_rows;
    std::size_t m_stride = 0;
    std::vector<std::byte> m_bytes;
};

template <class T>
void toLinear(const T* in, float* out, int pixels, const LinearTables& tables) {
    const std::size_t channels = tables.size();
    for (std::size_t c = 0; c < channels; c++) {
        const float* values = tables[c].data();
        const T* sample = in + c;
        float* value = out + c;
        for (int x = 0; x < pixels; x++, sample += channels, value += channels) *value = values[*sample];
    }
}

/// The rows of the photo that the resampler looks at, as the file has them or in linear light.
class PhotoRows {
  public:
    PhotoRows(image::PhotoSource& source, const Resampler& resampler, const LinearTables& linear, RowWorkers& workers)
        : m_source(source),
          m_resampler(resampler),
          m_linear(linear),
          m_workers(workers),
          m_width(source.facts().size.width),
          m_format(source.facts().pixels),
          m_samples(static_cast<std::size_t>(m_width) * static_cast<std::size_t>(image::count(m_format.channels))),
          m_ring(resampler.tapRows() + stripRows, m_samples * resampler.bytesPerSample()) {
        if (!linear.empty()) m_strip = image::Picture::ofSize({m_width, stripRows}, m_format);
    }
    int have() const { return m_have; }
    const std::byte* row(int y) { return m_ring.row(y); }
    Result<void> readMore() {
        const image::MutableStrip strip = m_linear.empty() ? m_ring.strip(m_have, m_width, m_format) : m_strip.strip();
        CONTONE_TRY(const int got, m_source.read(strip));
        if (got == 0) return image::photoProblem("photo-truncated", "the source ended early");
        if (!m_linear.empty()) m_workers.forEach(got, [&](int r, int) { decode(strip, r); });
        m_have += got;
        return {};
    }

  private:
    void decode(const image::MutableStrip& strip, int r) {
        const auto skipped =
            static_cast<std::ptrdiff_t>(m_resampler.firstColumn()) * static_cast<std::ptrdiff_t>(m_linear.size());
        float* out = reinterpret_cast<float*>(m_ring.row(m_have + r)) + skipped;
        if (m_format.depth == image::Depth::U8)
            toLinear(strip.row<std::uint8_t>(r) + skipped, out, m_resampler.columns(), m_linear);
        else
            toLinear(strip.row<std::uint16_t>(r) + skipped, out, m_resampler.columns(), m_linear);
    }
    image::PhotoSource& m_source;
    const Resampler& m_resampler;
    const LinearTables& m_linear;
    RowWorkers& m_workers;
    int m_width;
    image::PixelFormat m_format;
    std::size_t m_samples;
    RowRing m_ring;
    image::Picture m_strip;  ///< linear light only
    int m_have = 0;          ///< rows read so far
};

/// What one thread works with.
struct ThreadScratch {
    Resampler::Scratch resampling;
    std::vector<const std::byte*> taps;
    std::vector<float> row;
};

RowSamples samplesOf(image::PixelFormat format, const LinearTables& linear) {
    if (!linear.empty()) return RowSamples::Floats;
    return format.depth == image::Depth::U8 ? RowSamples::Bytes : RowSamples::Words;
}

}  // namespace

Result<void> resampleFrame(image::PhotoSource& source, const FrameGeometry& geometry, const LinearTables& linear,
                           RowWorkers& workers, const CancelToken& cancel, const FrameRows& rows) {
    const image::PhotoFacts& facts = source.facts();
    const image::PixelSize size = geometry.size;
    const Resampler resampler(samplesOf(facts.pixels, linear), image::count(facts.pixels.channels), facts.size,
                              geometry);
    PhotoRows photo(source, resampler, linear, workers);
    const std::vector<float> row(static_cast<std::size_t>(size.width) * 4 + kernels::slack / sizeof(float));
    std::vector<ThreadScratch> scratch(
        static_cast<std::size_t>(workers.threads()),
        {resampler.scratch(), std::vector<const std::byte*>(static_cast<std::size_t>(resampler.tapRows())), row});

    int next = 0;  // next row of the frame
    while (next < size.height) {
        CONTONE_CHECK(cancel.check());
        int ready = 0;
        while (ready < rows.batch && next + ready < size.height &&
               resampler.firstRow(next + ready) + resampler.tapRows() <= photo.have())
            ready++;
        if (ready == 0) {
            CONTONE_CHECK(photo.readMore());
            continue;
        }
        workers.forEach(ready, [&](int r, int worker) {
            const int y = next + r;
            ThreadScratch& own = scratch[static_cast<std::size_t>(worker)];
            for (int t = 0; t < resampler.tapRows(); t++)
                own.taps[static_cast<std::size_t>(t)] = photo.row(resampler.firstRow(y) + t);
            float* out = rows.place ? rows.place(y) : own.row.data();
            resampler.row(own.taps, y, own.resampling, out);
            rows.work(out, y, worker);
        });
        CONTONE_CHECK(rows.done(next, ready));
        next += ready;
    }
    return {};
}

}  // namespace contone::render
