// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ProductionEvent: every fact about jobs, sheets and setups; what may be decided and what follows from it.
#pragma once

#include <set>
#include <utility>
#include <variant>

#include "core/order/decode_event.h"
#include "core/order/order.h"
#include "core/print/events/job_planned.h"
#include "core/print/events/scheduler_job_noted.h"
#include "core/print/events/setup_saved.h"
#include "core/print/events/sheet_moved.h"

namespace contone::print {

using ProductionEvent = std::variant<JobPlanned, SheetMoved, SchedulerJobNoted, SetupSaved>;

std::string productionStream(JobId id);            ///< "production/<uuid>"
std::string setupStream(const std::string& name);  ///< "setup/<name>"
/// Fails: Corrupt "event-unreadable" for any other stream.
Result<JobId> jobOf(std::string_view stream);

/// Gives each sheet its id and first attempt. `before`: every sheet of the order so far.
/// Fails: Conflict "order-cancelled"; Invalid "job-empty", "line-unknown", "bad-copy", "recipe-mismatch" (recipeJson
/// does not hash to `recipe`); Conflict "already-planned": that copy of that line has a sheet that is neither spoiled
/// nor cancelled, and no person asked for a reprint of it.
Result<JobPlanned> decidePlan(const order::Order& order, const std::vector<Sheet>& before, const std::string& setupName,
                              const std::string& setupJson, const std::vector<PlannedSheet>& sheets,
                              const Clock& clock);
/// Fails: Conflict "sheet-moved" when the sheet is not in `from`; Internal "sheet-rule" for a move outside the rule
/// book, a return to Planned without a new attempt, or a new attempt anywhere else.
Result<SheetMoved> decideMove(const Sheet& sheet, SheetState from, const SheetMove& move);

/// What an event makes of the job and its sheets. Times are the event's.
PrintJob jobFrom(const JobPlanned& event, JobId id, Instant at);
std::vector<Sheet> sheetsFrom(const JobPlanned& event, JobId id, Instant at);
Sheet after(Sheet sheet, const SheetMoved& event, Instant at);
Sheet after(Sheet sheet, const SchedulerJobNoted& event, Instant at);

/// The copies that need no more paper: one of their sheets is out or may still come out, and no person asked for a
/// reprint of that very sheet. A reprint stands in for the sheet it replaces, whatever becomes of it.
std::set<std::pair<LineId, int>> takenCopies(const std::vector<Sheet>& sheets);

/// The state of an order by its sheets: Placed without any, Done when all are final and every copy of every line is
/// out (a reprint in place of what it replaces), else Printing. A cancelled order stays cancelled.
order::OrderState progressOf(const order::Order& order, const std::vector<Sheet>& sheets);

}  // namespace contone::print
