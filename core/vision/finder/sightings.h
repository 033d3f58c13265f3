// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sightings: what the numbers of the network say, and which of them are of the same face.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/vision/face.h"

namespace contone::vision {

/// A place in pixels of the picture, from its left top corner.
struct Place {
    double x = 0, y = 0;
};

/// Where the network saw a face.
struct Sighting {
    Place from, to;  ///< left top and right bottom of the box
    std::array<Place, facePointCount> points;
    double score = 0;
    double width() const { return to.x - from.x; }
    double height() const { return to.y - from.y; }
};

/// 1 / (1 + e^-x), rounded to a multiple of 1/65,536. Of additions and multiplications alone, so that it is the same on
/// every processor, as that of the C library is not.
double scoreOf(float logit);

/// The network's squares: `grid` rows of `grid` cells, each with one box around its centre.
constexpr int grid = 48, squareSide = 192, valuesOfBox = 4 + 2 * facePointCount;

/// Appends the sightings with a score of `least` at least, in pixels of a picture of which `square` pixels fill the
/// network's square, with its left top corner at `corner`. What is no number or no box is left out, as is what `into`
/// has no room for. `boxes`: grid · grid · valuesOfBox (centre, size and points, in pixels of the network from the
/// cell's centre); `logits`: grid · grid.
void readSightings(std::span<const float> boxes, std::span<const float> logits, double least, Place corner,
                   double square, std::vector<Sighting>& into);

/// Weighted non-maximum suppression: from the surest on, those that overlap it (more than 0.3 of their union) become
/// one with it, the mean weighted by score, with its score. Leaves them by score.
void join(std::vector<Sighting>& all);
/// Leaves out those that lie, all but a bit (0.7 of the smaller), on a surer one: of a face that was cut.
void dropParts(std::vector<Sighting>& all);

}  // namespace contone::vision
