// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PrintColour: the colours that device samples print as, to say how far two pages are apart.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "icc/profile.h"

namespace contone::icc {

/// Device → CIELAB through the device's own table, relative colorimetric: unoptimised float Little CMS. Thread-safe.
class PrintColour {
  public:
    /// Fails: Unsupported "profile-no-input".
    static Result<PrintColour> create(const Profile& device);
    /// CIEDE2000 pixel by pixel. `a` and `b`: as many device samples, 0…1, device.channels() a pixel.
    std::vector<double> deltaE(std::span<const float> a, std::span<const float> b) const;

  private:
    struct Impl;
    explicit PrintColour(std::shared_ptr<const Impl> impl) : m_impl(std::move(impl)) {}
    std::shared_ptr<const Impl> m_impl;
};

}  // namespace contone::icc
