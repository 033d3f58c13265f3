// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The contests of ./dev bench render about edited photos and designs.
#pragma once

#include "tests/bench/render_contests.h"

namespace contone::bench {

Result<Contest> straightenedPage(const Bench& bench);  ///< against our own page of the photo as it is
Result<Contest> adjustedPage(const Bench& bench);      ///< ten adjustments, against darktable with its own of each
Result<Contest> collagePage(const Bench& bench);       ///< nine photos, against decoding them

}  // namespace contone::bench
