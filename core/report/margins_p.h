// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Margins: what orders left after their paper.
#pragma once

#include <vector>

#include "core/report/costs.h"
#include "core/report/report.h"
#include "core/report/report_facts.h"

namespace contone::report {

Margins marginsOf(const Period& period, const Costs& costs, const std::vector<Made>& made);

}  // namespace contone::report
