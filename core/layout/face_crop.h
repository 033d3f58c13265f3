// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// cropKeepingFaces: which part of a photo a frame of another shape shows, so that faces stay whole.
#pragma once

#include <vector>

#include "core/image/crop.h"

namespace contone::layout {

struct FaceCrop {
    image::Crop crop;  ///< of the upright photo
    int cutFaces = 0;  ///< how many faces do not lie wholly inside
    bool operator==(const FaceCrop&) const = default;
};

/// Faces of one photo, made ready to be asked often. A value; thread-safe once made.
class FacesToKeep {
  public:
    FacesToKeep() = default;
    /// @param faces  boxes from the brows to the chin, as fractions of the upright photo. Each is kept with a quarter
    /// of
    ///               its height above it, for the hair, and 15 % of its width at either side.
    explicit FacesToKeep(const std::vector<image::Crop>& faces);
    /// The largest part of a photo that has the frame's shape. It lies in the middle, and moves from there just as far
    /// as faces need: the largest first, each with its hair and sides when there is room, else bare.
    /// @param photoAspect, frameAspect  width by height, more than 0
    FaceCrop cropTo(double photoAspect, double frameAspect) const;

  private:
    struct Span {
        double from = 0, to = 1;
    };
    struct Kept {
        Span x, y, xAround, yAround;
    };
    FaceCrop placed(double length, Span Kept::* bare, Span Kept::* around) const;

    std::vector<Kept> m_faces;  ///< the largest first
};

}  // namespace contone::layout
