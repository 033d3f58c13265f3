// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SQL for the rows of jobs, sheets and printers, nothing else.
#include "core/store/rows.h"

#include <algorithm>
#include <limits>
#include <sstream>

#include "core/print/setup_json.h"
#include "core/store/rows_p.h"

namespace contone::store {

namespace {

constexpr std::string_view jobColumns =
    "SELECT id, order_id, setup_json, created_at, sheets, priority, held, released_at, engine FROM job ";
constexpr std::string_view sheetColumns =
    "SELECT sheet.id, job_id, sheet.order_id, line_id, number, copy, state, attempt, attempts, scheduler_job, reason, "
    "message, "
    "recipe, raster, reprint_of, changed_at, reprint_reason, cost_owner, moved_from, fingerprint FROM sheet JOIN job "
    "ON job.id = job_id ";
constexpr std::string_view isOpen = "state NOT IN ('out', 'spoiled', 'cancelled')";

Result<print::PrinterSetup> setupAt(const db::Statement& row, int column) {
    auto setup = print::setupFromJson(row.text(column));
    if (!setup) return damagedRow(setup.error());
    return setup;
}

Result<print::PrintJob> jobAt(const db::Statement& row) {
    print::PrintJob job;
    CONTONE_TRY(job.id, idAt<JobId>(row, 0));
    CONTONE_TRY(job.order, idAt<OrderId>(row, 1));
    CONTONE_TRY(job.setup, setupAt(row, 2));
    job.createdAt = {row.integer(3)};
    job.sheets = number(row, 4);
    auto priority = contone::parse<print::Priority>(row.text(5));
    if (!priority) return damagedRow(priority.error());
    job.priority = *priority;
    job.heldReason = row.text(6);
    job.releasedAt = {row.integer(7)};
    job.engine = row.text(8);
    return job;
}

Result<print::Sheet> sheetAt(const db::Statement& row) {
    print::Sheet sheet;
    CONTONE_TRY(sheet.id, idAt<SheetId>(row, 0));
    CONTONE_TRY(sheet.job, idAt<JobId>(row, 1));
    CONTONE_TRY(sheet.order, idAt<OrderId>(row, 2));
    CONTONE_TRY(sheet.line, idAt<LineId>(row, 3));
    sheet.number = number(row, 4);
    sheet.copy = number(row, 5);
    auto state = contone::parse<print::SheetState>(row.text(6));
    if (!state) return damagedRow(state.error());
    sheet.state = *state;
    CONTONE_TRY(sheet.attempt, idAt<AttemptId>(row, 7));
    sheet.attempts = number(row, 8);
    sheet.schedulerJob = number(row, 9);
    sheet.reason = row.text(10);
    sheet.message = row.text(11);
    CONTONE_TRY(sheet.recipe, hashAt(row, 12));
    if (!row.isNull(13)) {
        CONTONE_TRY(sheet.raster, hashAt(row, 13));
    }
    if (!row.isNull(14)) {
        CONTONE_TRY(sheet.reprintOf, idAt<SheetId>(row, 14));
    }
    sheet.changedAt = {row.integer(15)};
    if (const std::string reason = row.text(16); !reason.empty()) {
        const auto why = contone::parse<print::ReprintReason>(reason);
        const auto owner = contone::parse<print::CostOwner>(row.text(17));
        if (!why || !owner) return damagedRow(why ? owner.error() : why.error());
        sheet.reprint = print::ReprintCase{*why, *owner};
    }
    if (!row.isNull(18)) {
        CONTONE_TRY(sheet.movedFrom, idAt<SheetId>(row, 18));
    }
    sheet.fingerprint = row.text(19);
    return sheet;
}

int& tallyOf(print::JobTally& tally, print::SheetState state) {
    switch (state) {
        case print::SheetState::Planned:
            return tally.waiting;
        case print::SheetState::Sending:
        case print::SheetState::Sent:
        case print::SheetState::Printing:
            return tally.onTheWay;
        case print::SheetState::Out:
            return tally.out;
        case print::SheetState::Unknown:
            return tally.unknown;
        case print::SheetState::Spoiled:
            return tally.spoiled;
        case print::SheetState::Cancelled:
            break;
    }
    return tally.cancelled;
}

db::Value orNull(const std::string& text) {
    return text.empty() ? db::Value(nullptr) : db::Value(text);
}

}  // namespace

std::unexpected<Error> damagedRow(const Error& cause) {
    return fail(Code::Corrupt, "store-damaged",
                "The store of orders is damaged. Nothing was changed; restore it from a backup.",
                cause.reason + ": " + cause.detail);
}

Result<void> insertJob(db::Database& database, const print::PrintJob& job, std::int64_t position) {
    return database.run(
        "INSERT INTO job (id, position, order_id, setup_name, setup_json, created_at, sheets, priority, held, "
        "released_at, engine) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        {job.id.toString(), position, job.order.toString(), job.setup.name, print::toJson(job.setup), job.createdAt.ms,
         job.sheets, toString(job.priority), job.heldReason, job.releasedAt.ms, job.engine});
}

