// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ProofSink: device pixels on their way to the screen: what the paper will look like, as monitor pixels.
#pragma once

#include "core/image/strip_sink.h"
#include "icc/transforms.h"

namespace contone::render {

/// Passes RGB8 monitor pixels to `next`, computed from the quantised device pixels: the settled view is the page
/// itself.
class ProofSink final : public image::StripSink {
  public:
    /// `monitorProfile`: bytes to embed in files written by `next`; empty: none.
    ProofSink(icc::ProofTransform transform, Bytes monitorProfile, image::StripSink& next)
        : m_transform(std::move(transform)), m_monitorProfile(std::move(monitorProfile)), m_next(next) {}
    Result<void> begin(const image::PageHeader& header) override;
    Result<void> write(image::StripView strip) override;
    Result<void> finish() override { return m_next.finish(); }

  private:
    icc::ProofTransform m_transform;
    Bytes m_monitorProfile;
    image::StripSink& m_next;
    std::vector<float> m_in, m_out;
    std::vector<std::uint8_t> m_row;
};

}  // namespace contone::render
