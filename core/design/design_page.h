// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// designPage: from a layout, photos and the paper it goes on to the recipe of its page, with its texts set.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/image/photo_facts.h"
#include "core/image/stencil.h"
#include "core/layout/layout.h"
#include "core/print/page_recipe.h"
#include "core/text/font_set.h"

namespace contone::design {

/// A photo of the page. `facts` outlive the call.
struct PagePhoto {
    Sha256 original;
    const image::PhotoFacts* facts = nullptr;
    order::PhotoChoices choices = {};  ///< crop, adjustments, inks, turn; fit and lane do not count here
};

/// How sharp a frame's photo is on the paper, and what of it is not seen.
struct FrameReport {
    int photo = 0;  ///< Layout's
    double photoDpi = 0;
    double lostPercent = 0;  ///< 0…100
    bool operator==(const FrameReport&) const = default;
};

/// What a text needed, in the order of the layout's items.
struct TextReport {
    int item = 0;  ///< Layout's, from 0
    std::string text;
    std::vector<text::TextWarning> warnings;
};

struct DesignedPage {
    print::PagePlan plan;  ///< with its frames
    render::Recipe recipe;
    std::map<std::string, std::shared_ptr<const image::Stencil>> stencils;  ///< by hash, all that the recipe names
    std::vector<FrameReport> frames;
    std::vector<TextReport> texts;  ///< those with warnings
    /// For Ingredients::stencil. Shares the stencils: the page may be gone.
    std::function<Result<std::shared_ptr<const image::Stencil>>(const Sha256&)> stencil() const;
};

/// Where the page goes, and in which colours.
struct Paper {
    print::PagePlan bare;  ///< print::planBarePage or planBareFilePage
    print::PageColour colour;
    image::Lane lane = image::Lane::Fast;
};

/// Lays the design on the trim of the paper: its own edges are those of the trim, and what reaches them goes on to the
/// end of what can be printed. Where the printer cuts the sheet, on each piece, to the middle of the gutters. A design
/// that is wider than high is turned 90° clockwise onto a higher trim, and the other way round. A crop shows as
/// planPage() does it. Fails: Invalid "layout-photos" when the layout wants a photo that is not there, "layout-empty"
/// when an item lies off the paper; Conflict "layout-shape"; as image::coverageOf and text::FontSet::set.
Result<DesignedPage> designPage(const layout::Layout& layout, const std::vector<PagePhoto>& photos, const Paper& paper,
                                const text::FontSet& fonts);

}  // namespace contone::design
