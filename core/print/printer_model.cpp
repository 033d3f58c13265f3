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
    const Length width = lengthOf(medium.raster.width - medium.unprintableLeft - medium.unprintableRight, medium.dpiX);
    const Length height =
        lengthOf(medium.raster.height - medium.unprintableTop - medium.unprintableBottom, medium.dpiY);
    const Length x = (width - medium.sheet.width - medium.gutter * (medium.columns - 1)) / 2;
    const Length y = (height - medium.sheet.height - medium.gutter * (medium.rows - 1)) / 2;
    return {x, y, x, y};
}

}  // namespace contone::print
