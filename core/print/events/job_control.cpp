// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What people say about jobs and sheets, as JSON.
#include "core/print/events/job_control.h"

#include "core/order/read_json.h"

namespace contone::print {

std::string JobHeld::json() const {
    return order::writeJson({{"reason", reason}});
}
Result<JobHeld> JobHeld::fromJson(std::string_view text) {
    return order::readJson(text, "event-unreadable", [](const nlohmann::json& j) -> Result<JobHeld> {
        return JobHeld{j.at("reason").get<std::string>()};
    });
}

std::string JobReleased::json() const {
    return "{}";
}
Result<JobReleased> JobReleased::fromJson(std::string_view text) {
    return order::readJson(text, "event-unreadable",
                           [](const nlohmann::json&) -> Result<JobReleased> { return JobReleased{}; });
}

std::string JobPriorityChanged::json() const {
    return order::writeJson({{"priority", toString(priority)}});
}
Result<JobPriorityChanged> JobPriorityChanged::fromJson(std::string_view text) {
    return order::readJson(text, "event-unreadable", [](const nlohmann::json& j) -> Result<JobPriorityChanged> {
        CONTONE_TRY(const Priority priority, contone::parse<Priority>(j.at("priority").get<std::string>()));
        return JobPriorityChanged{priority};
    });
}

std::string SheetNoted::json() const {
    return order::writeJson({{"sheet", sheet.toString()}, {"message", message}});
}
Result<SheetNoted> SheetNoted::fromJson(std::string_view text) {
    return order::readJson(text, "event-unreadable", [](const nlohmann::json& j) -> Result<SheetNoted> {
        CONTONE_TRY(const SheetId sheet, SheetId::parse(j.at("sheet").get<std::string>()));
        return SheetNoted{sheet, j.at("message").get<std::string>()};
    });
}

}  // namespace contone::print
