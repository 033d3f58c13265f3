// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// scheduler-job-noted as JSON.
#include "core/print/events/scheduler_job_noted.h"

#include "core/order/read_json.h"

namespace contone::print {

std::string SchedulerJobNoted::json() const {
    return order::writeJson({{"sheet", sheet.toString()}, {"schedulerJob", schedulerJob}});
}

Result<SchedulerJobNoted> SchedulerJobNoted::fromJson(std::string_view text) {
    return order::readJson(text, "event-unreadable", [](const nlohmann::json& json) -> Result<SchedulerJobNoted> {
        CONTONE_TRY(const SheetId sheet, SheetId::parse(json.at("sheet").get<std::string>()));
        return SchedulerJobNoted{sheet, json.at("schedulerJob").get<int>()};
    });
}

}  // namespace contone::print
