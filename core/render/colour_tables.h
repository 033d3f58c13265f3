// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ColourTables: the colour conversions that were made, and what was seen of photos, kept for the next page: a queue of
// prints pays for them once.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <tuple>
#include <vector>

#include "core/image/ink_sense.h"
#include "core/image/photo_turn.h"
#include "core/render/noise.h"
#include "icc/transforms.h"

namespace contone::render {

class CubeLook;
class ToneGrid;

/// Holds the last few conversions of each kind (up to 9 MB each). Thread-safe: one is made while others wait, since
/// they mostly wait for the same. Shared by all pages that a spool, a view or a command renders.
class ColourTables {
  public:
    /// `folder`: tables on disk, for the next program; empty: none.
    explicit ColourTables(Path folder = {}) : m_folder(std::move(folder)) {}
    const Path& folder() const { return m_folder; }

    /// As the create() functions of icc/transforms.h.
    Result<icc::InputTransform> input(const image::SourceColour& source, icc::InputTransform::Options options);
    Result<icc::OutputTransform> output(const icc::Profile& device, icc::OutputTransform::Options options);
    Result<icc::FusedTable> fused(const image::SourceColour& source, const icc::Profile& device, icc::Intent intent,
                                  icc::BlackPoint blackPoint);
    /// Of a photo, the sense of its inks and how it is turned. `read` may use these tables, so two threads may both
    /// read the same photo.
    using OfPhoto = std::tuple<Sha256, image::InkSense, image::PhotoTurn>;
    Result<std::shared_ptr<const ToneGrid>> tones(const OfPhoto& photo,
                                                  const std::function<Result<std::shared_ptr<const ToneGrid>>()>& read);
    Result<NoiseLevel> noise(const OfPhoto& photo, const std::function<Result<NoiseLevel>()>& read);
    /// Of a .cube file, by its hash.
    Result<std::shared_ptr<const CubeLook>> cube(const Sha256& file,
                                                 const std::function<Result<std::shared_ptr<const CubeLook>>()>& read);

  private:
    template <class Key, class Made>
    using Kept = std::vector<std::pair<Key, Made>>;  ///< the last one used stands last
    Path m_folder;
    std::mutex m_mutex;
    Kept<std::tuple<image::SourceColour, icc::InputTransform::Options>, icc::InputTransform> m_inputs;
    Kept<std::tuple<Sha256, icc::OutputTransform::Options>, icc::OutputTransform> m_outputs;
    Kept<std::tuple<image::SourceColour, Sha256, icc::Intent, icc::BlackPoint>, icc::FusedTable> m_fused;
    Kept<OfPhoto, std::shared_ptr<const ToneGrid>> m_tones;
    Kept<OfPhoto, NoiseLevel> m_noise;
    Kept<Sha256, std::shared_ptr<const CubeLook>> m_cubes;
};

}  // namespace contone::render
