// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Jobs over IPP: announcing, sending, finding by name, cancelling.
#pragma once

#include "core/print/printer.h"
#include "printers/ipp/printer_facts_p.h"

namespace contone::printers {

Result<print::SchedulerJob> createJob(const Wire& wire, const PrinterFacts& facts, const print::Ticket& ticket);
Result<void> sendDocument(const Wire& wire, const print::Ticket& ticket, print::SchedulerJob job, const Path& file);
Result<std::optional<print::JobSight>> findJob(const Wire& wire, const std::string& name);
Result<void> cancelJob(const Wire& wire, print::SchedulerJob job);

}  // namespace contone::printers
