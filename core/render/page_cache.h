// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Rendered pages kept for the next time: reprints, repeated files and proofs, and the comparison of a page that was
// printed with the page that would be printed now.
#pragma once

#include <optional>

#include "core/render/pipeline.h"
#include "core/vault/derivative_cache.h"
#include "icc/profile.h"

namespace contone::render {

/// As renderPage, but a page that the same libraries made of the same recipe before comes from `cache`, bytes
/// unchanged, and a page that is made here goes into it. Concurrent renders of one recipe wait for the first.
/// `ingredients` open the very originals that the recipe names: their bytes are not hashed here. Null: renderPage.
/// Fails as renderPage.
Result<RenderedPage> renderPageOnce(const Recipe& recipe, const Ingredients& ingredients, image::StripSink& sink,
                                    const RenderOptions& options, vault::DerivativeCache* cache);

/// How far one page is from another, pixel by pixel: CIEDE2000 of what the device prints, seen relative to its paper.
struct PageDifference {
    std::int64_t pixels = 0, differing = 0;
    double meanDeltaE = 0;  ///< over all pixels
    double maxDeltaE = 0;
    bool operator==(const PageDifference&) const = default;
};

/// A page rendered now, and how it compares with the one whose raster hash was recorded.
struct Rerender {
    RenderedPage page;
    std::optional<PageDifference> difference;  ///< empty: the recorded page is no longer here
};
/// Renders anew whatever the cache has, and keeps nothing. A difference is looked for only when the hashes differ.
/// Fails as renderPage.
Result<Rerender> rerender(const Recipe& recipe, const Ingredients& ingredients, const Sha256& recorded,
                          const RenderOptions& options, vault::DerivativeCache& cache);

}  // namespace contone::render
