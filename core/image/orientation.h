// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Orientation: the eight ways a photo can lie in its file (EXIF 2.32, tag 0x0112), as a group.
#pragma once

#include "core/image/pixels.h"

namespace contone::image {

/// What must be done to the stored pixels to see the photo upright. Values are EXIF's.
enum class Orientation : int {
    Upright = 1,
    MirrorHorizontal = 2,
    Rotate180 = 3,
    MirrorVertical = 4,
    Transpose = 5,   ///< mirror along the main diagonal: x and y swap
    Rotate90 = 6,    ///< turn 90 degrees clockwise to be upright
    Transverse = 7,  ///< mirror along the other diagonal
    Rotate270 = 8,   ///< turn 90 degrees anticlockwise to be upright
};

/// 1…8; anything else (0, 9, a broken tag) means Upright.
constexpr Orientation orientationFromExif(int value) {
    return value >= 1 && value <= 8 ? static_cast<Orientation>(value) : Orientation::Upright;
}
constexpr bool swapsAxes(Orientation o) {
    return static_cast<int>(o) >= 5;
}

/// An orientation as x' = swap ? y : x …, then flips: the stored pixel (x, y) lands at
/// (swap ? y : x, swap ? x : y), mirrored in the result when flipX / flipY.
struct OrientationParts {
    bool swap = false, flipX = false, flipY = false;
};
constexpr OrientationParts parts(Orientation o) {
    switch (o) {
        case Orientation::Upright:
            return {false, false, false};
        case Orientation::MirrorHorizontal:
            return {false, true, false};
        case Orientation::Rotate180:
            return {false, true, true};
        case Orientation::MirrorVertical:
            return {false, false, true};
        case Orientation::Transpose:
            return {true, false, false};
        case Orientation::Rotate90:
            return {true, true, false};
        case Orientation::Transverse:
            return {true, true, true};
        case Orientation::Rotate270:
            return {true, false, true};
    }
    return {};
}
constexpr Orientation fromParts(OrientationParts p) {
    constexpr Orientation straight[2][2] = {{Orientation::Upright, Orientation::MirrorVertical},
                                            {Orientation::MirrorHorizontal, Orientation::Rotate180}};
    constexpr Orientation swapped[2][2] = {{Orientation::Transpose, Orientation::Rotate270},
                                           {Orientation::Rotate90, Orientation::Transverse}};
    return p.swap ? swapped[p.flipX][p.flipY] : straight[p.flipX][p.flipY];
}
/// `first`, then `second`.
constexpr Orientation then(Orientation first, Orientation second) {
    const OrientationParts a = parts(first), b = parts(second);
    // b swaps a's result axes: a's flip of x becomes a flip of y.
    const bool ax = b.swap ? a.flipY : a.flipX, ay = b.swap ? a.flipX : a.flipY;
    return fromParts({a.swap != b.swap, ax != b.flipX, ay != b.flipY});
}
/// What undoes `o`. Only the two quarter turns are not their own inverse.
constexpr Orientation inverse(Orientation o) {
    return o == Orientation::Rotate90    ? Orientation::Rotate270
           : o == Orientation::Rotate270 ? Orientation::Rotate90
                                         : o;
}
/// Whether left and right change places in it, whatever the turns.
constexpr bool isMirrored(Orientation o) {
    const OrientationParts p = parts(o);
    return (p.swap != p.flipX) != p.flipY;
}
constexpr PixelSize oriented(PixelSize size, Orientation o) {
    return swapsAxes(o) ? size.rotated() : size;
}

/// Moves the pixels of a picture in memory so that it is upright. For thumbnails and tests: it needs both pictures at
/// once and walks one of them across its rows.
Picture upright(const Picture& stored, Orientation orientation);

}  // namespace contone::image
