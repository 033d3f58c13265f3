// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Takings: what payments and refunds come to, by product, tax rate, way of payment and reason.
#pragma once

#include <map>
#include <set>
#include <string>

#include "core/report/report.h"
#include "core/report/report_facts.h"

namespace contone::report {

struct Sums {
    std::map<std::string, MoneyRow> products, taxes;
};
struct OfCurrency {
    Sums sums;
    std::map<order::PayMethod, MethodRow> methods;
    std::map<std::string, CompRow> comps;
};

/// By currency. Of an order, what `moved` has.
void addSold(std::map<std::string, OfCurrency>& all, const Sold& sold, const std::set<order::ChargeId>& moved);

}  // namespace contone::report
