// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Row by row through the proof transform.
#include "core/render/proof_sink.h"

#include <algorithm>

namespace contone::render {

Result<void> ProofSink::begin(const image::PageHeader& header) {
    image::PageHeader screen = header;
    screen.format = {image::Channels::Rgb, image::Depth::U8};
    screen.iccProfile = m_monitorProfile;
    const auto width = static_cast<std::size_t>(header.size.width);
    m_in.resize(width * static_cast<std::size_t>(image::count(header.format.channels)));
    m_out.resize(width * 3);
    m_row.resize(width * 3);
    return m_next.begin(screen);
}

Result<void> ProofSink::write(image::StripView strip) {
    for (int y = 0; y < strip.rows; y++) {
        if (strip.format.depth == image::Depth::U8)
            for (std::size_t i = 0; i < m_in.size(); i++)
                m_in[i] = static_cast<float>(strip.row<std::uint8_t>(y)[i]) / 255.0F;
        else
            for (std::size_t i = 0; i < m_in.size(); i++)
                m_in[i] = static_cast<float>(strip.row<std::uint16_t>(y)[i]) / 65535.0F;
        m_transform.apply(m_in.data(), m_out.data(), strip.width);
        for (std::size_t i = 0; i < m_out.size(); i++)
            m_row[i] = static_cast<std::uint8_t>(std::clamp(m_out[i], 0.0F, 1.0F) * 255.0F + 0.5F);
        CONTONE_CHECK(m_next.write({reinterpret_cast<const std::byte*>(m_row.data()),
                                    strip.width,
                                    1,
                                    m_row.size(),
                                    {image::Channels::Rgb, image::Depth::U8}}));
    }
    return {};
}

}  // namespace contone::render
