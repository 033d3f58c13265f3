// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ofDesign: what a person should know of a designed page before it costs paper.
#pragma once

#include "core/catalog/product.h"
#include "core/design/design_page.h"
#include "core/findings/finding.h"

namespace contone::design {

/// How sharp each photo is in the frame that asks most of it, then what became of the texts. What a frame cuts off is
/// the design's own: that is no finding. `layout`: the subject of what is said of texts.
std::vector<findings::Finding> ofDesign(const DesignedPage& page, const Sha256& layout,
                                        const catalog::DpiLadder& ladder);

}  // namespace contone::design
