// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A decoded libheif picture, given out as strips; and libheif's handles, owned.
#pragma once

#include <libheif/heif.h>

#include <array>
#include <memory>

#include "core/image/codecs/photo_reader.h"

namespace contone::image {

struct HeifDelete {
    void operator()(heif_context* p) const { heif_context_free(p); }
    void operator()(heif_image_handle* p) const { heif_image_handle_release(p); }
    void operator()(heif_image* p) const { heif_image_release(p); }
};
using HeifContext = std::unique_ptr<heif_context, HeifDelete>;
using HeifHandle = std::unique_ptr<heif_image_handle, HeifDelete>;
using HeifImage = std::unique_ptr<heif_image, HeifDelete>;

/// Interleaves planes, scales 9 to 15 bits to 16 and lays see-through parts on white.
class HeifStrips {
  public:
    /// `image`: planar RGB (4:4:4) or monochrome. Fails: Corrupt "photo-damaged" when it is not as `facts` say;
    /// Unsupported "photo-feature" for other forms.
    Result<void> begin(HeifImage image, const PhotoFacts& facts);
    int read(MutableStrip strip);
    bool isAtEnd() const { return m_row == m_size.height; }
    bool hasSeeThrough() const { return m_hasSeeThrough; }

  private:
    struct Plane {
        const std::uint8_t* data = nullptr;
        int stride = 0, bits = 8;
    };
    Result<Plane> planeOf(heif_channel channel) const;
    template <class Sample>
    void fillRow(Sample* out, int y, int channels);
    template <class Sample>
    void flattenRow(Sample* out, int y, int channels);

    HeifImage m_image;
    PixelSize m_size;
    std::array<Plane, 3> m_planes;
    Plane m_alpha;
    bool m_isPremultiplied = false, m_hasSeeThrough = false, m_isLimitedGray = false;
    int m_row = 0;
};

}  // namespace contone::image
