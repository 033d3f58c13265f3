// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ThumbnailChild: one child that makes the small pictures of many photos, one after another.
#pragma once

#include "core/decode/child.h"
#include "core/decode/decoder.h"
#include "core/decode/ring.h"

namespace contone::decode {

class ThumbnailChild {
  public:
    static constexpr int longestSide = 2048;
    /// After so many it is replaced: what one photo may have left behind does not stay for long.
    static constexpr int mostPhotos = 500;

    /// Takes the child and gives it memory for the pixels. Fails as Child::send().
    static Result<ThumbnailChild> begin(Child child, const image::Limits& limits);
    /// Fails as Child::receive(). After any failure but an Unsupported one this child is not to be used again.
    Result<image::SmallPicture> make(const FileDescriptor& photo, int longSide, Decoder::ThumbnailFrom from,
                                     std::chrono::milliseconds limit, const CancelToken& cancel = {});
    bool isWorn() const { return m_photos >= mostPhotos; }
    bool isLost() const { return m_child.isLost(); }

  private:
    ThumbnailChild(Child child, Mapping pixels) : m_child(std::move(child)), m_pixels(std::move(pixels)) {}

    Child m_child;
    Mapping m_pixels;
    int m_photos = 0;
};

}  // namespace contone::decode
