// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From a picture in memory to strips.
#include "core/image/codecs/whole_frame_p.h"

#include <new>

namespace contone::image {

template <class T>
void WholeFrameReader::fillRow(T* out, int row) {
    constexpr T full = std::numeric_limits<T>::max();
    constexpr T white[] = {full, full, full, full};
    const int width = m_facts.photo.size.width, colours = count(m_facts.photo.pixels.channels);
    const auto samples =
        static_cast<std::size_t>(width) * static_cast<std::size_t>(colours + (m_frame.hasAlpha ? 1 : 0));
    const T* in = reinterpret_cast<const T*>(m_frame.samples.data()) + samples * static_cast<std::size_t>(row);
    if (!m_frame.hasAlpha)
        std::copy_n(in, samples, out);
    else if (flatten(in, out, width, colours, white, m_frame.alpha))
        m_warnings.add(PhotoWarning::AlphaFlattened);
}

Result<int> WholeFrameReader::read(MutableStrip strip) {
    const PhotoFacts& photo = m_facts.photo;
    if (strip.width != photo.size.width || strip.format != photo.pixels || strip.rows < 0)
        return photoProblem("strip-mismatch");
    if (m_state == State::Ended) return 0;
    if (m_state == State::Failed) return photoProblem("photo-damaged", "read after a failure");
    if (m_state == State::Fresh) {
        m_state = State::Failed;
        try {
            CONTONE_TRY(m_frame, decode());
        } catch (const std::bad_alloc&) {
            return photoProblem("photo-memory", "while decoding");
        }
        m_state = State::Decoding;
    }
    const int rows = std::min(strip.rows, photo.size.height - m_row);
    for (int y = 0; y < rows; ++y, ++m_row) {
        if (photo.pixels.depth == Depth::U16)
            fillRow(strip.row<std::uint16_t>(y), m_row);
        else
            fillRow(strip.row<std::uint8_t>(y), m_row);
    }
    if (m_row == photo.size.height) {
        m_frame = {};
        m_state = State::Ended;
    }
    return rows;
}

}  // namespace contone::image
