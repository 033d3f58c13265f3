// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reports: what a shop took and printed.
#pragma once

#include "core/report/report.h"
#include "core/shop/operation_terms.h"

namespace contone::shop {

struct ShowReport {
    using Answer = report::Report;
    static constexpr OperationTerms terms{
        .name = "show-report",
        .does = "Says what was taken, given back, printed and spoiled in a day, a week or a month.",
        .answer = "Report",
        .fails = "bad-day, bad-span, costs-file",
        .effect = Effect::Reads,
        .within = aWhile};
    report::Span span = report::Span::Day;
    std::string day;  ///< one that it has, as "2026-12-24"; empty: today
    static constexpr auto fields() {
        return json::list(json::field("span", &ShowReport::span),
                          json::field("day", &ShowReport::day, json::Absent::KeepsDefault));
    }
};

}  // namespace contone::shop
