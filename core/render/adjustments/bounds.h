// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// atLeast, atMost: as std::fmax and std::fmin, but one instruction, which compilers make vectors of. What is not a
// number becomes the bound.
#pragma once

namespace contone::render {

inline float atLeast(float value, float least) {
    return least < value ? value : least;
}
inline float atMost(float value, float most) {
    return value < most ? value : most;
}

}  // namespace contone::render
