// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// quote: what prints cost. The only place where prices are added up.
#pragma once

#include "core/catalog/product.h"
#include "core/shop/values.h"

namespace contone::shop {

/// The price ladder counts a product over all lines. Fails: NotFound "product-unknown"; Invalid "bad-copies" (1…999).
Result<Quote> quote(const catalog::Catalog& catalog, const std::vector<ProductCopies>& lines);

}  // namespace contone::shop
