// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Which processors the kernels are compiled for; to be included before anything of Highway.
#pragma once

// Plain C++ (the fallback and the oracle), SSE4 and AVX2. SSSE3 machines are gone, and AVX-512 adds nothing here that
// its clock penalty on older machines would not take away.
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_AVX3 | HWY_AVX3_DL)
