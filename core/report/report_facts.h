// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Facts: what a report is made of, as the record has it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/order/order.h"
#include "core/order/payment.h"
#include "core/report/costs.h"
#include "core/report/report.h"

namespace contone::report {

/// An order of which money moved.
struct Sold {
    order::Order order;
    order::Payment payment;  ///< all of it, also before and after the period
};
/// A sheet that came to its end in the period.
struct Ended {
    std::string printer, medium;  ///< setup and medium
    bool isOut = false;           ///< else it was spoiled
    std::string reason;  ///< why paper was wasted: it was spoiled, or another print is thrown away for it; or none
    bool isReprint = false;
    std::string mediumName = {};
};
/// An order that was sold and printed, with the times of both: also before and after the period.
struct Made {
    struct Used {
        Instant at;
        std::string printer, medium;
        bool isOut = false;
    };
    Sold sold;
    std::map<order::ChargeId, Instant> moved;
    std::vector<Used> sheets;
};
struct Facts {
    std::vector<Sold> sold;
    std::set<order::ChargeId> moved;  ///< payments and refunds of the period
    std::vector<Ended> sheets;
    std::vector<Sold> placed = {};                     ///< orders of the period, and
    std::set<OrderId> voided = {};                     ///< those of which nothing was to be paid any more in it
    std::map<std::string, std::string> products = {};  ///< names by id
    std::optional<Costs> costs = {};
    std::vector<Made> made = {};  ///< of which money moved or a sheet ended in the period; none without costs
    std::vector<UnreadableRow> unreadable = {};
};

Report reportOf(const Period& period, Instant now, const Facts& facts);

}  // namespace contone::report