Result<void> updateJob(db::Database& database, const print::PrintJob& job) {
    return database.run("UPDATE job SET priority = ?2, held = ?3, released_at = ?4 WHERE id = ?1",
                        {job.id.toString(), toString(job.priority), job.heldReason, job.releasedAt.ms});
}

Result<print::PrintJob> readJob(db::Database& database, JobId id) {
    CONTONE_TRY(auto all,
                readAll<print::PrintJob>(database.query(sql(jobColumns, "WHERE id = ?1"), {id.toString()}), jobAt));
    return first(std::move(all), "job-unknown", "There is no such print job. Refresh and look again.", id.toString());
}

Result<std::vector<print::PrintJob>> readOpenJobs(db::Database& database) {
    const std::string open =
        "WHERE id IN (SELECT job_id FROM sheet WHERE " + std::string(isOpen) + ") ORDER BY position";
    return readAll<print::PrintJob>(database.query(sql(jobColumns, open)), jobAt);
}

Result<std::vector<print::JobTally>> readTallies(db::Database& database, bool openOnly, int limit,
                                                 std::optional<JobId> after) {
    if (after) CONTONE_CHECK(readJob(database, *after));  // an unknown one would look like the end of the list
    const std::string where =
        "WHERE (?2 = '' OR position < (SELECT position FROM job WHERE id = ?2))" +
        (openOnly ? " AND id IN (SELECT job_id FROM sheet WHERE " + std::string(isOpen) + ")" : std::string()) +
        " ORDER BY position DESC LIMIT ?1";
    CONTONE_TRY(
        auto jobs,
        readAll<print::PrintJob>(
            database.query(sql(jobColumns, where), {std::max(limit, 0), after ? after->toString() : ""}), jobAt));
    std::vector<print::JobTally> tallies;
    for (print::PrintJob& job : jobs) {
        CONTONE_TRY(const auto states, readStates(database, job.id, Open::OrNot));
        print::JobTally tally{std::move(job)};
        for (const auto& [state, count] : states) tallyOf(tally, state) += count;
        tallies.push_back(std::move(tally));
    }
    return tallies;
}

Result<std::map<print::SheetState, int>> readStates(db::Database& database, JobId id, Open open) {
    const std::string where = open == Open::Only ? " AND " + std::string(isOpen) : "";
    CONTONE_TRY(
        db::Statement rows,
        database.query("SELECT state, count(*) FROM sheet WHERE job_id = ?1" + where + " GROUP BY 1", {id.toString()}));
    std::map<print::SheetState, int> states;
    for (;;) {
        CONTONE_TRY(const bool row, rows.step());
        if (!row) return states;
        auto state = contone::parse<print::SheetState>(rows.text(0));
        if (!state) return damagedRow(state.error());
        states[*state] = number(rows, 1);
    }
}

Result<void> insertSheet(db::Database& database, const print::Sheet& sheet) {
    const std::string raster = sheet.raster.isNone() ? "" : sheet.raster.toString();
    const std::string reprintOf = sheet.reprintOf ? sheet.reprintOf->toString() : "";
    const std::string movedFrom = sheet.movedFrom ? sheet.movedFrom->toString() : "";
    return database.run(
        "INSERT INTO sheet (id, job_id, order_id, line_id, number, copy, state, attempt, attempts, scheduler_job, "
        "reason, message, recipe, raster, reprint_of, changed_at, reprint_reason, cost_owner, moved_from, fingerprint) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
        {sheet.id.toString(),
         sheet.job.toString(),
         sheet.order.toString(),
         sheet.line.toString(),
         sheet.number,
         sheet.copy,
         toString(sheet.state),
         sheet.attempt.toString(),
         sheet.attempts,
         sheet.schedulerJob,
         sheet.reason,
         sheet.message,
         sheet.recipe.toString(),
         orNull(raster),
         orNull(reprintOf),
         sheet.changedAt.ms,
         sheet.reprint ? toString(sheet.reprint->reason) : "",
         sheet.reprint ? toString(sheet.reprint->owner) : "",
         orNull(movedFrom),
         sheet.fingerprint});
}

Result<void> setAttempt(db::Database& database, SheetId id, AttemptId attempt) {
    return database.run("UPDATE sheet SET attempt = ?2 WHERE id = ?1", {id.toString(), attempt.toString()});
}

Result<void> updateSheet(db::Database& database, const print::Sheet& sheet) {
    const std::string raster = sheet.raster.isNone() ? "" : sheet.raster.toString();
    return database.run(
        "UPDATE sheet SET state = ?2, attempts = ?3, scheduler_job = ?4, reason = ?5, message = ?6, raster = ?7, "
        "changed_at = ?8, fingerprint = ?9 WHERE id = ?1",
        {sheet.id.toString(), toString(sheet.state), sheet.attempts, sheet.schedulerJob, sheet.reason, sheet.message,
         orNull(raster), sheet.changedAt.ms, sheet.fingerprint});
}

