// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Changes of a printer's condition.
#include "core/print/printer_condition.h"

#include <algorithm>

#include "core/order/decode_event.h"

namespace contone::print {

std::vector<PrinterWatchEvent> decideWatch(const PrinterCondition& before, const PrinterObservation& observation) {
    std::vector<PrinterWatchEvent> events;
    std::vector<std::string> trouble = observation.trouble;
    std::ranges::sort(trouble);
    trouble.erase(std::unique(trouble.begin(), trouble.end()), trouble.end());
    if (trouble != before.trouble) {
        if (trouble.empty())
            events.emplace_back(PrinterRecovered{});
        else
            events.emplace_back(PrinterTrouble{std::move(trouble), observation.sentences});
    }
    if (observation.stoppedWith && *observation.stoppedWith != before.stoppedWith) {
        if (observation.stoppedWith->empty())
            events.emplace_back(QueueStarted{});
        else
            events.emplace_back(QueueStopped{*observation.stoppedWith});
    }
    if (observation.reported && observation.reported != before.counted)
        events.emplace_back(PrintsCounted{*observation.reported});
    if (observation.printsLeft || observation.lowPrints == 0) {
        const auto left = observation.printsLeft.value_or(0);
        const bool low = observation.lowPrints > 0 && left < observation.lowPrints;
        if (low && !before.low) events.emplace_back(SuppliesLow{left, observation.lowPrints});
        if (!low && before.low) events.emplace_back(SuppliesRefilled{left});
    }
    return events;
}

std::optional<int> printsLeft(std::optional<int> reported, const std::vector<PrinterCondition>& conditions) {
    if (!reported) return std::nullopt;
    int left = *reported;
    for (const PrinterCondition& c : conditions)
        if (c.counted == reported) left -= c.sentSince;
    return std::max(0, left);
}

PrinterCondition after(PrinterCondition condition, const PrinterWatchEvent& event) {
    std::visit(order::Overloaded{[&](const PrinterTrouble& e) { condition.trouble = e.obstacles; },
                                 [&](const PrinterRecovered&) { condition.trouble.clear(); },
                                 [&](const QueueStopped& e) { condition.stoppedWith = e.words; },
                                 [&](const QueueStarted&) { condition.stoppedWith.clear(); },
                                 [&](const SuppliesLow&) { condition.low = true; },
                                 [&](const SuppliesRefilled&) { condition.low = false; },
                                 [&](const PrintsCounted& e) {
                                     condition.counted = e.printsLeft;
                                     condition.sentSince = 0;
                                 },
                                 [&](const PrinterPaused&) { condition.paused = true; },
                                 [&](const PrinterResumed&) { condition.paused = false; }},
               event);
    return condition;
}

}  // namespace contone::print
