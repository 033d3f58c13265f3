// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Parts of amounts in whole minor units. Nothing here is negative; products need no more than 127 bits.
#pragma once

#include <cstdint>
#include <vector>

namespace contone::pricing {

/// amount × numerator / denominator, rounded down. denominator > 0.
std::int64_t floorPart(std::int64_t amount, std::int64_t numerator, std::int64_t denominator);
/// The same to the nearest whole, half a unit up.
std::int64_t nearestPart(std::int64_t amount, std::int64_t numerator, std::int64_t denominator);

/// `amount` in parts as `weights` are, by largest remainder: each is rounded down, then those that lost most get one
/// more until all is given. Of those that lost the same, the one of the lower rank first. Without any weight: equal
/// parts. A part is at most its weight where amount is at most their sum.
/// @param ranks  as many as weights, each once
std::vector<std::int64_t> sharesOf(std::int64_t amount, const std::vector<std::int64_t>& weights,
                                   const std::vector<int>& ranks);

}  // namespace contone::pricing