Result<print::Sheet> readSheet(db::Database& database, SheetId id) {
    CONTONE_TRY(auto all, readAll<print::Sheet>(
                              database.query(sql(sheetColumns, "WHERE sheet.id = ?1"), {id.toString()}), sheetAt));
    return first(std::move(all), "sheet-unknown", "There is no such sheet. Refresh and look again.", id.toString());
}

Result<std::vector<print::Sheet>> readSheets(db::Database& database, const print::SheetFilter& filter) {
    const bool newestFirst = filter.sorting == print::SheetOrder::NewestFirst;
    std::string where = "WHERE ?1 IS NOT NULL AND ?2 IS NOT NULL AND ?4 IS NOT NULL";
    if (filter.after) {
        CONTONE_CHECK(readSheet(database, *filter.after));  // an unknown one would look like the end of the list
        where += std::string(" AND (job.position, number) ") + (newestFirst ? "<" : ">") +
                 " (SELECT j.position, s.number FROM sheet s JOIN job j ON j.id = s.job_id WHERE s.id = ?4)";
    }
    if (filter.order) where += " AND sheet.order_id = ?1";
    if (filter.job) where += " AND job_id = ?2";
    if (filter.openOnly) where += " AND " + std::string(isOpen);
    if (filter.withoutUnknown) where += " AND state <> 'unknown'";
    if (filter.from.ms != 0) where += " AND changed_at >= " + std::to_string(filter.from.ms);
    if (filter.to.ms != 0) where += " AND changed_at < " + std::to_string(filter.to.ms);
    const std::string order = filter.order ? filter.order->toString() : "",
                      job = filter.job ? filter.job->toString() : "",
                      after = filter.after ? filter.after->toString() : "";
    // Of one job the numbers alone are enough, and an index has them in order.
    const std::string byJob = filter.job ? "" : newestFirst ? "job.position DESC, " : "job.position, ";
    where += " ORDER BY " + byJob + (newestFirst ? "number DESC" : "number");
    return readAll<print::Sheet>(database.query(sql(sheetColumns, where + " LIMIT ?3"),
                                                {order, job, filter.limit > 0 ? filter.limit : -1, after}),
                                 sheetAt);
}

Result<bool> hasOpenSheets(db::Database& database, OrderId order) {
    CONTONE_TRY(const std::int64_t any, database.integer("SELECT EXISTS (SELECT 1 FROM sheet WHERE order_id = ?1 AND " +
                                                             std::string(isOpen) + ")",
                                                         {order.toString()}));
    return any != 0;
}

Result<bool> hasUnknownSheets(db::Database& database, OrderId order) {
    CONTONE_TRY(const std::int64_t any,
                database.integer("SELECT EXISTS (SELECT 1 FROM sheet WHERE order_id = ?1 AND state = 'unknown')",
                                 {order.toString()}));
    return any != 0;
}

Result<print::PrinterSetup> readSetup(db::Database& database, const std::string& name) {
    CONTONE_TRY(auto all, readAll<print::PrinterSetup>(database.query("SELECT json FROM setup WHERE name = ?1", {name}),
                                                       [](const db::Statement& row) { return setupAt(row, 0); }));
    return first(std::move(all), "setup-unknown",
                 "There is no printer setup of that name. List the setups and choose one.", name);
}

Result<std::vector<print::PrinterSetup>> readSetups(db::Database& database) {
    return readAll<print::PrinterSetup>(database.query("SELECT json FROM setup ORDER BY name"),
                                        [](const db::Statement& row) { return setupAt(row, 0); });
}

Result<print::PrinterCondition> readCondition(db::Database& database, const std::string& setup) {
    const auto at = [](const db::Statement& row) -> Result<print::PrinterCondition> {
        print::PrinterCondition condition{
            {}, row.integer(1) != 0, row.integer(2) != 0, {}, static_cast<int>(row.integer(4)), row.text(5)};
        if (!row.isNull(3)) condition.counted = static_cast<int>(row.integer(3));
        std::istringstream words(row.text(0));
        for (std::string word; words >> word;) condition.trouble.push_back(word);
        return condition;
    };
    CONTONE_TRY(auto all, readAll<print::PrinterCondition>(
                              database.query("SELECT trouble, low, paused, counted, sent_since, stopped_with "
                                             "FROM printer_condition WHERE setup = ?1",
                                             {setup}),
                              at));
    return all.empty() ? print::PrinterCondition{} : std::move(all.front());
}

Result<void> writeCondition(db::Database& database, const std::string& setup,
                            const print::PrinterCondition& condition) {
    std::string words;
    for (const std::string& word : condition.trouble) words += (words.empty() ? "" : " ") + word;
    return database.run(
        "INSERT OR REPLACE INTO printer_condition (setup, trouble, low, paused, counted, sent_since, stopped_with) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        {setup, words, condition.low ? 1 : 0, condition.paused ? 1 : 0,
         condition.counted ? db::Value(*condition.counted) : db::Value(nullptr), condition.sentSince,
         condition.stoppedWith});
}

}  // namespace contone::store
