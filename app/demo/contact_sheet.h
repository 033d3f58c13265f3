// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ContactSheet: photo, proof and captured sheet side by side, as one PNG that a person can judge at a glance.
#pragma once

#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/image/pixels.h"
#include "core/print/page_plan.h"

namespace contone::demo {

/// One row of the contact sheet. Pictures are RGB8 as the screen shows them.
struct ContactRow {
    std::string title;     ///< "church.jpg → 10 × 15 cm"
    std::string facts;     ///< under the title
    image::Picture photo;  ///< upright, small
    render::Crop crop;     ///< of the photo: what the page shows
    image::Picture proof;  ///< the page as the paper will look
    image::Picture sheet;  ///< the captured device pixels, seen as the paper looks
    print::PagePlan plan;
    std::string verdict;  ///< "captured sheet = rendered page, 2,160,000 pixels"
    bool good = false;
};

/// Fails as writing files.
Result<void> drawContactSheet(const std::vector<ContactRow>& rows, const Path& png);

}  // namespace contone::demo
