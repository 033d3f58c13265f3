// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// rollOffOf: how steeply fine detail fades.
#pragma once

#include "core/preflight/detail_measures.h"

namespace contone::preflight {

/// DetailMeasures::rollOffDb. The crop has at least smallestCrop pixels a side.
double rollOffOf(const LumaCrop& crop);

}  // namespace contone::preflight
