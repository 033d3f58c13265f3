// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The mean spectra of pieces of 64 pixels, by a Hann window.
#include "core/preflight/roll_off_p.h"

#include <array>
#include <cmath>
#include <numbers>

namespace contone::preflight {
namespace {

constexpr int length = 64;
constexpr int coarse = 6, coarseEnd = 11;  ///< of 64: 0.09…0.16 cycles a pixel
constexpr int fine = 21, fineEnd = 31;     ///< 0.33…0.47

struct Wave {
    int bin = 0;
    std::array<float, length> cosine{}, sine{};  ///< times the window
};

Wave waveOf(int bin) {
    Wave wave;
    wave.bin = bin;
    for (int i = 0; i < length; i++) {
        const double angle = 2 * std::numbers::pi * i / length, window = 0.5 - 0.5 * std::cos(angle);
        wave.cosine[static_cast<std::size_t>(i)] = static_cast<float>(window * std::cos(angle * bin));
        wave.sine[static_cast<std::size_t>(i)] = static_cast<float>(window * std::sin(angle * bin));
    }
    return wave;
}

class Spectrum {
  public:
    Spectrum() {
        for (int bin = coarse; bin < fineEnd; bin++)
            if (bin < coarseEnd || bin >= fine) (bin < coarseEnd ? m_coarse : m_fine).push_back(waveOf(bin));
    }
    void add(const std::uint8_t* first, std::ptrdiff_t step) {
        std::array<float, length> piece{};
        for (std::size_t i = 0; i < length; i++) piece[i] = first[static_cast<std::ptrdiff_t>(i) * step];
        // Where power falls as some power of the frequency, a line's divided by the frequency falls as the plane's
        // does.
        for (const Wave& wave : m_coarse) m_coarsePower += power(wave, piece) / wave.bin;
        for (const Wave& wave : m_fine) m_finePower += power(wave, piece) / wave.bin;
    }
    double rollOffDb() const {
        constexpr double nothing = 1e-3;
        const double low = m_coarsePower / static_cast<double>(m_coarse.size()),
                     high = m_finePower / static_cast<double>(m_fine.size());
        return 10 * std::log10((low + nothing) / (high + nothing));
    }

  private:
    static double power(const Wave& wave, const std::array<float, length>& piece) {
        float real = 0, imaginary = 0;
        for (std::size_t i = 0; i < length; i++) {
            real += piece[i] * wave.cosine[i];
            imaginary += piece[i] * wave.sine[i];
        }
        return static_cast<double>(real * real + imaginary * imaginary);
    }
    std::vector<Wave> m_coarse, m_fine;
    double m_coarsePower = 0, m_finePower = 0;
};

}  // namespace

double rollOffOf(const LumaCrop& crop) {
    Spectrum spectrum;
    constexpr int apart = 8;
    for (int y = 0; y < crop.height; y += apart)
        for (int x = 0; x + length <= crop.width; x += length) spectrum.add(crop.row(y) + x, 1);
    for (int x = 0; x < crop.width; x += apart)
        for (int y = 0; y + length <= crop.height; y += length) spectrum.add(crop.row(y) + x, crop.width);
    return spectrum.rollOffDb();
}

}  // namespace contone::preflight
