// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SqliteStore as the JobControl: what people decide about jobs that wait.
#include "core/print/production_event.h"
#include "core/store/rows.h"
#include "core/store/sqlite_store_p.h"

namespace contone::store {

namespace {

/// The job, if sheets of it still wait.
Result<print::PrintJob> waitingJob(db::Database& database, JobId id) {
    CONTONE_TRY(print::PrintJob job, readJob(database, id));
    CONTONE_TRY(const auto sheets, readSheets(database, {.job = id, .openOnly = true}));
    CONTONE_CHECK(print::checkWaiting(sheets));
    return job;
}

}  // namespace

Result<std::vector<print::JobTally>> SqliteStore::jobs(bool openOnly, int limit, std::optional<JobId> after) const {
    return m_impl->read([&](db::Database& database) { return readTallies(database, openOnly, limit, after); });
}

Result<print::PrintJob> SqliteStore::holdJob(JobId id, const std::string& reason, const std::string& actor) {
    return m_impl->write([&](db::Database& database) -> Result<print::PrintJob> {
        CONTONE_TRY(print::PrintJob job, waitingJob(database, id));
        if (job.isHeld()) return job;
        const print::JobHeld held{reason.empty() ? "held" : reason};
        CONTONE_CHECK(m_impl->record(database, print::productionStream(id), held, actor));
        return readJob(database, id);
    });
}

Result<print::PrintJob> SqliteStore::releaseJob(JobId id, const std::string& actor) {
    return m_impl->write([&](db::Database& database) -> Result<print::PrintJob> {
        CONTONE_TRY(print::PrintJob job, readJob(database, id));
        if (!job.isHeld()) return job;
        CONTONE_CHECK(m_impl->record(database, print::productionStream(id), print::JobReleased{}, actor));
        return readJob(database, id);
    });
}

Result<print::PrintJob> SqliteStore::setPriority(JobId id, print::Priority priority, const std::string& actor) {
    return m_impl->write([&](db::Database& database) -> Result<print::PrintJob> {
        CONTONE_TRY(print::PrintJob job, waitingJob(database, id));
        if (job.priority == priority) return job;
        CONTONE_CHECK(
            m_impl->record(database, print::productionStream(id), print::JobPriorityChanged{priority}, actor));
        return readJob(database, id);
    });
}

Result<print::PrintJob> SqliteStore::movePlanned(JobId from, const print::PrinterSetup& setup,
                                                 const std::vector<print::PlannedSheet>& sheets,
                                                 const std::string& engine, const std::string& actor) {
    return m_impl->write([&](db::Database& database) -> Result<print::PrintJob> {
        CONTONE_TRY(const print::PrintJob job, readJob(database, from));
        CONTONE_TRY(const order::Order order, readOrder(database, job.order));
        CONTONE_TRY(const auto before, readSheets(database, {.order = job.order}));
        CONTONE_TRY(const print::JobMove move,
                    print::decideMoveAway(order, job, before, setup, sheets, engine, m_impl->clock));
        for (const print::SheetMoved& moved : move.cancelled)
            CONTONE_CHECK(m_impl->record(database, print::productionStream(from), moved, actor));
        const JobId id = JobId::generate(m_impl->clock);
        CONTONE_CHECK(m_impl->record(database, print::productionStream(id), move.planned, actor));
        // Whatever else holds it is not answered by another printer.
        if (job.isHeld() && !print::isOfThePrinter(job.heldReason))
            CONTONE_CHECK(m_impl->record(database, print::productionStream(id), print::JobHeld{job.heldReason}, actor));
        return readJob(database, id);
    });
}

Result<print::Sheet> SqliteStore::noteSheet(SheetId id, const std::string& message, const std::string& actor) {
    return m_impl->write([&](db::Database& database) -> Result<print::Sheet> {
        CONTONE_TRY(const print::Sheet sheet, readSheet(database, id));
        if (sheet.state != print::SheetState::Unknown)
            return fail(Code::Conflict, "sheet-moved",
                        "This sheet is not in question any more. Look at the list again.", toString(sheet.state));
        CONTONE_CHECK(
            m_impl->record(database, print::productionStream(sheet.job), print::SheetNoted{id, message}, actor));
        return readSheet(database, id);
    });
}

}  // namespace contone::store
