// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// FaceFinder: looks for faces in a small picture: as a whole, in parts when faces are small, turned when nobody knows
// which way is up. BlazeFace, full range (arXiv:1907.05047; the model's origin stands in resources/vision).
#pragma once

#include "core/image/pixels.h"
#include "core/vision/finder/letterbox.h"
#include "core/vision/finder/network.h"
#include "core/vision/finder/sightings.h"

namespace contone::vision {

/// The same picture gives the same faces on every processor. One thread at a time. Starts no thread, opens no file;
/// after the first find() it allocates nothing but its answer.
class FaceFinder {
  public:
    /// Keeps nothing of `model`. Fails as Network::create; "model-purpose" (a network, but none that finds faces).
    static Result<FaceFinder> create(std::span<const std::byte> model);

    /// A file larger than this is no model of ours.
    static constexpr std::size_t largestModel = 8'000'000;

    /// Of an upright picture, Rgb, 8 bit, at most Letterbox::longestSide a side. The largest faces come first, at most
    /// mostFaces. Those found in parts or turned have a score of scoreForFinding at least, the others of scoreForCrop.
    /// Fails: Invalid "bad-picture".
    Result<std::vector<Face>> find(const image::StripView& picture, Turns turns = Turns::None);

  private:
    explicit FaceFinder(Network network) : m_network(std::move(network)), m_letterbox(squareSide) {}
    void look(const Area& area, double least, Place corner);
    void lookAtParts(const Area& picture);
    void lookTurned(const Area& picture);

    Network m_network;
    std::size_t m_boxes = 0, m_logits = 1;  ///< which output is which
    Letterbox m_letterbox;
    std::vector<Sighting> m_seen;         ///< of all looks, joined
    std::vector<Sighting> m_now, m_best;  ///< of one look; of the best turn
};

}  // namespace contone::vision
