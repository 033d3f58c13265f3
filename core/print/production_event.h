// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ProductionEvent: every fact about jobs, sheets and setups. Decides what is allowed and applies each event.
#pragma once

#include <set>
#include <span>
#include <utility>
#include <variant>

#include "core/order/decode_event.h"
#include "core/order/order.h"
#include "core/print/events/job_control.h"
#include "core/print/events/job_planned.h"
#include "core/print/events/printer_watch.h"
#include "core/print/events/scheduler_job_noted.h"
#include "core/print/events/setup_saved.h"
#include "core/print/events/sheet_moved.h"

namespace contone::print {

using ProductionEvent =
    std::variant<JobPlanned, SheetMoved, SchedulerJobNoted, SetupSaved, JobHeld, JobReleased, JobPriorityChanged,
                 SheetNoted, PrinterTrouble, PrinterRecovered, QueueStopped, QueueStarted, SuppliesLow,
                 SuppliesRefilled, PrintsCounted, PrinterPaused, PrinterResumed>;
/// How events of older versions are read.
std::span<const order::Upcaster> productionUpcasters();

std::string productionStream(JobId id);            ///< "production/<uuid>"
std::string setupStream(const std::string& name);  ///< "setup/<name>"
/// Fails: Corrupt "event-unreadable" for any other stream.
Result<JobId> jobOf(std::string_view stream);
Result<std::string> setupOf(std::string_view stream);

/// Gives each sheet its id and first attempt. `before`: every sheet of the order so far.
/// Fails: Conflict "order-cancelled"; Invalid "job-empty", "line-unknown", "bad-copy"; Conflict "already-planned": that
/// copy of that line has a sheet that is neither spoiled nor cancelled, and no person asked for a reprint of it.
Result<JobPlanned> decidePlan(const order::Order& order, const std::vector<Sheet>& before, const PrinterSetup& setup,
                              const std::vector<PlannedSheet>& sheets, const JobTerms& terms, const Clock& clock);
/// Fails: Conflict "sheet-moved" when the sheet is not in `from`; Internal "sheet-rule" for a move outside the rule
/// book (with its exception), a return to Planned without a new attempt, or a new attempt anywhere else.
Result<SheetMoved> decideMove(const Sheet& sheet, SheetState from, const SheetMove& move);
/// Fails: Conflict "job-over" when none of its sheets is Planned: there is nothing left to hold, hurry or move.
Result<void> checkWaiting(const std::vector<Sheet>& sheetsOfJob);

/// Sheets that go from one printer to another: those here are cancelled, those there planned.
struct JobMove {
    std::vector<SheetMoved> cancelled;
    JobPlanned planned;
};
/// `before`: every sheet of the order. Each of `sheets` has `movedFrom`: a sheet of `from` that is Planned, which it
/// replaces in everything but printer and pixels. Fails: Conflict "sheet-moved"; Invalid "sheet-not-of-job"; and as
/// decidePlan.
Result<JobMove> decideMoveAway(const order::Order& order, const PrintJob& from, const std::vector<Sheet>& before,
                               const PrinterSetup& setup, const std::vector<PlannedSheet>& sheets,
                               const std::string& engine, const Clock& clock);
/// After a restart: whether people may have given this job up, so that one of them is asked first. Planned (or
/// released) more than two hours ago, or more than a minute in the future: the clock jumped.
bool needsApproval(const PrintJob& job, Instant now);
inline constexpr std::string_view tooOld = "older-than-two-hours";
/// Why a job is held whose pages this printer does not take, or ends again and again without paper.
inline constexpr std::string_view refusedByPrinter = "refused-by-printer", endedByPrinter = "ended-by-printer";
/// Whether the reason is this printer's: moved to another one the job is held no more.
constexpr bool isOfThePrinter(std::string_view heldReason) {
    return heldReason == refusedByPrinter || heldReason == endedByPrinter;
}
/// Why a job is held and what to do, for staff; a person's own reason as it was given.
std::string sentenceForHold(std::string_view reason);

/// What an event makes of the job and its sheets. Times are the event's.
PrintJob jobFrom(const JobPlanned& event, JobId id, Instant at);
std::vector<Sheet> sheetsFrom(const JobPlanned& event, JobId id, Instant at);
Sheet after(Sheet sheet, const SheetMoved& event, Instant at);
Sheet after(Sheet sheet, const SchedulerJobNoted& event, Instant at);
Sheet after(Sheet sheet, const SheetNoted& event, Instant at);
PrintJob after(PrintJob job, const JobHeld& event);
PrintJob after(PrintJob job, const JobReleased& event, Instant at);
PrintJob after(PrintJob job, const JobPriorityChanged& event);

/// The copies that need no more paper: one of their sheets is out or may still come out, and no person asked for a
/// reprint of that very sheet. A reprint stands in for the sheet it replaces, whatever becomes of it.
std::set<std::pair<LineId, int>> takenCopies(const std::vector<Sheet>& sheets);

/// What the sheets of an order add up to: None without any, or when all were cancelled; InQuestion when one is Unknown;
/// Printed when all are final and every copy of every line is out (a reprint in place of what it replaces); else
/// Printing.
order::Production progressOf(const order::Order& order, const std::vector<Sheet>& sheets);

}  // namespace contone::print
