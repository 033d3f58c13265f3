// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Each shear moves whole rows or columns, so its six weights are the same along a row (across) or in all rows (down).
#include "core/render/straightened_source.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "core/image/photo_problem.h"
#include "core/render/kernels/resample.h"
#include "core/render/kernels/shear.h"

namespace contone::render {
namespace {

using image::PixelSize;

using kernels::ShearWeights;
constexpr int taps = kernels::shearTaps, before = 2;  ///< of them before the pixel that a place is in
constexpr int batchRows = 16;

/// Lanczos3 at a fraction of a pixel; its sum is 1.
std::array<double, taps> weightsAt(double fraction) {
    std::array<double, taps> weights{};
    double sum = 0;
    for (int k = 0; k < taps; k++) {
        const double x = std::numbers::pi * (k - before - fraction);
        weights[static_cast<std::size_t>(k)] = std::abs(x) < 1e-9 ? 1
                                               : std::abs(x) >= 3 * std::numbers::pi
                                                   ? 0
                                                   : 3 * std::sin(x) * std::sin(x / 3) / (x * x);
        sum += weights[static_cast<std::size_t>(k)];
    }
    for (double& weight : weights) weight /= sum;
    return weights;
}

/// How the samples of a photo are worked on: bytes as shorts, sixteen at a time, words as floats.
struct BytesAsShorts {
    using Sample = std::uint8_t;
    using Work = std::int16_t;
    using Kept = Work;  ///< between the first two shears
    static Work weight(double value) { return static_cast<Work>(std::min(std::lround(value * 32768), 32767L)); }
    static void take(const Sample* in, Work* out, int samples) { kernels::bytesToShorts(in, out, samples); }
    static void give(const Work* in, Sample* out, int samples) { kernels::shortsToBytes(in, out, samples); }
};
struct WordsAsFloats {
    using Sample = std::uint16_t;
    using Work = float;
    using Kept = std::uint16_t;
    static Work weight(double value) { return static_cast<Work>(value); }
    static void take(const Sample* in, Work* out, int samples) { kernels::wordsToFloats(in, out, samples); }
    // Kept are value / 2 + 8192, so that overshoot fits, but for stripes one pixel wide; sums of weighted ones are the
    // same of the sum. The quarter keeps black and white what they are; others are within 1.
    static void keep(const Work* in, Kept* out, int samples) {
        kernels::floatsToWords(in, 0.5F, 8192.25F, out, samples);
    }
    static void give(const Work* in, Sample* out, int samples) {
        kernels::floatsToWords(in, 2, -16384.5F, out, samples);
    }
};

/// A place between pixels: the pixel that it is in, and how far.
struct Place {
    int pixel;
    double fraction;
    explicit Place(double at) : pixel(static_cast<int>(std::floor(at))), fraction(at - std::floor(at)) {}
};

/// A row with the room that the kernels want behind it.
template <class T>
std::vector<T> rowOf(std::size_t samples) {
    return std::vector<T>(samples + kernels::slack / sizeof(T));
}

template <class Way>
class StraightenedSource final : public StraightenedPhoto {
    using Sample = typename Way::Sample;
    using Work = typename Way::Work;
    using Kept = typename Way::Kept;

  public:
    StraightenedSource(std::unique_ptr<image::PhotoSource> photo, int hundredths)
        : m_photo(std::move(photo)), m_facts(m_photo->facts()), m_in(m_facts.size) {
        const double angle = hundredths * std::numbers::pi / 18000;
        m_across = std::tan(angle / 2);
        m_down = -std::sin(angle);
        // What is kept is a matter of shape alone; a reduced photo keeps its exact share.
        const double kept = image::keptWhenStraightened(m_facts.storedSize, hundredths);
        m_facts.storedSize = image::straightenedSize(m_facts.storedSize, hundredths);
        m_facts.size = {std::clamp(static_cast<int>(m_in.width * kept), 1, m_facts.storedSize.width),
                        std::clamp(static_cast<int>(m_in.height * kept), 1, m_facts.storedSize.height)};
        m_out = m_facts.size;
        m_channels = image::count(m_facts.pixels.channels);
        m_middle = m_out.width + 2 * (static_cast<int>(std::ceil(std::abs(m_across) * m_out.height / 2)) + taps);
        planColumns();
        const auto samples = static_cast<std::size_t>(m_middle * m_channels);
        m_ringStride = samples + kernels::slack / sizeof(Kept);
        m_ring.resize(m_ringStride * static_cast<std::size_t>(m_ringRows));
        m_sheared = rowOf<Work>(samples);
        m_outRow = rowOf<Work>(static_cast<std::size_t>(m_out.width * m_channels));
        m_outSamples = rowOf<Sample>(m_outRow.size());
        m_padded = rowOf<Work>(static_cast<std::size_t>((m_in.width + m_middle + 4 * taps) * 3 * m_channels));
        m_batch = rowOf<Sample>(static_cast<std::size_t>(m_in.width * m_channels * batchRows));
        StraightenedSource::needOnly({0, 0, m_out.width, m_out.height});
    }

