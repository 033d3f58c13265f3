// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PictureReader: a picture that is decoded already, as a PhotoReader.
#pragma once

#include "core/image/codecs/photo_reader.h"

namespace contone::image {

class PictureReader final : public PhotoReader {
  public:
    /// Sets the sizes and the format in `facts` to those of the picture.
    PictureReader(Picture picture, CodecFacts facts);
    const CodecFacts& facts() const override { return m_facts; }
    Result<int> read(MutableStrip strip) override;
    PhotoWarnings warnings() const override { return m_facts.photo.warnings; }

  private:
    Picture m_picture;
    CodecFacts m_facts;
    int m_row = 0;
};

/// Everything that `reader` gives. Fails as read().
Result<Picture> readPicture(PhotoReader& reader);

}  // namespace contone::image
