// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sheets: the ledger of paper, what people say became of it, and reprints.
#pragma once

#include "core/shop/operation_terms.h"
#include "core/shop/values.h"

namespace contone::shop {

struct ListSheets {
    using Answer = Page<print::Sheet>;
    static constexpr OperationTerms terms{.name = "list-sheets",
                                          .does = "Lists sheets of paper, by the time of their job, then by number.",
                                          .answer = "Page of Sheet",
                                          .fails = "sheet-unknown, bad-limit",
                                          .effect = Effect::Reads,
                                          .within = aWhile};
    std::optional<OrderId> order;  ///< only of this order
    std::optional<JobId> job;      ///< only of this job
    bool openOnly = false;         ///< only those that are not final
    print::SheetOrder sorting = print::SheetOrder::OldestFirst;
    Instant from, to;  ///< only those that changed last in [from, to); 0: from ever, to ever
    std::optional<SheetId> after;
    int limit = 100;
    static constexpr auto fields() {
        return json::list(json::field("order", &ListSheets::order), json::field("job", &ListSheets::job),
                          json::field("openOnly", &ListSheets::openOnly, json::Absent::KeepsDefault),
                          json::field("sorting", &ListSheets::sorting, json::Absent::KeepsDefault),
                          json::field("fromMs", &ListSheets::from, json::Absent::KeepsDefault),
                          json::field("toMs", &ListSheets::to, json::Absent::KeepsDefault),
                          json::field("after", &ListSheets::after),
                          json::field("limit", &ListSheets::limit, pageLimit, json::Absent::KeepsDefault));
    }
};

struct ShowSheetRecord {
    using Answer = SheetRecord;
    static constexpr OperationTerms terms{.name = "show-sheet-record",
                                          .does = "Shows how a sheet's pixels came to be.",
                                          .answer = "SheetRecord: the sheet, its job, its recipe and its setup",
                                          .fails = "sheet-unknown",
                                          .effect = Effect::Reads};
    SheetId sheet;
    static constexpr auto fields() { return json::list(json::field("sheet", &ShowSheetRecord::sheet)); }
};

struct CompareSheet {
    using Answer = SheetComparison;
    static constexpr OperationTerms terms{
        .name = "compare-sheet",
        .does = "Renders a sheet's recipe again and compares with what was printed; nothing is changed.",
        .answer = "SheetComparison: hashes and fingerprints of then and now, and how far the pages are apart",
        .fails = "sheet-unknown, sheet-not-rendered, original-missing, recipe-version, and as rendering does",
        .effect = Effect::Reads,
        .within = aWhile};
    SheetId sheet;
    static constexpr auto fields() { return json::list(json::field("sheet", &CompareSheet::sheet)); }
};

/// The sheet's job is withdrawn from the printer first: "not-printed", and a reprint, count only when the printer
/// agrees that the job is over. "sheet-came-out": not-printed, but the printer says that it printed the sheet; a print
/// that is gone is "spoiled". When the reprint fails, the outcome is recorded all the same, and the error is the
/// reprint's.
struct ReportOutcome {
    using Answer = OutcomeResult;
    static constexpr OperationTerms terms{
        .name = "report-outcome",
        .does = "Records what a person saw of a sheet in question; may plan its reprint at once.",
        .answer = "OutcomeResult: the sheet, and the PrintJob of the reprint",
        .fails =
            "sheet-unknown, sheet-moved, job-not-over, sheet-came-out, bad-reprint-reason, bad-reason, and of the "
            "reprint as "
            "print-order",
        .within = aWhile};
    SheetId sheet;
    SheetOutcome outcome = SheetOutcome::InTray;
    std::string reason;  ///< why, in a word; of a reprint one of print::ReprintReason, empty: by the outcome
    FollowUp then = FollowUp::None;
    print::CostOwner owner = print::CostOwner::Shop;  ///< of the reprint
    bool operator==(const ReportOutcome&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("sheet", &ReportOutcome::sheet), json::field("outcome", &ReportOutcome::outcome),
                          json::field("reason", &ReportOutcome::reason, json::Absent::KeepsDefault),
                          json::field("then", &ReportOutcome::then, json::Absent::KeepsDefault),
                          json::field("owner", &ReportOutcome::owner, json::Absent::KeepsDefault));
    }
};

/// Until it is out, print-order and the order's state count the copy as missing. "already-printing": a sheet of this
/// copy is on its way; ten taps are one reprint.
struct ReprintSheet {
    using Answer = print::PrintJob;
    static constexpr OperationTerms terms{
        .name = "reprint-sheet",
        .does = "Plans one more sheet like a final one, on the same setup, in its place.",
        .answer = "PrintJob",
        .fails = "sheet-unknown, sheet-not-final, already-printing, setup-unknown, setup-unverified, wrong-medium",
        .within = aWhile};
    SheetId sheet;
    print::ReprintReason reason = print::ReprintReason::Other;
    print::CostOwner owner = print::CostOwner::Shop;
    static constexpr auto fields() {
        return json::list(json::field("sheet", &ReprintSheet::sheet), json::field("reason", &ReprintSheet::reason),
                          json::field("owner", &ReprintSheet::owner, json::Absent::KeepsDefault));
    }
};

struct SumSpoilage {
    using Answer = print::Spoilage;
    static constexpr OperationTerms terms{.name = "sum-spoilage",
                                          .does =
                                              "Counts the sheets that came out in a period, the paper that was "
                                              "wasted by cause, and reprints by who pays.",
                                          .answer = "Spoilage",
                                          .fails = "",
                                          .effect = Effect::Reads,
                                          .within = aWhile};
    Instant from, to;  ///< of what changed in [from, to); 0: from ever, to ever
    static constexpr auto fields() {
        return json::list(json::field("fromMs", &SumSpoilage::from, json::Absent::KeepsDefault),
                          json::field("toMs", &SumSpoilage::to, json::Absent::KeepsDefault));
    }
};

}  // namespace contone::shop
