// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sheets after they were sent: the colour record, a person's word about those in question, reprints, waste.
#include <algorithm>

#include "core/print/page_recipe.h"
#include "core/print/production_event.h"
#include "core/print/setup_json.h"
#include "core/shop/local_shop.h"

namespace contone::shop {

Result<SheetRecord> LocalShop::sheetRecord(SheetId id) const {
    SheetRecord record;
    CONTONE_TRY(record.sheet, m_parts.ledger.sheet(id));
    CONTONE_TRY(record.recipeJson, m_parts.ledger.recipeJson(record.sheet.recipe));
    CONTONE_TRY(const print::PrintJob job, m_parts.ledger.printJob(record.sheet.job));
    record.setupJson = job.setupJson;
    record.job = job;
    return record;
}

Result<SheetComparison> LocalShop::compareSheet(SheetId id) {
    CONTONE_TRY(const SheetRecord record, sheetRecord(id));
    if (record.sheet.raster.isNone())
        return fail(Code::Conflict, "sheet-not-rendered",
                    "This sheet's page was never made, so there is nothing to compare with.", id.toString());
    CONTONE_TRY(const render::Rerender now,
                m_parts.spool.compare(record.sheet.recipe, record.recipeJson, record.sheet.raster));
    return SheetComparison{record.sheet.raster, now.page.rasterHash, record.sheet.fingerprint, now.page.fingerprint,
                           now.difference};
}

// A job that our guard holds would print again if somebody released it, one that waits would print after all: it is
// taken away before the word is final. Where the paper itself was seen, and nothing is printed in its place, a printer
// that cannot be asked does not stand in the way.
Result<void> LocalShop::cancelAtPrinter(const print::Sheet& sheet, Agreement wanted) {
    CONTONE_TRY(const print::PrintJob job, m_parts.ledger.printJob(sheet.job));
    CONTONE_TRY(const print::PrinterSetup setup, print::setupFromJson(job.setupJson));
    CONTONE_TRY(const auto printer, m_parts.makePrinter(setup));
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
        if (wanted == Agreement::Needed)
            return silent(status.error().code, status.error().reason, status.error().detail);
        m_parts.log.warning("settled-unseen", {{"sheet", sheet.id.toString()}});  // the paper itself has been seen
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
    return {};
}

Result<Settled> LocalShop::settle(SheetId id, const Settlement& word) {
    CONTONE_TRY(const print::Sheet sheet, m_parts.ledger.sheet(id));
    if (sheet.state != print::SheetState::Unknown)
        return fail(Code::Conflict, "sheet-moved", "This sheet is not in question any more. Look at the list again.",
                    print::toString(sheet.state));
    if (word.verdict == Verdict::CannotTell) {
        CONTONE_TRY(print::Sheet noted,
                    m_parts.jobs.noteSheet(id,
                                           "Somebody looked and could not tell whether this sheet came out. Count the "
                                           "prints of the order, or print it again as a reprint.",
                                           word.actor));
        return Settled{std::move(noted), {}};
    }
    const bool again = word.then == AndThen::Reprint && word.verdict != Verdict::InTray;
    print::ReprintCase why{
        word.verdict == Verdict::NotPrinted ? print::ReprintReason::NotPrinted : print::ReprintReason::Jam, word.owner};
    if (again && !word.reason.empty()) {
        CONTONE_TRY(why.reason, print::parseReprintReason(word.reason));  // before anything is settled
    }
    CONTONE_CHECK(
        cancelAtPrinter(sheet, again || word.verdict == Verdict::NotPrinted ? Agreement::Needed : Agreement::Wished));
    const auto to = word.verdict == Verdict::InTray    ? print::SheetState::Out
                    : word.verdict == Verdict::Spoiled ? print::SheetState::Spoiled
                                                       : print::SheetState::Cancelled;
    const std::string reason = word.reason.empty() ? toString(word.verdict) : word.reason;
    CONTONE_TRY(print::Sheet moved,
                m_parts.ledger.move(id, print::SheetState::Unknown, {to, reason, {}, {}, {}, {}, word.actor}));
    m_parts.wakePrinting();
    Settled settled{std::move(moved), {}};
    if (again) {
        CONTONE_TRY(settled.reprint, reprint(id, why, word.actor));
    }
    return settled;
}

Result<print::PrintJob> LocalShop::reprint(SheetId id, const print::ReprintCase& why, const std::string& actor) {
    const std::lock_guard lock(m_planning);
    CONTONE_TRY(const print::Sheet sheet, m_parts.ledger.sheet(id));
    if (!print::isFinal(sheet.state))
        return fail(Code::Conflict, "sheet-not-final",
                    "This sheet is not finished yet. Wait, or say first what became of it.",
                    print::toString(sheet.state));
    CONTONE_TRY(const std::vector<print::Sheet> all, m_parts.ledger.sheets({.order = sheet.order}));
    if (std::ranges::any_of(all, [&](const print::Sheet& s) {
            return s.line == sheet.line && s.copy == sheet.copy && !print::isFinal(s.state);
        }))
        return fail(Code::Conflict, "already-printing",
                    "This print is being printed again already; nothing was added.");
    CONTONE_TRY(const print::PrintJob job, m_parts.ledger.printJob(sheet.job));
    CONTONE_TRY(const print::PrintTarget to, target(job.setupName));
    CONTONE_TRY(const order::Order order, m_parts.orders.order(sheet.order));
    const auto line = std::ranges::find(order.lines, sheet.line, &order::OrderLine::id);
    if (line == order.lines.end())
        return fail(Code::Internal, "line-missing", "This sheet's order line is missing.", sheet.line.toString());
    CONTONE_TRY(const PageText page, pageOf(*line, to));
    m_parts.log.info("reprint", {{"sheet", id.toString()}, {"reason", print::toString(why.reason)}, {"actor", actor}});
    return plan(sheet.order, to.setup(), {{sheet.line, sheet.copy, page.hash, page.json, id, why}}, job.priority,
                actor);
}

Result<print::Spoilage> LocalShop::spoilage(Instant from, Instant to) const {
    CONTONE_TRY(const auto sheets, m_parts.ledger.sheets({.from = from, .to = to}));
    return print::spoilageOf(sheets);
}

}  // namespace contone::shop
