// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The HEVC and AV1 decoders that libheif calls: libde265 and dav1d without threads, giving RGB.
//
// libheif's own would start a thread for each coded picture, and its conversion to RGB costs more than it need.
#pragma once

#include <cstdint>
#include <optional>

#include "core/image/codecs/ycbcr_p.h"

namespace contone::image {

/// Registers both with libheif, once a process; they are then used for every picture that libheif decodes in it.
/// Thread-safe.
void registerHeifDecoders();

/// What one heif_decode_image() may do and what was seen of it. libheif's decoders get no user pointer, so the scope is
/// the calling thread's for as long as it lives; libheif decodes in the calling thread when told to use no others.
class HeifDecodeScope {
  public:
    /// `maxCodedPixels`: of all coded pictures together (a grid may name one tile 65,536 times). `coding`: what the
    /// container says, which goes before what the coded pictures say.
    HeifDecodeScope(std::int64_t maxCodedPixels, std::optional<YCbCrCoding> coding);
    ~HeifDecodeScope();
    HeifDecodeScope(const HeifDecodeScope&) = delete;
    HeifDecodeScope& operator=(const HeifDecodeScope&) = delete;

    bool isTooLarge() const { return m_tooLarge; }  ///< a coded picture was refused for its size
    bool isDamaged() const { return m_damaged; }    ///< a decoder complained but gave a picture

    // For the decoders. `current()` is null outside any scope.
    static HeifDecodeScope* current();
    bool take(std::int64_t pixels);
    std::int64_t pixelsLeft() const { return m_pixelsLeft; }
    void addDamage() { m_damaged = true; }
    const std::optional<YCbCrCoding>& coding() const { return m_coding; }

  private:
    std::int64_t m_pixelsLeft;
    std::optional<YCbCrCoding> m_coding;
    bool m_tooLarge = false, m_damaged = false;
    HeifDecodeScope* m_outer;
};

}  // namespace contone::image
