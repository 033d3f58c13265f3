// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// sheet-moved: one step of one sheet through the ledger's rule book.
#pragma once

#include "core/print/sheet.h"

namespace contone::print {

struct SheetMoved {
    static constexpr std::string_view type = "sheet-moved";
    static constexpr int schemaVersion = 1;

    SheetId sheet;
    SheetState from = SheetState::Planned, to = SheetState::Planned;
    std::string reason, message;
    std::optional<AttemptId> attempt;
    std::optional<int> schedulerJob;
    std::optional<Sha256> raster;
    std::string fingerprint;
    bool operator==(const SheetMoved&) const = default;

    std::string json() const;
    static Result<SheetMoved> fromJson(std::string_view json);  ///< Corrupt "event-unreadable"
};

}  // namespace contone::print
