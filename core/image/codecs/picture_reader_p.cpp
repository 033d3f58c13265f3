// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Rows from memory.
#include "core/image/codecs/picture_reader_p.h"

#include <algorithm>
#include <cstring>

namespace contone::image {

PictureReader::PictureReader(Picture picture, CodecFacts facts)
    : m_picture(std::move(picture)), m_facts(std::move(facts)) {
    m_facts.photo.storedSize = m_facts.photo.size = m_picture.size;
    m_facts.photo.pixels = m_picture.format;
}

Result<int> PictureReader::read(MutableStrip strip) {
    if (strip.width != m_picture.size.width || strip.format != m_picture.format || strip.rows < 0)
        return photoProblem("strip-mismatch");
    const int rows = std::min(strip.rows, m_picture.size.height - m_row);
    const StripView from = std::as_const(m_picture).strip();
    for (int y = 0; y < rows; ++y)
        std::memcpy(strip.row<std::byte>(y), from.row<std::byte>(m_row + y), m_picture.stride());
    m_row += rows;
    return rows;
}

Result<Picture> readPicture(PhotoReader& reader) {
    const PhotoFacts& photo = reader.facts().photo;
    Picture picture = Picture::ofSize(photo.size, photo.pixels);
    for (int row = 0; row < picture.size.height;) {
        MutableStrip strip = picture.strip();
        strip.data = strip.row<std::byte>(row);
        strip.rows -= row;
        CONTONE_TRY(const int rows, reader.read(strip));
        if (rows == 0) return photoProblem("photo-truncated", "a picture inside the photo");
        row += rows;
    }
    return picture;
}

}  // namespace contone::image
