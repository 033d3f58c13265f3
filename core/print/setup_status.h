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

/// As the agent read it last.
struct SetupStatus {
    std::string setup;
    bool ready = false;                  ///< it would print now
    std::vector<std::string> sentences;  ///< what stands in the way and what to do; empty when all is well
    int openSheets = 0, unknownSheets = 0;
    Instant seenAt;                      ///< 0: not polled yet
    std::vector<std::string> obstacles;  ///< words of Obstacle
    std::vector<Supply> supplies;        ///< as the printer reports them
    std::optional<int> printsLeft;       ///< reported, less the sheets sent since; nullopt: not counted
    bool low = false;                    ///< fewer than the setup's lowPrints
    bool paused = false;                 ///< by a person, here
    int heldJobs = 0;                    ///< wait for a person's word
    std::vector<std::string>
        otherSetups;  ///< with the wrong paper loaded: setups of the same size that have the right one
    bool operator==(const SetupStatus&) const = default;
};

}  // namespace contone::print
