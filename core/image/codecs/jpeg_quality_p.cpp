// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The sum of a table against that of quality 50.
#include "core/image/codecs/jpeg_quality_p.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace contone::image {

int jpegQualityOf(std::span<const std::uint16_t, 64> table) {
    constexpr double sumAt50 = 3688;  // of table K.1
    const double percent = 100 * std::accumulate(table.begin(), table.end(), 0.0) / sumAt50;
    const double quality = percent <= 100 ? (200 - percent) / 2 : 5000 / percent;
    return std::clamp(static_cast<int>(std::lround(quality)), 1, 100);
}

}  // namespace contone::image
