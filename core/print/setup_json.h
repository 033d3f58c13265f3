// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Writes a PrinterSetup as JSON and reads it back: the form that is stored, sent to the agent and kept with each job.
#pragma once

#include "core/print/setup.h"

namespace contone::print {

std::string toJson(const PrinterSetup& setup);
/// Fails: Corrupt "setup-json".
Result<PrinterSetup> setupFromJson(std::string_view json);

}  // namespace contone::print
