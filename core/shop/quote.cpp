// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The price ladder.
#include "core/shop/quote.h"

#include <map>

namespace contone::shop {

Result<Quote> quote(const catalog::Catalog& catalog, const std::vector<ProductCopies>& lines) {
    CONTONE_CHECK(json::checkRanges(lines));
    std::map<std::string, int> quantities;
    for (const ProductCopies& line : lines) quantities[line.product] += line.copies;
    const auto& products = catalog.products();
    Quote quote;
    if (!products.empty()) quote.total.currency = products.begin()->second.unitPrice(1).currency;
    for (const ProductCopies& line : lines) {
        CONTONE_TRY(const catalog::Product product, catalog.product(line.product));
        const Money unit = product.unitPrice(quantities[line.product]);
        quote.lines.push_back({line.product, line.copies, unit, unit * line.copies});
        quote.total.minor += quote.lines.back().total.minor;
        quote.total.currency = unit.currency;
    }
    return quote;
}

}  // namespace contone::shop
