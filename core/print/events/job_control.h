// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Events of staff's decisions about a waiting job: job-held, job-released, job-priority-changed; and sheet-noted, a
// note on a sheet in question.
#pragma once

#include <string>

#include "core/base/id.h"
#include "core/print/priority.h"

namespace contone::print {

struct JobHeld {
    static constexpr std::string_view type = "job-held";
    static constexpr int schemaVersion = 1;
    std::string reason;  ///< kebab case; "older-than-two-hours" is the agent's own
    bool operator==(const JobHeld&) const = default;
    std::string json() const;
    static Result<JobHeld> fromJson(std::string_view json);  ///< Corrupt "event-unreadable", as all here
};

struct JobReleased {
    static constexpr std::string_view type = "job-released";
    static constexpr int schemaVersion = 1;
    bool operator==(const JobReleased&) const = default;
    std::string json() const;
    static Result<JobReleased> fromJson(std::string_view json);
};

struct JobPriorityChanged {
    static constexpr std::string_view type = "job-priority-changed";
    static constexpr int schemaVersion = 1;
    Priority priority = Priority::InStore;
    bool operator==(const JobPriorityChanged&) const = default;
    std::string json() const;
    static Result<JobPriorityChanged> fromJson(std::string_view json);
};

struct SheetNoted {
    static constexpr std::string_view type = "sheet-noted";
    static constexpr int schemaVersion = 1;
    SheetId sheet;
    std::string message;  ///< what stands with the sheet from now on; a sentence, no names
    bool operator==(const SheetNoted&) const = default;
    std::string json() const;
    static Result<SheetNoted> fromJson(std::string_view json);
};

}  // namespace contone::print
