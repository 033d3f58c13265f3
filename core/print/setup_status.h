// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SetupStatus: the state of a setup's printer, as sentences for staff and as numbers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/print/printer.h"

namespace contone::print {

/// One thing that somebody should know or do.
struct Notice {
    std::string reason;   ///< stable, kebab case: a word of Obstacle, or the reason of an Error. Faces translate by it
    std::string message;  ///< the same in a plain English sentence, with what to do
    bool operator==(const Notice&) const = default;
};

inline Notice noticeOf(Obstacle obstacle) {
    return {contone::toString(obstacle), sentenceFor(obstacle)};
}
inline Notice noticeOf(const Error& error) {
    return {error.reason, error.message};
}

/// How a printer is doing, as the agent read it last.
struct SetupStatus {
    std::string setup;
    bool ready = false;           ///< it would print now
    std::vector<Notice> notices;  ///< what stands in the way, most important first; empty when all is well
    int openSheets = 0, unknownSheets = 0;
    Instant seenAt;                 ///< 0: not polled yet
    std::vector<Supply> supplies;   ///< as the printer reports them
    std::optional<int> printsLeft;  ///< reported, less the sheets sent since; nullopt: not counted
    bool low = false;               ///< fewer than the setup's lowPrints
    bool paused = false;            ///< by a person, here
    int heldJobs = 0;               ///< wait for a person's word
    /// With the wrong paper loaded: setups of the same size that have the right one. With a job that this printer
    /// refused: setups of other printers for the same sheet.
    std::vector<std::string> otherSetups;
    bool operator==(const SetupStatus&) const = default;
};

/// What people read, and what faces translate by, in the order of the notices.
std::vector<std::string> sentencesOf(const SetupStatus& status);
std::vector<std::string> reasonsOf(const SetupStatus& status);

}  // namespace contone::print
