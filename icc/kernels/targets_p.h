// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Which processors the colour kernels are compiled for; to be included before anything of Highway.
#pragma once

// The baseline (SSE2 on x86-64), SSE4 and AVX2, as core/render/kernels.
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_AVX3 | HWY_AVX3_DL)
