// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Box: an upright rectangle on a sheet or page.
#pragma once

#include "core/base/length.h"

namespace contone::layout {

/// Its upper left corner, from that of the sheet or page, and its size. A value.
struct Box {
    Length left, top;
    PaperSize size;
    constexpr Length right() const { return left + size.width; }
    constexpr Length bottom() const { return top + size.height; }
    constexpr bool operator==(const Box&) const = default;
};

}  // namespace contone::layout
