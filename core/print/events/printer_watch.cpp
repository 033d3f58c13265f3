// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What is told of a printer, as JSON.
#include "core/print/events/printer_watch.h"

#include "core/order/read_json.h"

namespace contone::print {

namespace {

using nlohmann::json;

/// For events that are only their type: any object will do.
template <class Event>
Result<Event> readBare(std::string_view text) {
    return order::readJson(text, "event-unreadable", [](const json&) -> Result<Event> { return Event{}; });
}

}  // namespace

std::string PrinterTrouble::json() const {
    return order::writeJson({{"obstacles", obstacles}, {"sentences", sentences}});
}
Result<PrinterTrouble> PrinterTrouble::fromJson(std::string_view text) {
    return order::readJson(text, "event-unreadable", [](const nlohmann::json& j) -> Result<PrinterTrouble> {
        return PrinterTrouble{j.at("obstacles").get<std::vector<std::string>>(),
                              j.at("sentences").get<std::vector<std::string>>()};
    });
}

std::string PrinterRecovered::json() const {
    return "{}";
}
Result<PrinterRecovered> PrinterRecovered::fromJson(std::string_view text) {
    return readBare<PrinterRecovered>(text);
}

std::string QueueStopped::json() const {
    return order::writeJson({{"words", words}});
}
Result<QueueStopped> QueueStopped::fromJson(std::string_view text) {
    return order::readJson(text, "event-unreadable", [](const nlohmann::json& j) -> Result<QueueStopped> {
        return QueueStopped{j.at("words").get<std::string>()};
    });
}

std::string QueueStarted::json() const {
    return "{}";
}
Result<QueueStarted> QueueStarted::fromJson(std::string_view text) {
    return readBare<QueueStarted>(text);
}

std::string SuppliesLow::json() const {
    return order::writeJson({{"printsLeft", printsLeft}, {"threshold", threshold}});
}
Result<SuppliesLow> SuppliesLow::fromJson(std::string_view text) {
    return order::readJson(text, "event-unreadable", [](const nlohmann::json& j) -> Result<SuppliesLow> {
        return SuppliesLow{j.at("printsLeft").get<int>(), j.at("threshold").get<int>()};
    });
}

std::string SuppliesRefilled::json() const {
    return order::writeJson({{"printsLeft", printsLeft}});
}
Result<SuppliesRefilled> SuppliesRefilled::fromJson(std::string_view text) {
    return order::readJson(text, "event-unreadable", [](const nlohmann::json& j) -> Result<SuppliesRefilled> {
        return SuppliesRefilled{j.at("printsLeft").get<int>()};
    });
}

std::string PrintsCounted::json() const {
    return order::writeJson({{"printsLeft", printsLeft}});
}
Result<PrintsCounted> PrintsCounted::fromJson(std::string_view text) {
    return order::readJson(text, "event-unreadable", [](const nlohmann::json& j) -> Result<PrintsCounted> {
        return PrintsCounted{j.at("printsLeft").get<int>()};
    });
}

std::string PrinterPaused::json() const {
    return "{}";
}
Result<PrinterPaused> PrinterPaused::fromJson(std::string_view text) {
    return readBare<PrinterPaused>(text);
}

std::string PrinterResumed::json() const {
    return "{}";
}
Result<PrinterResumed> PrinterResumed::fromJson(std::string_view text) {
    return readBare<PrinterResumed>(text);
}

}  // namespace contone::print
