// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SheetPrinter: takes one sheet at a time from planned to out, never losing it and never printing it twice by itself.
//
// The recipe (docs/printing.md): PLANNED is committed → Create-Job (harmless) → SENDING is committed → Send-Document →
// SENT is committed. Whatever dies in between, the next SheetPrinter looks for the attempt's name at the scheduler and
// decides by what it finds: nothing sent for certain → again; accepted → follow; cannot tell → Unknown, a person looks.
#pragma once

#include <functional>
#include <map>
#include <set>

#include "core/base/log.h"
#include "core/print/printer.h"
#include "core/print/setup_status.h"
#include "core/print/sheet.h"

namespace contone::production {

/// A rendered page, ready to be sent.
struct PageDocument {
    Path file;
    Sha256 raster;
    std::string fingerprint;  ///< render::fingerprintOf
};

/// What a SheetPrinter works with. The references outlive it.
struct SheetPrinterPorts {
    print::Ledger& ledger;
    print::Printer& printer;
    /// Renders the sheet's recipe into a document of the printer's kind, or finds it rendered.
    std::function<Result<PageDocument>(const print::Sheet&, const print::Ticket&)> document;
    print::Medium medium;
    std::string finish;
    const Clock& clock;
    Log log;
    /// Called at every commit point with its name ("created", "sending", "document-sent", "sent", "out"); tests die
    /// there.
    std::function<void(std::string_view)> commitPoint = [](std::string_view) {};
    /// Asked before a sheet is announced: no more are begun.
    std::function<bool()> isStopping = [] { return false; };
};

/// The result of one step of a sheet.
enum class Progress {
    Moved,    ///< it changed; take the next step at once
    Waiting,  ///< nothing to do now; try again in a second
    Blocked,  ///< something stands in the way: obstacle()
    Settled,  ///< final or waiting for a person: take the next sheet
    Refused,  ///< this printer never takes the job's pages, another one may: hold the job; obstacles() say why
    GivenUp,  ///< this printer ended a page mostTries times without printing it: hold the job; obstacles() say how
};

/// Attempts of a sheet that a printer may end without paper before a person is asked.
constexpr int mostTries = 6;

/// One printer, one thread.
class SheetPrinter {
  public:
    explicit SheetPrinter(SheetPrinterPorts ports) : m_ports(std::move(ports)) {}
    /// Takes the sheet one step further. Errors of the ledger are returned (nothing can be decided without it); errors
    /// of the printer become Blocked.
    Result<Progress> step(const print::Sheet& sheet);
    /// The sheet was planned by this very process, so that nobody else can have announced its attempt.
    void markUnannounced(const print::Sheet& sheet) { m_unannounced.insert(sheet.attempt); }
    /// Called before a Planned sheet moves to another printer: cancels its job here if that was announced without a
    /// document. True when certainly nothing can print the sheet here any more; false when the printer has the
    /// document or cannot be asked.
    bool withdraw(const print::Sheet& sheet);
    /// After Blocked, Refused or GivenUp: why, in words for staff.
    const std::vector<print::Notice>& obstacles() const { return m_obstacles; }

  private:
    Result<Progress> start(const print::Sheet& sheet);
    Result<Progress> startOver(const print::Sheet& sheet, const print::JobStatus& seen);
    Result<Progress> begin(const print::Sheet& sheet, print::SchedulerJob job, const PageDocument& document);
    Result<Progress> recoverSending(const print::Sheet& sheet);
    Result<Progress> follow(const print::Sheet& sheet);
    Result<Progress> judgeCompleted(const print::Sheet& sheet, const print::JobStatus& status);
    Result<Progress> backToPlanned(const print::Sheet& sheet, std::string reason, std::string message);
    Result<Progress> moveTo(const print::Sheet& sheet, print::SheetState to, std::string reason = {},
                            std::string message = {});
    Progress blocked(print::Notice why);
    Progress refused(const print::Sheet& sheet, const Error& error);
    Result<Progress> followRefused(const print::Sheet& sheet, const print::JobStatus& seen);
    Result<Progress> takeBack(const print::Sheet& sheet, print::SchedulerJob job, const Error& error);
    print::Ticket ticketFor(const print::Sheet& sheet) const { return {sheet.attempt, m_ports.medium, m_ports.finish}; }

    SheetPrinterPorts m_ports;
    std::vector<print::Notice> m_obstacles;
    /// Attempts that certainly have no job: new ones of our own, and those the scheduler was asked for. For all others
    /// it is asked first: two jobs of one name could not be told apart.
    std::set<AttemptId> m_unannounced;
    std::map<SheetId, int> m_ended;  ///< how often the printer ended it without paper
};

}  // namespace contone::production
