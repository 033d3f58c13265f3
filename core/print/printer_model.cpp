// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Looking up a medium of a printer model.
#include "core/print/printer_model.h"

#include <algorithm>

namespace contone::print {

const Medium* PrinterModel::medium(const std::string& wanted) const {
    const auto it = std::ranges::find(media, wanted, &Medium::id);
    return it == media.end() ? nullptr : &*it;
}

Edges derivedOverscan(const Medium& medium) {
    const auto half = [](int dotCount, Dpi dpi, Length sheet) { return (lengthOf(dotCount, dpi) - sheet) / 2; };
    const Length x = half(medium.raster.width - medium.deadLeft - medium.deadRight, medium.dpiX, medium.sheet.width);
    const Length y = half(medium.raster.height - medium.deadTop - medium.deadBottom, medium.dpiY, medium.sheet.height);
    return {x, y, x, y};
}

}  // namespace contone::print
