// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The rules of production: what may be planned and moved, and what the facts add up to.
#include "core/print/production_event.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/order/order_event.h"

namespace contone::print {

namespace {

constexpr std::string_view prefix = "production/", setupPrefix = "setup/";
constexpr std::int64_t minute = 60'000, twoHours = 120 * minute;

std::string copyName(const LineId& line, int copy) {
    return "line " + line.toString() + " copy " + std::to_string(copy);
}

Result<void> checkSheet(const std::map<LineId, int>& copies, const PlannedSheet& sheet) {
    const auto line = copies.find(sheet.line);
    if (line == copies.end())
        return fail(Code::Invalid, "line-unknown", "This order has no such photo. Choose one of its lines.",
                    sheet.line.toString());
    if (sheet.copy < 1 || sheet.copy > line->second)
        return fail(Code::Invalid, "bad-copy", "Not so many copies of this photo were ordered.",
                    copyName(sheet.line, sheet.copy));
    return {};
}

std::unexpected<Error> againstTheRules(const Sheet& sheet, SheetState to, const char* why) {
    return fail(Code::Internal, "sheet-rule", "This sheet cannot change to that state. Look at the list again.",
                sheet.id.toString() + ": " + toString(sheet.state) + " -> " + toString(to) + ": " + why);
}

}  // namespace

std::span<const order::Upcaster> productionUpcasters() {
    static constexpr std::array<order::Upcaster, 1> steps{{{JobPlanned::type, 1, &JobPlanned::from1}}};
    return steps;
}

std::string productionStream(JobId id) {
    return std::string(prefix) + id.toString();
}
std::string setupStream(const std::string& name) {
    return std::string(setupPrefix) + name;
}

Result<std::string> setupOf(std::string_view stream) {
    if (stream.starts_with(setupPrefix)) return std::string(stream.substr(setupPrefix.size()));
    return fail(Code::Corrupt, "event-unreadable", "A stored record cannot be read. Restore the store from a backup.",
                "not a setup's stream: " + std::string(stream));
}

Result<JobId> jobOf(std::string_view stream) {
    if (stream.starts_with(prefix))
        if (auto id = JobId::parse(stream.substr(prefix.size()))) return *id;
    return fail(Code::Corrupt, "event-unreadable", "A stored record cannot be read. Restore the store from a backup.",
                "not a production stream: " + std::string(stream));
}

Result<JobPlanned> decidePlan(const order::Order& order, const std::vector<Sheet>& before, const PrinterSetup& setup,
                              const std::vector<PlannedSheet>& sheets, const JobTerms& terms, const Clock& clock) {
    CONTONE_CHECK(order::checkKnown(order));
    if (order.state == order::OrderState::Cancelled)
        return fail(Code::Conflict, "order-cancelled", "This order is cancelled. Place it again to print it.");
    if (order.state == order::OrderState::Draft)
        return fail(Code::Conflict, "order-draft", "This order is not placed yet, so there is nothing to print.");
    if (order.state == order::OrderState::Held)
        return fail(Code::Conflict, "order-held", "This order is held. Release it first, then print it.");
    if (sheets.empty())
        return fail(Code::Invalid, "job-empty", "There is nothing to print. Choose at least one photo.");
    auto taken = takenCopies(before);
    std::set<SheetId> known;
    for (const Sheet& sheet : before) known.insert(sheet.id);
    std::map<LineId, int> copies;
    for (const order::OrderLine& line : order.lines) copies.emplace(line.id, line.copies);
    JobPlanned planned{order.id, setup, {}, {}, terms.priority, terms.engine};
    const Page* last = nullptr;  // copies of a photo come one after another: its page is written out once
    Sha256 recipe;
    for (const PlannedSheet& sheet : sheets) {
        CONTONE_CHECK(checkSheet(copies, sheet));
        if (sheet.reprintOf && !known.contains(*sheet.reprintOf))
            return fail(Code::NotFound, "sheet-unknown", "There is no such sheet in this order.",
                        sheet.reprintOf->toString());
        if (!sheet.reprintOf && !taken.insert({sheet.line, sheet.copy}).second)
            return fail(Code::Conflict, "already-planned",
                        "This copy is printed or being printed already. To print it once more, ask for a reprint.",
                        copyName(sheet.line, sheet.copy));
        if (!last || *last != sheet.page) {
            std::string text = canonical(sheet.page);
            recipe = Sha256::of(text);
            planned.recipes.emplace(recipe.toString(), std::move(text));
            last = &sheet.page;
        }
        planned.sheets.push_back({SheetId::generate(clock), AttemptId::generate(clock), sheet.line, sheet.copy, recipe,
                                  sheet.reprintOf, sheet.reprint, sheet.movedFrom});
    }
    return planned;
}

Result<SheetMoved> decideMove(const Sheet& sheet, SheetState from, const SheetMove& move) {
    if (sheet.state != from)
        return fail(Code::Conflict, "sheet-moved",
                    "This sheet has moved on in the meantime. Look again before you decide.",
                    sheet.id.toString() + " is " + toString(sheet.state) + ", not " + toString(from));
    const bool isTakenBack = (from == SheetState::Sent || from == SheetState::Printing) &&
                             move.to == SheetState::Planned && move.reason == documentRefused;
    if (!mayMove(from, move.to) && !isTakenBack) return againstTheRules(sheet, move.to, "not in the rule book");
    if (move.to == SheetState::Planned && (!move.attempt || *move.attempt == sheet.attempt))
        return againstTheRules(sheet, move.to, "a new try needs a new name");
    if (move.to != SheetState::Planned && move.attempt) return againstTheRules(sheet, move.to, "a try keeps its name");
    return SheetMoved{sheet.id,          from,        move.to,         move.reason, move.message, move.attempt,
                      move.schedulerJob, move.raster, move.fingerprint};
}

Result<void> checkWaiting(const std::vector<Sheet>& sheets) {
    if (std::ranges::none_of(sheets, [](const Sheet& s) { return s.state == SheetState::Planned; }))
        return fail(Code::Conflict, "job-over",
                    "No sheet of this job waits any more: all are out or at the printer. Look at the list again.");
    return {};
}

Result<JobMove> decideMoveAway(const order::Order& order, const PrintJob& from, const std::vector<Sheet>& before,
                               const PrinterSetup& setup, const std::vector<PlannedSheet>& sheets,
                               const std::string& engine, const Clock& clock) {
    JobMove move;
    std::vector<Sheet> left = before;
    std::map<SheetId, Sheet*> byId;  // there may be thousands
    for (Sheet& sheet : left) byId.emplace(sheet.id, &sheet);
    for (const PlannedSheet& sheet : sheets) {
        const auto found = sheet.movedFrom ? byId.find(*sheet.movedFrom) : byId.end();
        Sheet* const old = found == byId.end() ? nullptr : found->second;
        if (!old || old->job != from.id || old->line != sheet.line || old->copy != sheet.copy ||
            old->reprintOf != sheet.reprintOf)
            return fail(Code::Invalid, "sheet-not-of-job",
                        "This sheet is not one of the job's. Look at the list again.",
                        copyName(sheet.line, sheet.copy));
        CONTONE_TRY(SheetMoved moved, decideMove(*old, SheetState::Planned,
                                                 {SheetState::Cancelled,
                                                  std::string(movedAway),
                                                  "It is printed on " + setup.name + " instead.",
                                                  {},
                                                  {},
                                                  {},
                                                  {}}));
        *old = after(*old, moved, old->changedAt);
        move.cancelled.push_back(std::move(moved));
    }
    CONTONE_TRY(move.planned, decidePlan(order, left, setup, sheets, {from.priority, engine}, clock));
    return move;
}

bool needsApproval(const PrintJob& job, Instant now) {
    const std::int64_t age = now.ms - std::max(job.createdAt, job.releasedAt).ms;
    return age > twoHours || age < -minute;
}

std::string sentenceForHold(std::string_view reason) {
    if (reason == tooOld)
        return "This job has waited for more than two hours. Look whether it is still wanted, then release or cancel "
               "it.";
    if (reason == refusedByPrinter)
        return "The printer refused a page of this job. Move the job to another setup, or verify this setup and "
               "release the job.";
    if (reason == endedByPrinter)
        return "The printer ended a page of this job again and again without printing it. Look at the printer, then "
               "release the job, or move it to another setup.";
    return std::string(reason);
}

PrintJob jobFrom(const JobPlanned& event, JobId id, Instant at) {
    PrintJob job{id, event.order, event.setup, at, static_cast<int>(event.sheets.size())};
    job.priority = event.priority;
    job.engine = event.engine;
    return job;
}

PrintJob after(PrintJob job, const JobHeld& event) {
    job.heldReason = event.reason;
    return job;
}

PrintJob after(PrintJob job, const JobReleased&, Instant at) {
    job.heldReason.clear();
    job.releasedAt = at;
    return job;
}

PrintJob after(PrintJob job, const JobPriorityChanged& event) {
    job.priority = event.priority;
    return job;
}

std::vector<Sheet> sheetsFrom(const JobPlanned& event, JobId id, Instant at) {
    std::vector<Sheet> sheets;
    for (const JobPlanned::NewSheet& item : event.sheets) {
        Sheet sheet;
        sheet.id = item.id;
        sheet.job = id;
        sheet.order = event.order;
        sheet.line = item.line;
        sheet.number = static_cast<int>(sheets.size()) + 1;
        sheet.copy = item.copy;
        sheet.attempt = item.attempt;
        sheet.recipe = item.recipe;
        sheet.reprintOf = item.reprintOf;
        sheet.reprint = item.reprint;
        sheet.movedFrom = item.movedFrom;
        sheet.changedAt = at;
        sheets.push_back(std::move(sheet));
    }
    return sheets;
}

Sheet after(Sheet sheet, const SheetMoved& event, Instant at) {
    sheet.state = event.to;
    sheet.reason = event.reason;
    sheet.message = event.message;
    if (event.attempt) {
        sheet.attempt = *event.attempt;
        sheet.attempts++;
        sheet.schedulerJob = 0;  // the new try has no job yet
    }
    if (event.schedulerJob) sheet.schedulerJob = *event.schedulerJob;
    if (event.raster) sheet.raster = *event.raster;
    if (!event.fingerprint.empty()) sheet.fingerprint = event.fingerprint;
    sheet.changedAt = at;
    return sheet;
}

Sheet after(Sheet sheet, const SchedulerJobNoted& event, Instant at) {
    sheet.schedulerJob = event.schedulerJob;
    sheet.changedAt = at;
    return sheet;
}

Sheet after(Sheet sheet, const SheetNoted& event, Instant at) {
    sheet.message = event.message;
    sheet.changedAt = at;
    return sheet;
}

std::set<std::pair<LineId, int>> takenCopies(const std::vector<Sheet>& sheets) {
    std::set<SheetId> replaced;
    for (const Sheet& sheet : sheets)
        if (sheet.reprintOf) replaced.insert(*sheet.reprintOf);
    std::set<std::pair<LineId, int>> taken;
    for (const Sheet& sheet : sheets)
        if (sheet.state != SheetState::Spoiled && sheet.state != SheetState::Cancelled && !replaced.contains(sheet.id))
            taken.insert({sheet.line, sheet.copy});
    return taken;
}

order::Production progressOf(const order::Order& order, const std::vector<Sheet>& sheets) {
    if (sheets.empty()) return order::Production::None;
    if (std::ranges::any_of(sheets, [](const Sheet& s) { return s.state == SheetState::Unknown; }))
        return order::Production::InQuestion;
    std::size_t wanted = 0;
    for (const order::OrderLine& line : order.lines) wanted += static_cast<std::size_t>(line.copies);
    if (std::ranges::all_of(sheets, [](const Sheet& s) { return s.state == SheetState::Cancelled; }))
        return order::Production::None;
    const bool isOver = std::ranges::all_of(sheets, [](const Sheet& s) { return isFinal(s.state); });
    return isOver && takenCopies(sheets).size() == wanted ? order::Production::Printed : order::Production::Printing;
}

}  // namespace contone::print
