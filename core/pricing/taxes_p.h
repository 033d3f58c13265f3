// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The tax table.
#pragma once

#include "core/pricing/quote.h"

namespace contone::pricing {

/// Something that is paid for: a line or an extra.
struct Taxed {
    int rate = 0;             ///< in hundredths of a percent
    std::int64_t amount = 0;  ///< less what is taken off
    int rank = 0;             ///< each once
    std::int64_t tax = 0;     ///< computed
};

/// Fills in each one's tax; gives a row a rate, the highest first, without those of which there is nothing.
std::vector<Quote::TaxRow> taxesOf(const Tax& tax, const std::string& currency, std::vector<Taxed>& all);

}  // namespace contone::pricing