    void needOnly(const image::PixelRect& part) override {
        const int x = std::clamp(part.x, 0, m_out.width - 1), y = std::clamp(part.y, 0, m_out.height - 1);
        m_needed = {x, y, std::clamp(part.x + part.width, x + 1, m_out.width) - x,
                    std::clamp(part.y + part.height, y + 1, m_out.height) - y};
        const auto columnOf = [&](int row, int column) { return column + shiftOf(row).pixel; };
        const int top = m_needed.y, bottom = m_needed.y + m_needed.height - 1, right = m_needed.x + m_needed.width;
        m_from = std::min(columnOf(top, m_needed.x), columnOf(bottom, m_needed.x)) - before;
        m_to = std::max(columnOf(top, right), columnOf(bottom, right)) + taps - before;
    }

    const image::PhotoFacts& facts() const override { return m_facts; }
    image::PhotoWarnings warnings() const override { return m_photo->warnings(); }

    Result<int> read(image::MutableStrip strip) override {
        const int rows = std::min(strip.rows, m_out.height - m_nextOut);
        for (int r = 0; r < rows; r++, m_nextOut++) {
            const int last = m_lastRow + m_nextOut;
            while (m_nextIn < m_in.height && m_nextIn <= last) CONTONE_CHECK(takeRows(last));
            if (m_nextOut < m_needed.y || m_nextOut >= m_needed.y + m_needed.height) continue;
            makeRow(m_nextOut);
            const int samples = m_needed.width * m_channels;
            Way::give(m_outRow.data(), m_outSamples.data(), samples);
            std::copy_n(m_outSamples.data(), samples, strip.row<Sample>(r) + m_needed.x * m_channels);
        }
        // What is left of the photo may still be found to be damaged.
        if (m_nextOut == m_out.height)
            while (m_nextIn < m_in.height) CONTONE_CHECK(takeRows(m_in.height - 1));
        return rows;
    }

  private:
    /// Row and column 0 of each picture, from its middle.
    static double fromMiddle(int index, int length) { return index + 0.5 - length / 2.0; }

    static ShearWeights<Work> workWeights(double fraction) {
        ShearWeights<Work> weights{};
        std::ranges::transform(weightsAt(fraction), weights.begin(), Way::weight);
        return weights;
    }

    /// Which rows each column of the middle picture is made of for row 0, and with which weights: for other rows the
    /// same, further down.
    void planColumns() {
        const auto samples = static_cast<std::size_t>(m_middle * m_channels);
        for (auto& weights : m_columnWeights) weights = rowOf<Work>(samples);
        int least = 1 << 30, most = -(1 << 30);
        for (int j = 0; j < m_middle; j++) {
            const Place row(fromMiddle(0, m_out.height) + m_down * fromMiddle(j, m_middle) + m_in.height / 2.0 - 0.5);
            m_columnRows.push_back(row.pixel);
            least = std::min(least, row.pixel - before);
            most = std::max(most, row.pixel - before + taps - 1);
            const ShearWeights<Work> weights = workWeights(row.fraction);
            for (std::size_t k = 0; k < taps; k++)
                std::fill_n(m_columnWeights[k].begin() + static_cast<std::ptrdiff_t>(j) * m_channels, m_channels,
                            weights[k]);
        }
        m_lastRow = most;
        m_ringRows = most - least + 1 + batchRows;
    }

    Kept* ringRow(int y) { return m_ring.data() + static_cast<std::size_t>(y % m_ringRows) * m_ringStride; }

    /// The next rows of the photo, sheared across, into the ring; not beyond row `last`.
    Result<void> takeRows(int last) {
        const int wanted = std::min({batchRows, m_in.height - m_nextIn, std::max(1, last - m_nextIn + 1)});
        const auto samples = static_cast<std::size_t>(m_in.width * m_channels);
        CONTONE_TRY(const int got, m_photo->read({reinterpret_cast<std::byte*>(m_batch.data()), m_in.width, wanted,
                                                  samples * sizeof(Sample), m_facts.pixels}));
        if (got < 1) return image::photoProblem("photo-truncated", "rows end at " + std::to_string(m_nextIn));
        for (int r = 0; r < got; r++, m_nextIn++) shearAcross(m_batch.data() + samples * static_cast<std::size_t>(r));
        return {};
    }

