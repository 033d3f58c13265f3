// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// setup-saved: a printer setup as a whole; it replaces the one of that name.
#pragma once

#include "core/print/setup.h"

namespace contone::print {

struct SetupSaved {
    static constexpr std::string_view type = "setup-saved";
    static constexpr int schemaVersion = 1;

    PrinterSetup setup;
    bool operator==(const SetupSaved&) const = default;

    std::string json() const;
    static Result<SetupSaved> fromJson(std::string_view json);  ///< Corrupt "setup-json"
};

}  // namespace contone::print
