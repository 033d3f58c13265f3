// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sixteen rows at a time; of large photos some thousand blocks.
#include "core/render/noise.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace contone::render {
namespace {

constexpr int side = 16, mostBlocks = 16'000;

/// One block of one plane.
using Block = std::array<float, side * side>;

/// The standard deviation that the diagonal band of `n` x `n` values speaks of.
float sigmaOf(const float* values, int n) {
    std::array<float, side * side / 4> band{};
    std::size_t count = 0;
    for (int y = 0; y < n; y += 2)
        for (int x = 0; x < n; x += 2) {
            const float* at = values + y * n + x;
            band[count++] = std::fabs(at[0] - at[1] - at[n] + at[n + 1]) / 2;
        }
    const auto middle = band.begin() + static_cast<std::ptrdiff_t>(count / 2);
    std::nth_element(band.begin(), middle, band.begin() + static_cast<std::ptrdiff_t>(count));
    return *middle / 0.6745F;
}

/// Of a half or a quarter: the mean of each square of `step` values.
template <int step>
std::array<float, side * side / (step * step)> smaller(const Block& block) {
    std::array<float, side * side / (step * step)> means{};
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++)
            means[static_cast<std::size_t>(y / step * (side / step) + x / step)] +=
                block[static_cast<std::size_t>(y * side + x)] / (step * step);
    return means;
}

float sigmaOf(const Block& block) {
    const auto half = smaller<2>(block);
    return std::max(sigmaOf(block.data(), side), 2 * sigmaOf(half.data(), side / 2));
}

struct Seen {
    float spread;  ///< of the luma of quarters: how far from flat
    NoiseLevel level;
};

class Blocks {
  public:
    explicit Blocks(image::PixelSize size) : m_size(size) {
        const double all = static_cast<double>(size.width / side) * (size.height / side);
        m_step = std::max(1, static_cast<int>(std::lround(std::sqrt(all / mostBlocks))));
    }
    bool isWanted(int row) const { return row / side % m_step == 0; }
    /// Sixteen rows of three planes; `stride` floats apart.
    void look(const std::array<std::vector<float>, 3>& planes, bool hasColours) {
        for (int x = 0; x + side <= m_size.width; x += side * m_step) {
            const Block luma = block(planes[0], x);
            const auto quarters = smaller<4>(luma);
            const auto [least, most] = std::ranges::minmax(quarters);
            if (least < 0.03F || most > 0.97F) continue;
            Seen seen{most - least, {sigmaOf(luma), 0}};
            if (hasColours) seen.level.chroma = std::max(sigmaOf(block(planes[1], x)), sigmaOf(block(planes[2], x)));
            m_seen.push_back(seen);
        }
    }
    /// Of the flattest tenth.
    NoiseLevel level() {
        if (m_seen.empty()) return {};
        const std::size_t few = std::max<std::size_t>(std::min<std::size_t>(m_seen.size(), 16), m_seen.size() / 10);
        std::ranges::sort(m_seen, {}, &Seen::spread);
        m_seen.resize(few);
        std::vector<float> luma, chroma;
        for (const Seen& one : m_seen) {
            luma.push_back(one.level.luma);
            chroma.push_back(one.level.chroma);
        }
        std::ranges::sort(luma);
        std::ranges::sort(chroma);
        return {luma[few / 2], chroma[few / 2]};
    }

  private:
    Block block(const std::vector<float>& plane, int x) const {
        Block one{};
        for (int y = 0; y < side; y++)
            std::copy_n(plane.data() + static_cast<std::ptrdiff_t>(y) * m_size.width + x, side, one.data() + y * side);
        return one;
    }
    image::PixelSize m_size;
    int m_step;
    std::vector<Seen> m_seen;
};

template <class T>
void planesOf(const T* samples, image::Channels channels, int width, float* luma, float* blue, float* red) {
    constexpr float one = sizeof(T) == 1 ? 1.0F / 255 : 1.0F / 65535;
    if (channels == image::Channels::Gray) {
        for (int x = 0; x < width; x++) luma[x] = static_cast<float>(samples[x]) * one;
        return;
    }
    for (int x = 0; x < width; x++, samples += 3) {
        const LumaChroma c = lumaChroma(static_cast<float>(samples[0]) * one, static_cast<float>(samples[1]) * one,
                                        static_cast<float>(samples[2]) * one);
        luma[x] = c.luma;
        blue[x] = c.blue;
        red[x] = c.red;
    }
}

}  // namespace

void toPlanes(const image::StripView& strip, int from, float* luma, float* blue, float* red) {
    if (strip.format.depth == image::Depth::U8)
        planesOf(strip.row<std::uint8_t>(from), strip.format.channels, strip.width, luma, blue, red);
    else
        planesOf(strip.row<std::uint16_t>(from), strip.format.channels, strip.width, luma, blue, red);
}

Result<NoiseLevel> measureNoise(image::PhotoSource& source) {
    const image::PixelSize size = source.facts().size;
    const bool hasColours = source.facts().pixels.channels != image::Channels::Gray;
    image::Picture strip = image::Picture::ofSize({size.width, side}, source.facts().pixels);
    std::array<std::vector<float>, 3> planes;
    for (auto& plane : planes) plane.resize(static_cast<std::size_t>(size.width) * side);
    Blocks blocks(size);
    for (int row = 0;;) {
        image::MutableStrip room = strip.strip();
        room.rows = side - row % side;
        CONTONE_TRY(const int got, source.read(room));
        if (got == 0) return blocks.level();
        for (int r = 0; r < got && blocks.isWanted(row); r++) {
            const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(row % side + r) * size.width;
            toPlanes(room, r, planes[0].data() + at, planes[1].data() + at, planes[2].data() + at);
        }
        const bool wasWanted = blocks.isWanted(row);
        row += got;
        if (row % side == 0 && wasWanted) blocks.look(planes, hasColours);
    }
}

}  // namespace contone::render
