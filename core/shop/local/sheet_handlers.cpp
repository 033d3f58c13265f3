// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sheets after they were sent: the colour record, what people saw of those in question, waste.
#include "core/print/production_event.h"
#include "core/shop/local/handlers_p.h"

namespace contone::shop {

Result<Page<print::Sheet>> Handlers::handle(const ListSheets& asked, const Asking&) {
    CONTONE_TRY(auto sheets, m_parts.ledger.sheets({.order = asked.order,
                                                    .job = asked.job,
                                                    .openOnly = asked.openOnly,
                                                    .limit = asked.limit + 1,
                                                    .sorting = asked.sorting,
                                                    .from = asked.from,
                                                    .to = asked.to,
                                                    .after = asked.after}));
    return pageOf(std::move(sheets), asked.limit);
}

Result<SheetRecord> Handlers::handle(const ShowSheetRecord& asked, const Asking&) {
    SheetRecord record;
    CONTONE_TRY(record.sheet, m_parts.ledger.sheet(asked.sheet));
    CONTONE_TRY(record.recipeJson, m_parts.ledger.recipeJson(record.sheet.recipe));
    CONTONE_TRY(record.job, m_parts.ledger.printJob(record.sheet.job));
    return record;
}

Result<SheetComparison> Handlers::handle(const CompareSheet& asked, const Asking& by) {
    CONTONE_TRY(const SheetRecord record, handle(ShowSheetRecord{asked.sheet}, by));
    if (record.sheet.raster.isNone())
        return fail(Code::Conflict, "sheet-not-rendered",
                    "This sheet's page was never made, so there is nothing to compare with.", asked.sheet.toString());
    CONTONE_TRY(const print::Page page, m_parts.ledger.page(record.sheet.recipe));
    CONTONE_TRY(const print::PrintTarget target, print::PrintTarget::create(record.job.setup, m_parts.models));
    CONTONE_TRY(const render::Rerender now, m_parts.spool.compare(page, target.medium(), record.sheet.raster));
    return SheetComparison{record.sheet.raster, now.page.rasterHash, record.sheet.fingerprint, now.page.fingerprint,
                           now.difference};
}

// A job that our guard holds would print again if somebody released it, one that waits would print after all: it is
// withdrawn before the outcome is final. Where the paper itself was seen, and nothing is printed in its place, a
// printer that cannot be asked does not stand in the way.
Result<void> Handlers::withdraw(const print::Sheet& sheet, Agreement wanted) {
    CONTONE_TRY(const print::PrintJob job, m_parts.ledger.printJob(sheet.job));
    CONTONE_TRY(const auto printer, m_parts.makePrinter(job.setup));
    const auto silent = [](Code code, std::string reason, std::string detail) {
        return fail(code, std::move(reason),
                    "The printer cannot be asked, and this page may still come out when it is back. Bring it back and "
                    "say it again.",
                    std::move(detail));
    };
    const auto isOver = [](const std::optional<print::JobStatus>& status) {
        return !status || print::isOver(status->progress);
    };
    auto status = printer->find(sheet.attempt);
    if (!status) {
        if (wanted != Agreement::Wished)
            return silent(status.error().code, status.error().reason, status.error().detail);
        m_parts.log.warning("outcome-unseen", {{"sheet", sheet.id.toString()}});  // the paper itself has been seen
        return {};
    }
    if (!isOver(*status)) {
        CONTONE_CHECK(printer->cancel((*status)->job));
        CONTONE_TRY(status, printer->find(sheet.attempt));
    }
    if (wanted == Agreement::Wished) return {};
    if (*status && (*status)->printerIsSilent)
        return silent(Code::Unavailable, "printer-unreachable", "the printer behind the queue");
    if (!isOver(*status))
        return fail(
            Code::Unavailable, "job-not-over",
            "The printer is still busy with this sheet. Wait until it has stopped, then look in the tray again.",
            print::toString((*status)->progress));
    if (wanted == Agreement::NothingPrinted && *status && (*status)->progress == print::JobProgress::Completed &&
        (*status)->sheets > 0)
        return fail(Code::Conflict, "sheet-came-out",
                    "The printer says that it has printed this sheet. Look in the tray again. If the print is gone or "
                    "not good, say that it is spoiled: it is printed again then.",
                    sheet.id.toString());
    return {};
}

Result<OutcomeResult> Handlers::handle(const ReportOutcome& asked, const Asking& by) {
    CONTONE_TRY(const print::Sheet sheet, m_parts.ledger.sheet(asked.sheet));
    if (sheet.state != print::SheetState::Unknown)
        return fail(Code::Conflict, "sheet-moved", "This sheet is not in question any more. Look at the list again.",
                    print::toString(sheet.state));
    if (asked.outcome == SheetOutcome::CannotTell) {
        CONTONE_TRY(print::Sheet noted,
                    m_parts.jobs.noteSheet(asked.sheet,
                                           "Somebody looked and could not tell whether this sheet came out. Count the "
                                           "prints of the order, or print it again as a reprint.",
                                           by.actor));
        return OutcomeResult{std::move(noted), {}};
    }
    const bool again = asked.then == FollowUp::Reprint && asked.outcome != SheetOutcome::InTray;
    auto why = asked.outcome == SheetOutcome::NotPrinted ? print::ReprintReason::NotPrinted : print::ReprintReason::Jam;
    if (again && !asked.reason.empty()) {
        CONTONE_TRY(why, contone::parse<print::ReprintReason>(asked.reason));  // before anything is recorded
    }
    CONTONE_CHECK(checkWord(asked.reason));
    CONTONE_CHECK(withdraw(sheet, asked.outcome == SheetOutcome::NotPrinted ? Agreement::NothingPrinted
                                  : again                                   ? Agreement::Needed
                                                                            : Agreement::Wished));
    const auto to = asked.outcome == SheetOutcome::InTray    ? print::SheetState::Out
                    : asked.outcome == SheetOutcome::Spoiled ? print::SheetState::Spoiled
                                                             : print::SheetState::Cancelled;
    const std::string reason = asked.reason.empty() ? contone::toString(asked.outcome) : asked.reason;
    CONTONE_TRY(print::Sheet moved,
                m_parts.ledger.move(asked.sheet, print::SheetState::Unknown, {to, reason, {}, {}, {}, {}, by.actor}));
    m_parts.wakePrinting();
    OutcomeResult result{std::move(moved), {}};
    if (again) {
        CONTONE_TRY(result.reprint, handle(ReprintSheet{asked.sheet, why, asked.owner}, by));
    }
    return result;
}

Result<print::Spoilage> Handlers::handle(const SumSpoilage& asked, const Asking&) {
    CONTONE_TRY(const auto sheets, m_parts.ledger.sheets({.from = asked.from, .to = asked.to}));
    return print::spoilageOf(sheets);
}

}  // namespace contone::shop
