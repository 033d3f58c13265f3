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

namespace contone::render {
namespace {

using image::Depth;
using image::PixelSize;

constexpr int taps = 6, before = 2;  ///< of them before the pixel that a place is in
constexpr int batchRows = 16;

/// Lanczos3 at a fraction of a pixel; its sum is 1.
std::array<float, taps> weightsAt(double fraction) {
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
    std::array<float, taps> floats{};
    for (std::size_t k = 0; k < taps; k++) floats[k] = static_cast<float>(weights[k] / sum);
    return floats;
}

/// A place between pixels: the pixel that it is in, and how far.
struct Place {
    int pixel;
    double fraction;
    explicit Place(double at) : pixel(static_cast<int>(std::floor(at))), fraction(at - std::floor(at)) {}
};

/// `out[i]` = six neighbours of `in[i]`, `step` samples apart. `in` has the room at both ends.
void shiftRow(const float* in, int step, const std::array<float, taps>& weights, float* out, int samples) {
    const float *a = in - 2 * step, *b = in - step, *c = in, *d = in + step, *e = in + 2 * step, *f = in + 3 * step;
    for (int i = 0; i < samples; i++)
        out[i] = a[i] * weights[0] + b[i] * weights[1] + c[i] * weights[2] + d[i] * weights[3] + e[i] * weights[4] +
                 f[i] * weights[5];
}

std::uint16_t rounded(float value) {
    return static_cast<std::uint16_t>(std::clamp(value, 0.0F, 65535.0F) + 0.5F);
}

class StraightenedSource final : public image::PhotoSource {
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
        m_ring.resize(samples * static_cast<std::size_t>(m_ringRows));
        m_sheared.resize(samples);
        m_outRow.resize(static_cast<std::size_t>(m_out.width * m_channels));
        const int wide = m_in.width + m_middle + 4 * taps;
        m_padded.resize(static_cast<std::size_t>(wide * 3 * m_channels));
        m_batch.resize(static_cast<std::size_t>(m_in.width) * m_facts.pixels.bytesPerPixel() * batchRows);
    }

    const image::PhotoFacts& facts() const override { return m_facts; }
    image::PhotoWarnings warnings() const override { return m_photo->warnings(); }

    Result<int> read(image::MutableStrip strip) override {
        const int rows = std::min(strip.rows, m_out.height - m_nextOut);
        for (int r = 0; r < rows; r++, m_nextOut++) {
            const int last = m_lastRow + m_nextOut;
            while (m_nextIn < m_in.height && m_nextIn <= last) CONTONE_CHECK(takeRows(last));
            makeRow(m_nextOut);
            std::byte* to = strip.data + strip.stride * static_cast<std::size_t>(r);
            const std::size_t samples = m_outRow.size();
            if (m_facts.pixels.depth == Depth::U8)
                for (std::size_t i = 0; i < samples; i++)
                    to[i] = static_cast<std::byte>(std::clamp(m_outRow[i] / 257.0F, 0.0F, 255.0F) + 0.5F);
            else
                for (std::size_t i = 0; i < samples; i++)
                    reinterpret_cast<std::uint16_t*>(to)[i] = rounded(m_outRow[i]);
        }
        // What is left of the photo may still be found to be damaged.
        if (m_nextOut == m_out.height)
            while (m_nextIn < m_in.height) CONTONE_CHECK(takeRows(m_in.height - 1));
        return rows;
    }

  private:
    /// Row and column 0 of each picture, from its middle.
    static double fromMiddle(int index, int length) { return index + 0.5 - length / 2.0; }

    /// Which rows each column of the middle picture is made of for row 0, and with which weights: for other rows the
    /// same, further down.
    void planColumns() {
        const auto samples = static_cast<std::size_t>(m_middle * m_channels);
        for (auto& weights : m_columnWeights) weights.resize(samples);
        int least = 1 << 30, most = -(1 << 30);
        for (int j = 0; j < m_middle; j++) {
            const Place row(fromMiddle(0, m_out.height) + m_down * fromMiddle(j, m_middle) + m_in.height / 2.0 - 0.5);
            m_columnRows.push_back(row.pixel);
            least = std::min(least, row.pixel - before);
            most = std::max(most, row.pixel - before + taps - 1);
            const std::array<float, taps> weights = weightsAt(row.fraction);
            for (std::size_t k = 0; k < taps; k++)
                std::fill_n(m_columnWeights[k].begin() + static_cast<std::ptrdiff_t>(j) * m_channels, m_channels,
                            weights[k]);
        }
        m_lastRow = most;
        m_ringRows = most - least + 1 + batchRows;
    }

    std::uint16_t* ringRow(int y) {
        return m_ring.data() +
               static_cast<std::size_t>(y % m_ringRows) * static_cast<std::size_t>(m_middle * m_channels);
    }

