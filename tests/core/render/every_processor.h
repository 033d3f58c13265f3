// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The same result with the kernels of every kind of processor, and with any number of threads.
#pragma once

#include <hwy/targets.h>

#include <cstdint>

#include "tests/core/render/memory_source.h"

namespace contone::render::testing {

/// Whether `make()` gives `expected` with the kernels of SSE4 too, and with those of no SIMD at all.
template <class Made, class Make>
bool isSameOnEveryProcessor(const Made& expected, Make make) {
    for (const std::int64_t target : {std::int64_t{HWY_SSE4}, std::int64_t{HWY_SCALAR}}) {
        hwy::GetChosenTarget().Update(target);
        const Made elsewhere = make();
        hwy::GetChosenTarget().DeInit();
        if (!(elsewhere == expected)) return false;
    }
    return true;
}

/// Whether the page has the same bytes for any number of threads and on every processor.
template <class Page>
bool isSameEverywhere(const Page& page) {
    const image::Picture one = rendered(page, 1);
    for (const int threads : {2, 3, 8})
        if (!(rendered(page, threads) == one)) return false;
    return isSameOnEveryProcessor(one, [&] { return rendered(page); });
}

}  // namespace contone::render::testing
