// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PrinterCondition: the condition of a setup's printer, built from its events; an observation that differs adds events.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/print/events/printer_watch.h"

namespace contone::print {

struct PrinterCondition {
    std::vector<std::string> trouble;  ///< words of Obstacle, sorted; empty: it prints
    bool low = false;                  ///< fewer prints are left than the setup's threshold
    bool paused = false;               ///< by a person, here: no new sheet starts
    std::optional<int> counted;        ///< prints left, as the printer reported them last; nullopt: never
    int sentSince = 0;                 ///< sheets that this setup sent since then
    std::string stoppedWith;           ///< the words with which its queue stopped itself; empty: it did not
    bool operator==(const PrinterCondition&) const = default;
};

enum class Paused { No, Yes };

/// What a printer's state says now.
struct PrinterObservation {
    std::vector<std::string> trouble;  ///< in any order
    std::vector<std::string> sentences;
    std::optional<int> printsLeft;  ///< `reported`, less what was sent since; nullopt: nothing is said about low
    int lowPrints = 0;              ///< the setup's threshold; 0: never low
    std::optional<int> reported;    ///< prints left by the printer's own count; nullopt: it counts none
    std::optional<std::string> stoppedWith;  ///< PrinterState::stoppedWith; nullopt: it could not be asked
};

/// One event for each thing that is no longer as it was; nothing for what is the same.
std::vector<PrinterWatchEvent> decideWatch(const PrinterCondition& before, const PrinterObservation& observation);
/// The prints left in a printer: what it reports, less the sheets that its setups sent since it reported that for the
/// first time. 0…; nullopt: it counts none. `conditions`: of all its setups; one that knows of another report has sent
/// nothing since this one.
std::optional<int> printsLeft(std::optional<int> reported, const std::vector<PrinterCondition>& conditions);
PrinterCondition after(PrinterCondition condition, const PrinterWatchEvent& event);

}  // namespace contone::print
