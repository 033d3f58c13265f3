// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PageTiles: cuts tiles from one rendered page, so that what is shown as printed has the page's own bytes.
#pragma once

#include <memory>

#include "core/view/tile.h"

namespace contone::view {

/// Level 0 only: other levels are resampled where the page is rendered, not here. Thread-safe.
class PageTiles final : public TileSource {
  public:
    /// `page`: RGB8 in monitor pixels, upright, as render::ProofSink leaves it.
    PageTiles(const PageKey& key, std::shared_ptr<const image::Picture> page) : m_key(key), m_page(std::move(page)) {}
    /// Whatever the grade: the page is settled.
    Result<image::Picture> tile(const TileKey& key, Grade grade, const CancelToken& cancel) override;

  private:
    PageKey m_key;
    std::shared_ptr<const image::Picture> m_page;
};

}  // namespace contone::view
