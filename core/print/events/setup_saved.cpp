// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// setup-saved as JSON: the setup's own form.
#include "core/print/events/setup_saved.h"

#include "core/print/setup_json.h"

namespace contone::print {

std::string SetupSaved::json() const {
    return toJson(setup);
}

Result<SetupSaved> SetupSaved::fromJson(std::string_view text) {
    CONTONE_TRY(PrinterSetup setup, setupFromJson(text));
    return SetupSaved{std::move(setup)};
}

}  // namespace contone::print
