// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// sheet-moved as JSON.
#include "core/print/events/sheet_moved.h"

#include "core/order/read_json.h"

namespace contone::print {

std::string SheetMoved::json() const {
    nlohmann::json json{{"sheet", sheet.toString()}, {"from", toString(from)}, {"to", toString(to)}};
    if (!reason.empty()) json["reason"] = reason;
    if (!message.empty()) json["message"] = message;
    if (attempt) json["attempt"] = attempt->toString();
    if (schedulerJob) json["schedulerJob"] = *schedulerJob;
    if (raster) json["raster"] = raster->toString();
    if (!fingerprint.empty()) json["fingerprint"] = fingerprint;
    return order::writeJson(json);
}

Result<SheetMoved> SheetMoved::fromJson(std::string_view text) {
    return order::readJson(text, "event-unreadable", [](const nlohmann::json& json) -> Result<SheetMoved> {
        SheetMoved moved;
        CONTONE_TRY(moved.sheet, SheetId::parse(json.at("sheet").get<std::string>()));
        CONTONE_TRY(moved.from, contone::parse<SheetState>(json.at("from").get<std::string>()));
        CONTONE_TRY(moved.to, contone::parse<SheetState>(json.at("to").get<std::string>()));
        moved.reason = json.value("reason", "");
        moved.message = json.value("message", "");
        if (json.contains("attempt")) {
            CONTONE_TRY(moved.attempt, AttemptId::parse(json.at("attempt").get<std::string>()));
        }
        if (json.contains("schedulerJob")) moved.schedulerJob = json.at("schedulerJob").get<int>();
        if (json.contains("raster")) {
            CONTONE_TRY(moved.raster, Sha256::parse(json.at("raster").get<std::string>()));
        }
        moved.fingerprint = json.value("fingerprint", "");
        return moved;
    });
}

}  // namespace contone::print