    void shearAcross(const Sample* row) {
        // Column j of the middle picture lies `shift` further right in the photo.
        const Place shift(m_across * fromMiddle(m_nextIn, m_in.height) + (m_in.width - m_middle) / 2.0);
        // What lies outside the photo, as its end.
        const int first = std::min(0, shift.pixel - before), end = std::max(m_in.width, shift.pixel + m_middle + taps);
        const auto needed = static_cast<std::size_t>((end - first) * m_channels);
        if (m_padded.size() < needed + kernels::slack) m_padded = rowOf<Work>(needed + kernels::slack);
        Work* inside = m_padded.data() + static_cast<std::ptrdiff_t>(-first) * m_channels;
        const int samples = m_in.width * m_channels;
        Way::take(row, inside, samples);
        for (int x = first; x < 0; x++)
            std::copy_n(inside, m_channels, inside + static_cast<std::ptrdiff_t>(x) * m_channels);
        for (int x = m_in.width; x < end; x++)
            std::copy_n(inside + samples - m_channels, m_channels,
                        inside + static_cast<std::ptrdiff_t>(x) * m_channels);
        const Work* from = inside + static_cast<std::ptrdiff_t>(shift.pixel - before + m_from) * m_channels;
        const int count = (m_to - m_from) * m_channels;
        Kept* to = ringRow(m_nextIn) + m_from * m_channels;
        const ShearWeights<Work> weights = workWeights(shift.fraction);
        if constexpr (std::is_same_v<Work, Kept>) {
            kernels::shearRow(from, m_channels, weights, to, count);
        } else {
            kernels::shearRow(from, m_channels, weights, m_sheared.data(), count);
            Way::keep(m_sheared.data(), to, count);
        }
    }

    /// Columns `from` … `to` - 1 of a row of the second picture: each column from its own six rows. From left to right:
    /// what a run writes past its end, the next one writes again.
    void shearDown(int y, int from, int to) {
        for (int j = from; j < to;) {
            const int row = m_columnRows[static_cast<std::size_t>(j)];
            int end = j;
            while (end < to && m_columnRows[static_cast<std::size_t>(end)] == row) end++;
            std::array<const Kept*, taps> rows{};
            std::array<const Work*, taps> weights{};
            for (int k = 0; k < taps; k++) {
                rows[static_cast<std::size_t>(k)] =
                    ringRow(std::clamp(row + y - before + k, 0, m_in.height - 1)) + j * m_channels;
                weights[static_cast<std::size_t>(k)] =
                    m_columnWeights[static_cast<std::size_t>(k)].data() + j * m_channels;
            }
            kernels::shearColumns(rows, weights, m_sheared.data() + j * m_channels, (end - j) * m_channels);
            j = end;
        }
    }

    /// Where column 0 of row `y` lies in the second picture.
    Place shiftOf(int y) const {
        return Place(m_across * fromMiddle(y, m_out.height) + (m_middle - m_out.width) / 2.0);
    }

    /// The part of it that is needed.
    void makeRow(int y) {
        const Place shift = shiftOf(y);
        const int from = m_needed.x + shift.pixel - before;
        shearDown(y, from, from + m_needed.width + taps);
        kernels::shearRow(m_sheared.data() + static_cast<std::ptrdiff_t>(from) * m_channels, m_channels,
                          workWeights(shift.fraction), m_outRow.data(), m_needed.width * m_channels);
    }

    std::unique_ptr<image::PhotoSource> m_photo;
    image::PhotoFacts m_facts;
    PixelSize m_in, m_out;
    image::PixelRect m_needed;        ///< of what is handed out
    int m_from = 0, m_to = 0;         ///< the columns between the shears that it needs
    double m_across = 0, m_down = 0;  ///< the shears
    int m_channels = 3;
    int m_middle = 0;  ///< columns between the shears
    std::vector<int> m_columnRows;
    std::array<std::vector<Work>, taps> m_columnWeights;
    int m_lastRow = 0, m_ringRows = 0;  ///< the last row of the photo that row 0 needs
    std::size_t m_ringStride = 0;
    std::vector<Kept> m_ring;
    std::vector<Work> m_sheared, m_outRow, m_padded;
    std::vector<Sample> m_batch, m_outSamples;
    int m_nextIn = 0, m_nextOut = 0;
};

}  // namespace

std::unique_ptr<StraightenedPhoto> straightened(std::unique_ptr<image::PhotoSource> photo, int hundredths) {
    if (photo->facts().pixels.depth == image::Depth::U8)
        return std::make_unique<StraightenedSource<BytesAsShorts>>(std::move(photo), hundredths);
    return std::make_unique<StraightenedSource<WordsAsFloats>>(std::move(photo), hundredths);
}

}  // namespace contone::render
