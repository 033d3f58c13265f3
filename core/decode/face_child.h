// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// FaceChild: one child that finds the faces in many small pictures, one after another. It never sees a file.
#pragma once

#include "core/decode/child.h"
#include "core/decode/decoder.h"
#include "core/decode/ring.h"

namespace contone::decode {

class FaceChild {
  public:
    /// After so many it is replaced, as one that makes thumbnails is.
    static constexpr int mostPictures = 500;

    /// Rgb, 8 bit, of a size that can be told. Fails: Invalid "bad-picture".
    static Result<void> check(const image::Picture& picture);
    /// Takes the child and gives it memory for pixels. Fails as Child::send().
    static Result<FaceChild> begin(Child child);
    /// Of a picture that check() accepts. Fails as Child::receive(), and Unavailable "face-finder-missing". After any
    /// failure this child is not to be used again.
    Result<std::vector<vision::Face>> find(const image::Picture& picture, vision::Turns turns,
                                           std::chrono::milliseconds limit, const CancelToken& cancel = {});
    bool isWorn() const { return m_pictures >= mostPictures; }
    bool isLost() const { return m_child.isLost(); }

  private:
    FaceChild(Child child, Mapping pixels) : m_child(std::move(child)), m_pixels(std::move(pixels)) {}

    Child m_child;
    Mapping m_pixels;
    int m_pictures = 0;
};

}  // namespace contone::decode
