// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// sharpeningFor: what a level of output sharpening comes to on a paper.
#pragma once

#include "core/catalog/product.h"
#include "core/render/sharpening.h"

namespace contone::print {

/// The paper says how wide (Paper::sharpenRadius) and how much (Paper::sharpenPercent); the level scales amount and
/// halo.
render::Sharpening sharpeningFor(render::SharpenLevel level, const catalog::Paper& paper);

/// On the first paper that has this finish. Fails, unless the level is None: NotFound "paper-unknown".
Result<render::Sharpening> sharpeningForFinish(render::SharpenLevel level, const std::string& finish,
                                               const catalog::Catalog& catalog);

}  // namespace contone::print
