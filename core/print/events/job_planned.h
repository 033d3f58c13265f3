// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// job-planned: sheets of an order are to be printed with a setup. The first event of every production stream.
#pragma once

#include <map>

#include "core/print/sheet.h"

namespace contone::print {

struct JobPlanned {
    static constexpr std::string_view type = "job-planned";
    static constexpr int schemaVersion = 2;  ///< 2: priority, engine, why reprinted, moved from where

    /// A planned sheet with the names it got.
    struct NewSheet {
        SheetId id;
        AttemptId attempt;
        LineId line;
        int copy = 1;
        Sha256 recipe;
        std::optional<SheetId> reprintOf;
        std::optional<ReprintCase> reprint{};
        std::optional<SheetId> movedFrom{};
        bool operator==(const NewSheet&) const = default;
    };

    OrderId order;
    PrinterSetup setup;
    std::vector<NewSheet> sheets;                ///< numbered 1… in this order
    std::map<std::string, std::string> recipes;  ///< hash → canonical text of the page, each once, as it was planned
    Priority priority = Priority::InStore;
    std::string engine;
    bool operator==(const JobPlanned&) const = default;

    std::string json() const;
    static Result<JobPlanned> fromJson(std::string_view json);  ///< Corrupt "event-unreadable"
    static Result<std::string> from1(const std::string& json);  ///< version 1 → 2
};

}  // namespace contone::print
