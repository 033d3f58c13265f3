// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// job-planned as JSON.
#include "core/print/events/job_planned.h"

#include "core/order/read_json.h"
#include "core/print/setup_json.h"

namespace contone::print {

namespace {

Result<JobPlanned::NewSheet> readSheet(const nlohmann::json& json) {
    JobPlanned::NewSheet sheet;
    CONTONE_TRY(sheet.id, SheetId::parse(json.at("id").get<std::string>()));
    CONTONE_TRY(sheet.attempt, AttemptId::parse(json.at("attempt").get<std::string>()));
    CONTONE_TRY(sheet.line, LineId::parse(json.at("line").get<std::string>()));
    sheet.copy = json.at("copy").get<int>();
    CONTONE_TRY(sheet.recipe, Sha256::parse(json.at("recipe").get<std::string>()));
    if (json.contains("reprintOf")) {
        CONTONE_TRY(sheet.reprintOf, SheetId::parse(json.at("reprintOf").get<std::string>()));
    }
    if (json.contains("reprint")) {
        ReprintCase why;
        CONTONE_TRY(why.reason, contone::parse<ReprintReason>(json.at("reprint").at("reason").get<std::string>()));
        CONTONE_TRY(why.owner, contone::parse<CostOwner>(json.at("reprint").at("owner").get<std::string>()));
        sheet.reprint = why;
    }
    if (json.contains("movedFrom")) {
        CONTONE_TRY(sheet.movedFrom, SheetId::parse(json.at("movedFrom").get<std::string>()));
    }
    return sheet;
}

}  // namespace

std::string JobPlanned::json() const {
    auto all = nlohmann::json::array();
    for (const NewSheet& sheet : sheets) {
        nlohmann::json item{{"id", sheet.id.toString()},
                            {"attempt", sheet.attempt.toString()},
                            {"line", sheet.line.toString()},
                            {"copy", sheet.copy},
                            {"recipe", sheet.recipe.toString()}};
        if (sheet.reprintOf) item["reprintOf"] = sheet.reprintOf->toString();
        if (sheet.reprint)
            item["reprint"] = {{"reason", toString(sheet.reprint->reason)}, {"owner", toString(sheet.reprint->owner)}};
        if (sheet.movedFrom) item["movedFrom"] = sheet.movedFrom->toString();
        all.push_back(std::move(item));
    }
    return order::writeJson({{"order", order.toString()},
                             {"setupName", setup.name},
                             {"setup", toJson(setup)},
                             {"sheets", all},
                             {"recipes", recipes},
                             {"priority", toString(priority)},
                             {"engine", engine}});
}

Result<JobPlanned> JobPlanned::fromJson(std::string_view text) {
    return order::readJson(text, "event-unreadable", [](const nlohmann::json& json) -> Result<JobPlanned> {
        JobPlanned planned;
        CONTONE_TRY(planned.order, OrderId::parse(json.at("order").get<std::string>()));
        CONTONE_TRY(planned.setup, setupFromJson(json.at("setup").get<std::string>()));
        for (const auto& item : json.at("sheets")) {
            CONTONE_TRY(NewSheet sheet, readSheet(item));
            planned.sheets.push_back(sheet);
        }
        planned.recipes = json.at("recipes").get<std::map<std::string, std::string>>();
        CONTONE_TRY(planned.priority, contone::parse<Priority>(json.at("priority").get<std::string>()));
        planned.engine = json.at("engine").get<std::string>();
        return planned;
    });
}

// Before priorities every job was printed as it came.
Result<std::string> JobPlanned::from1(const std::string& text) {
    return order::readJson(text, "event-unreadable", [](nlohmann::json json) -> Result<std::string> {
        json["priority"] = toString(Priority::InStore);
        json["engine"] = "";
        return order::writeJson(json);
    });
}

}  // namespace contone::print
