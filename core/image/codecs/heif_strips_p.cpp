// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The row loops that turn a decoded HEIF picture into strips.
#include "core/image/codecs/heif_strips_p.h"

#include <algorithm>
#include <type_traits>

namespace contone::image {
namespace {

int sampleAt(const std::uint8_t* row, int bits, int x) {
    return bits > 8 ? reinterpret_cast<const std::uint16_t*>(row)[x] : row[x];
}

}  // namespace

Result<HeifStrips::Plane> HeifStrips::planeOf(heif_channel channel) const {
    Plane plane;
    plane.data = heif_image_get_plane_readonly(m_image.get(), channel, &plane.stride);
    plane.bits = heif_image_get_bits_per_pixel_range(m_image.get(), channel);
    const int width = heif_image_get_width(m_image.get(), channel),
              height = heif_image_get_height(m_image.get(), channel);
    if (plane.data == nullptr || plane.bits < 1 || plane.bits > 16 || width != m_size.width || height != m_size.height)
        return photoProblem("photo-damaged", "a channel of " + std::to_string(width) + " x " + std::to_string(height) +
                                                 ", " + std::to_string(plane.bits) + " bits");
    return plane;
}

Result<void> HeifStrips::begin(HeifImage image, const PhotoFacts& facts) {
    m_image = std::move(image);
    m_size = facts.size;
    const heif_colorspace colours = heif_image_get_colorspace(m_image.get());
    const heif_chroma chroma = heif_image_get_chroma_format(m_image.get());
    if (colours == heif_colorspace_monochrome) {
        CONTONE_TRY(m_planes[0], planeOf(heif_channel_Y));
        m_planes[1] = m_planes[2] = m_planes[0];
        heif_color_profile_nclx* nclx = nullptr;
        if (heif_image_get_nclx_color_profile(m_image.get(), &nclx).code == heif_error_Ok && nclx != nullptr) {
            m_isLimitedGray = nclx->full_range_flag == 0;
            heif_nclx_color_profile_free(nclx);
        }
    } else if (colours == heif_colorspace_RGB && chroma == heif_chroma_444) {
        constexpr std::array channels{heif_channel_R, heif_channel_G, heif_channel_B};
        for (std::size_t c = 0; c < 3; ++c) {
            CONTONE_TRY(m_planes[c], planeOf(channels[c]));
        }
    } else {
        return photoProblem("photo-feature", "libheif gave colours " + std::to_string(colours));
    }
    for (const Plane& plane : m_planes)
        if ((plane.bits > 8) != (facts.pixels.depth == Depth::U16))
            return photoProblem("photo-damaged", "the head says another depth");
    if (heif_image_has_channel(m_image.get(), heif_channel_Alpha) == 0) return {};
    CONTONE_TRY(m_alpha, planeOf(heif_channel_Alpha));
    m_isPremultiplied = heif_image_is_premultiplied_alpha(m_image.get()) != 0;
    return {};
}

template <class Sample>
void HeifStrips::fillRow(Sample* out, int y, int channels) {
    constexpr bool isDeep = std::is_same_v<Sample, std::uint16_t>;
    std::array<const Sample*, 3> in{};
    for (std::size_t c = 0; c < 3; ++c)
        in[c] = reinterpret_cast<const Sample*>(m_planes[c].data + static_cast<std::ptrdiff_t>(m_planes[c].stride) * y);
    if constexpr (!isDeep) {
        if (channels == 3 && !m_isLimitedGray) {
            for (int x = 0; x < m_size.width; ++x, out += 3) {
                out[0] = in[0][x];
                out[1] = in[1][x];
                out[2] = in[2][x];
            }
            return;
        }
    }
    constexpr std::uint32_t full = isDeep ? 65535 : 255;
    for (std::size_t c = 0; c < static_cast<std::size_t>(channels); ++c) {
        const auto bits = static_cast<unsigned>(isDeep ? m_planes[c].bits : 8);
        const std::uint32_t top = (1u << bits) - 1;
        const std::uint32_t black = m_isLimitedGray ? 16u << (bits - 8) : 0;
        const std::uint32_t range = m_isLimitedGray ? 219u << (bits - 8) : top;
        for (int x = 0; x < m_size.width; ++x) {
            const std::uint32_t v = std::min<std::uint32_t>(std::max<std::uint32_t>(in[c][x], black) - black, range);
            // At most 65535 * 65535 + 32767, which 32 bits hold.
            out[static_cast<std::size_t>(x) * static_cast<std::size_t>(channels) + c] =
                static_cast<Sample>((v * full + range / 2) / range);
        }
    }
}

// Paper white under the picture: c * a + white * (1 - a); premultiplied pictures bring c * a already.
template <class Sample>
void HeifStrips::flattenRow(Sample* out, int y, int channels) {
    constexpr std::uint64_t full = std::is_same_v<Sample, std::uint16_t> ? 65535 : 255;
    const std::uint64_t top = (1u << static_cast<unsigned>(m_alpha.bits)) - 1;
    const std::uint8_t* alpha = m_alpha.data + static_cast<std::ptrdiff_t>(m_alpha.stride) * y;
    for (int x = 0; x < m_size.width; ++x, out += channels) {
        const std::uint64_t a = std::min<std::uint64_t>(static_cast<unsigned>(sampleAt(alpha, m_alpha.bits, x)), top);
        if (a == top) continue;
        m_hasSeeThrough = true;
        for (int c = 0; c < channels; ++c) {
            const std::uint64_t light = m_isPremultiplied ? out[c] * top : out[c] * a;
            out[c] = static_cast<Sample>(std::min((light + full * (top - a) + top / 2) / top, full));
        }
    }
}

int HeifStrips::read(MutableStrip strip) {
    const int rows = std::min(strip.rows, m_size.height - m_row), channels = count(strip.format.channels);
    for (int y = 0; y < rows; ++y, ++m_row) {
        if (strip.format.depth == Depth::U16) {
            fillRow(strip.row<std::uint16_t>(y), m_row, channels);
            if (m_alpha.data != nullptr) flattenRow(strip.row<std::uint16_t>(y), m_row, channels);
        } else {
            fillRow(strip.row<std::uint8_t>(y), m_row, channels);
            if (m_alpha.data != nullptr) flattenRow(strip.row<std::uint8_t>(y), m_row, channels);
        }
    }
    return rows;
}

}  // namespace contone::image