    /// The next rows of the photo, sheared across, into the ring; not beyond row `last`.
    Result<void> takeRows(int last) {
        const int wanted = std::min({batchRows, m_in.height - m_nextIn, std::max(1, last - m_nextIn + 1)});
        const std::size_t stride = static_cast<std::size_t>(m_in.width) * m_facts.pixels.bytesPerPixel();
        CONTONE_TRY(const int got, m_photo->read({m_batch.data(), m_in.width, wanted, stride, m_facts.pixels}));
        if (got < 1) return image::photoProblem("photo-truncated", "rows end at " + std::to_string(m_nextIn));
        for (int r = 0; r < got; r++, m_nextIn++) shearAcross(m_batch.data() + stride * static_cast<std::size_t>(r));
        return {};
    }

    void shearAcross(const std::byte* row) {
        // Column j of the middle picture lies `shift` further right in the photo.
        const Place shift(m_across * fromMiddle(m_nextIn, m_in.height) + (m_in.width - m_middle) / 2.0);
        // What lies outside the photo, as its end.
        const int first = std::min(0, shift.pixel - before), end = std::max(m_in.width, shift.pixel + m_middle + taps);
        m_padded.resize(std::max(m_padded.size(), static_cast<std::size_t>((end - first) * m_channels)));
        float* inside = m_padded.data() + static_cast<std::ptrdiff_t>(-first) * m_channels;
        const int samples = m_in.width * m_channels;
        if (m_facts.pixels.depth == Depth::U8)
            for (int i = 0; i < samples; i++) inside[i] = static_cast<float>(std::to_integer<int>(row[i])) * 257.0F;
        else
            for (int i = 0; i < samples; i++)
                inside[i] = static_cast<float>(reinterpret_cast<const std::uint16_t*>(row)[i]);
        for (int x = first; x < 0; x++)
            std::copy_n(inside, m_channels, inside + static_cast<std::ptrdiff_t>(x) * m_channels);
        for (int x = m_in.width; x < end; x++)
            std::copy_n(inside + samples - m_channels, m_channels,
                        inside + static_cast<std::ptrdiff_t>(x) * m_channels);
        shiftRow(inside + static_cast<std::ptrdiff_t>(shift.pixel) * m_channels, m_channels, weightsAt(shift.fraction),
                 m_sheared.data(), m_middle * m_channels);
        std::uint16_t* to = ringRow(m_nextIn);
        for (std::size_t i = 0; i < m_sheared.size(); i++) to[i] = rounded(m_sheared[i]);
    }

    /// Columns `from` … `to` - 1 of a row of the second picture: each column from its own six rows.
    void shearDown(int y, int from, int to) {
        for (int j = from; j < to;) {
            const int row = m_columnRows[static_cast<std::size_t>(j)];
            int end = j;
            while (end < to && m_columnRows[static_cast<std::size_t>(end)] == row) end++;
            std::array<const std::uint16_t*, taps> rows{};
            for (int k = 0; k < taps; k++)
                rows[static_cast<std::size_t>(k)] = ringRow(std::clamp(row + y - before + k, 0, m_in.height - 1));
            for (int i = j * m_channels; i < end * m_channels; i++) {
                float sum = 0;
                for (std::size_t k = 0; k < taps; k++)
                    sum += static_cast<float>(rows[k][i]) * m_columnWeights[k][static_cast<std::size_t>(i)];
                m_sheared[static_cast<std::size_t>(i)] = sum;
            }
            j = end;
        }
    }

    void makeRow(int y) {
        const Place shift(m_across * fromMiddle(y, m_out.height) + (m_middle - m_out.width) / 2.0);
        shearDown(y, shift.pixel - before, shift.pixel + m_out.width + taps - before);
        shiftRow(m_sheared.data() + static_cast<std::ptrdiff_t>(shift.pixel) * m_channels, m_channels,
                 weightsAt(shift.fraction), m_outRow.data(), m_out.width * m_channels);
    }

    std::unique_ptr<image::PhotoSource> m_photo;
    image::PhotoFacts m_facts;
    PixelSize m_in, m_out;
    double m_across = 0, m_down = 0;  ///< the shears
    int m_channels = 3;
    int m_middle = 0;  ///< columns between the shears
    std::vector<int> m_columnRows;
    std::array<std::vector<float>, taps> m_columnWeights;
    int m_lastRow = 0, m_ringRows = 0;  ///< the last row of the photo that row 0 needs
    std::vector<std::uint16_t> m_ring;
    std::vector<float> m_sheared, m_outRow, m_padded;
    std::vector<std::byte> m_batch;
    int m_nextIn = 0, m_nextOut = 0;
};

}  // namespace

std::unique_ptr<image::PhotoSource> straightened(std::unique_ptr<image::PhotoSource> photo, int hundredths) {
    return std::make_unique<StraightenedSource>(std::move(photo), hundredths);
}

}  // namespace contone::render
