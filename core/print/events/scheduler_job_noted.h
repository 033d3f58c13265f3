// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// scheduler-job-noted: the scheduler gave a sheet's attempt a number. Only a hint: after a crash jobs are found by
// name.
#pragma once

#include "core/print/sheet.h"

namespace contone::print {

struct SchedulerJobNoted {
    static constexpr std::string_view type = "scheduler-job-noted";
    static constexpr int schemaVersion = 1;

    SheetId sheet;
    int schedulerJob = 0;
    bool operator==(const SchedulerJobNoted&) const = default;

    std::string json() const;
    static Result<SchedulerJobNoted> fromJson(std::string_view json);  ///< Corrupt "event-unreadable"
};

}  // namespace contone::print
