// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PrintRoom: what is asked while paper is printed: how printers are, which job goes when and where, what became of
// sheets. Part of Shop.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/print/calibration.h"
#include "core/print/pool.h"
#include "core/print/printer.h"
#include "core/print/setup_status.h"
#include "core/print/sheet.h"

namespace contone::shop {

/// Where an order is printed, and when. Either a setup, or a pool: of its printers the free one, else the one with the
/// most prints left.
struct PrintWish {
    std::string setup, pool;
    print::Priority priority = print::Priority::InStore;
    std::string actor = "staff";
    bool operator==(const PrintWish&) const = default;
};

/// A person's word about a sheet that nobody can tell by wire.
enum class Verdict {
    InTray,      ///< a whole, good sheet lies in the tray → Out
    Spoiled,     ///< half a sheet, or a colour is missing: paper was used, the print is no good → Spoiled
    NotPrinted,  ///< nothing came out and the stack is unchanged → Cancelled
    CannotTell,  ///< nobody knows: it stays in question, and that somebody looked is noted
};
const char* toString(Verdict verdict);                ///< "in-tray", "spoiled", "not-printed", "cannot-tell"
Result<Verdict> parseVerdict(std::string_view text);  ///< Invalid "bad-verdict"

/// What follows from "spoiled" and "not printed".
enum class AndThen { Nothing, Reprint };

struct Settlement {
    Verdict verdict = Verdict::InTray;
    std::string reason;  ///< why, in a word; of a reprint one of print::ReprintReason, empty: by the verdict
    AndThen then = AndThen::Nothing;
    print::CostOwner owner = print::CostOwner::Shop;  ///< of the reprint
    std::string actor = "staff";
    bool operator==(const Settlement&) const = default;
};
struct Settled {
    print::Sheet sheet;
    std::optional<print::PrintJob> reprint;
    bool operator==(const Settled&) const = default;
};

using print::SetupStatus;

/// "Is there paper for this?" Asked before a customer pays.
struct EnoughQuery {
    struct Line {
        std::string product;
        int copies = 1;
        bool operator==(const Line&) const = default;
    };
    std::optional<OrderId> order;  ///< what is missing of it; else `lines`
    std::vector<Line> lines;
    std::string setup, pool;  ///< one of them
    bool operator==(const EnoughQuery&) const = default;
};

class PrintRoom {
  public:
    virtual ~PrintRoom() = default;
    /// Jobs, newest first; `openOnly`: with sheets that are not final.
    virtual Result<std::vector<print::JobTally>> jobs(bool openOnly, int limit) const = 0;
    /// No new sheet of it starts; a sheet at the printer goes on. Fails: NotFound "job-unknown", Conflict "job-over".
    virtual Result<print::PrintJob> holdJob(JobId job, const std::string& reason, const std::string& actor) = 0;
    /// Also the approval of a job that is older than two hours after a restart.
    virtual Result<print::PrintJob> releaseJob(JobId job, const std::string& actor) = 0;
    virtual Result<print::PrintJob> setPriority(JobId job, print::Priority priority, const std::string& actor) = 0;
    /// Its sheets that still wait are printed with another setup: planned and rendered anew for that printer. Returns
    /// the new job. Fails: as print() for the setup; Conflict "job-over", "same-setup".
    virtual Result<print::PrintJob> moveJob(JobId job, const std::string& setup, const std::string& actor) = 0;
    /// Its sheets that still wait. Fails: NotFound "job-unknown".
    virtual Result<std::vector<print::Sheet>> cancelJob(JobId job, const std::string& reason,
                                                        const std::string& actor) = 0;

    virtual Result<SetupStatus> setupStatus(const std::string& name) const = 0;
    /// No new sheet starts on this setup's printer, whatever the setup; kept over restarts. Fails: "setup-unknown".
    virtual Result<SetupStatus> pausePrinter(const std::string& setup, const std::string& actor) = 0;
    virtual Result<SetupStatus> resumePrinter(const std::string& setup, const std::string& actor) = 0;
    /// Fails: NotFound "setup-unknown", "pool-unknown", "order-unknown", "product-unknown"; Conflict "wrong-medium".
    virtual Result<print::Enough> enoughFor(const EnoughQuery& query) const = 0;

    /// Prints the page with the rulers as one sheet of an order of its own: accounted for like any other. Fails: as
    /// print() for the setup; Unsupported "calibration-too-small".
    virtual Result<print::PrintJob> printCalibration(const std::string& setup, const std::string& actor) = 0;
    /// Stores what this unit cuts off, as read from that sheet, and proves the setup again: pages planned from now on
    /// are laid out by it. Fails: NotFound "setup-unknown"; Invalid "bad-reading", "readings-disagree"; and as
    /// Shop::verifySetup(): it is stored then, and verified another time.
    virtual Result<print::PrinterSetup> calibrate(const std::string& setup, const print::FourReadings& readings,
                                                  const std::string& actor) = 0;

    /// Settles a sheet that is Unknown, after taking its job away from the printer; may plan the reprint at once. When
    /// that fails the sheet is settled all the same, and the error is the reprint's. Fails: Conflict "sheet-moved";
    /// Unavailable "job-not-over"; Invalid "bad-reprint-reason"; and as the printer does: NotPrinted only when it
    /// agrees that the job is over; so does whatever is printed again in its place.
    virtual Result<Settled> settle(SheetId sheet, const Settlement& word) = 0;
    Result<print::Sheet> settle(SheetId sheet, Verdict verdict, const std::string& reason, const std::string& actor) {
        CONTONE_TRY(Settled settled, settle(sheet, {verdict, reason, AndThen::Nothing, {}, actor}));
        return std::move(settled.sheet);
    }
    /// Plans one more sheet like this final one, on the same setup, in its place: until it is out, print() and the
    /// order's state count the copy as missing. Fails: Conflict "sheet-not-final", "already-printing" (a sheet of this
    /// copy is on its way: ten taps are one reprint), and as print().
    virtual Result<print::PrintJob> reprint(SheetId sheet, const print::ReprintCase& why, const std::string& actor) = 0;
    /// At the shop's cost. Fails also: Invalid "bad-reprint-reason".
    Result<print::PrintJob> reprint(SheetId sheet, const std::string& reason, const std::string& actor) {
        CONTONE_TRY(const print::ReprintReason why, print::parseReprintReason(reason));
        return reprint(sheet, print::ReprintCase{why, print::CostOwner::Shop}, actor);
    }
    /// Of what changed in [from, to); 0: from ever, to ever.
    virtual Result<print::Spoilage> spoilage(Instant from, Instant to) const = 0;
};

}  // namespace contone::shop
