// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The sheet ledger: one row for each physical sheet of paper, its states, and the port that stores it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/enum_words.h"
#include "core/base/id.h"
#include "core/base/result.h"
#include "core/base/sha256.h"
#include "core/print/page.h"
#include "core/print/printer_condition.h"
#include "core/print/priority.h"
#include "core/print/reprint_case.h"
#include "core/print/setup.h"

namespace contone::print {

enum class SheetState {
    Planned,  ///< committed; nothing that can print has been sent
    Sending,  ///< committed before the first byte of the document leaves: from here on paper may move
    Sent,     ///< every byte accepted
    Printing,
    Out,        ///< in the tray
    Unknown,    ///< the printer cannot say whether it came out; a person looks in the tray
    Spoiled,    ///< paper used, print not good
    Cancelled,  ///< never printed, never will
};
constexpr auto wordsOf(SheetState) {
    return enumWords<SheetState>("bad-sheet-state", "There is no such state of a sheet.",
                                 {{SheetState::Planned, "planned"},
                                  {SheetState::Sending, "sending"},
                                  {SheetState::Sent, "sent"},
                                  {SheetState::Printing, "printing"},
                                  {SheetState::Out, "out"},
                                  {SheetState::Unknown, "unknown"},
                                  {SheetState::Spoiled, "spoiled"},
                                  {SheetState::Cancelled, "cancelled"}});
}
using contone::toString;
/// Out, Spoiled and Cancelled end a sheet. Unknown waits for a person.
bool isFinal(SheetState state);
/// The whole rule book. Planned → Sending, Cancelled. Sending → Sent, Unknown, Planned (only when the other side
/// certainly has no document). Sent → Printing, Out, Unknown, Spoiled. Printing → Out, Unknown, Spoiled.
/// Unknown → Out, Spoiled, Cancelled (a person's word), Out also when the scheduler proves it.
/// Beside the book stands one exception: see documentRefused.
bool mayMove(SheetState from, SheetState to);
/// Why a sheet went back to Planned whose document the printer refused: certainly without paper. With this reason, and
/// no other, Sent and Printing → Planned is allowed too: a queue takes pages that its printer then refuses.
inline constexpr std::string_view documentRefused = "document-refused";

struct Sheet {
    SheetId id;
    JobId job;
    OrderId order;
    LineId line;
    int number = 0;  ///< 1… within the job
    int copy = 0;    ///< 1… of its line
    SheetState state = SheetState::Planned;
    AttemptId attempt;  ///< of the current or last try
    int attempts = 1;
    int schedulerJob = 0;     ///< 0: none yet
    std::string reason;       ///< why unknown, spoiled, cancelled: kebab case
    std::string message;      ///< the same in a sentence
    Sha256 recipe, raster;    ///< raster: none until rendered
    std::string fingerprint;  ///< what rendered it, with versions (render::fingerprintOf); empty until then
    std::optional<SheetId> reprintOf;
    Instant changedAt;
    std::optional<ReprintCase> reprint;  ///< with reprintOf
    std::optional<SheetId> movedFrom;    ///< the sheet on another printer in whose place this one is; it used no paper
    bool operator==(const Sheet&) const = default;
};

/// Why a sheet is cancelled that another one on another printer replaces.
inline constexpr std::string_view movedAway = "moved";

/// The colour record: what a job was printed with.
struct PrintJob {
    JobId id;
    OrderId order;
    PrinterSetup setup;  ///< as it was when the job was planned, with its verification
    Instant createdAt;
    int sheets = 0;
    Priority priority = Priority::InStore;
    std::string heldReason;  ///< no new sheet starts; empty: not held
    Instant releasedAt;      ///< when a person released it last; 0: never held
    std::string engine;      ///< what rendered it: render version and fingerprint of the libraries
    bool isHeld() const { return !heldReason.empty(); }
    bool operator==(const PrintJob&) const = default;
};

/// A sheet to plan: which line, which copy, which page.
struct PlannedSheet {
    LineId line;
    int copy = 1;
    Page page;  ///< kept once, for all sheets that show it
    std::optional<SheetId> reprintOf{};
    std::optional<ReprintCase> reprint{};
    std::optional<SheetId> movedFrom{};
};

/// What a job is planned with besides its sheets.
struct JobTerms {
    Priority priority = Priority::InStore;
    std::string engine;
};

/// One step of a sheet.
struct SheetMove {
    SheetState to;
    std::string reason, message;
    std::optional<AttemptId> attempt;  ///< set when going back to Planned: the next try's name
    std::optional<int> schedulerJob;
    std::optional<Sha256> raster;
    std::string actor;        ///< "agent", or who gave the word
    std::string fingerprint;  ///< of the page that is sent; empty: as it was
};

enum class SheetOrder { OldestFirst, NewestFirst };  ///< by job creation, then number
constexpr auto wordsOf(SheetOrder) {
    return enumWords<SheetOrder>(
        "bad-sorting", "Sort sheets by oldest-first or newest-first.",
        {{SheetOrder::OldestFirst, "oldest-first"}, {SheetOrder::NewestFirst, "newest-first"}});
}

struct SheetFilter {
    std::optional<OrderId> order;
    std::optional<JobId> job;
    bool openOnly = false;                         ///< not final
    int limit = 0;                                 ///< at most so many; 0: all of them
    SheetOrder sorting = SheetOrder::OldestFirst;  ///< also which end of a longer list `limit` keeps
    Instant from, to;                              ///< that changed last in [from, to); 0: from ever, to ever
    std::optional<SheetId> after{};                ///< go on after this one, in this order: the next page of a list
    bool withoutUnknown = false;                   ///< with openOnly: only those that need no person first
};

/// A job and how far it is.
struct JobTally {
    PrintJob job;
    int waiting = 0, onTheWay = 0, unknown = 0, out = 0, spoiled = 0, cancelled = 0;
    bool operator==(const JobTally&) const = default;
};

/// The ledger. Each call is one committed transaction: when it returns, a power cut loses nothing. Thread-safe.
class Ledger {
  public:
    virtual ~Ledger() = default;
    /// Plans all sheets of a job at once, each with a new attempt.
    virtual Result<PrintJob> planJob(OrderId order, const PrinterSetup& setup, const std::vector<PlannedSheet>& sheets,
                                     const JobTerms& terms, const std::string& actor) = 0;
    Result<PrintJob> planJob(OrderId order, const PrinterSetup& setup, const std::vector<PlannedSheet>& sheets,
                             const std::string& actor) {
        return planJob(order, setup, sheets, {}, actor);
    }
    virtual Result<PrintJob> printJob(JobId id) const = 0;
    virtual Result<Sheet> sheet(SheetId id) const = 0;
    virtual Result<std::vector<Sheet>> sheets(const SheetFilter& filter) const = 0;  ///< sorted as asked
    /// Moves the sheet if it is in `from`, else Conflict "sheet-moved"; a move outside the rule book: Internal.
    virtual Result<Sheet> move(SheetId id, SheetState from, const SheetMove& move) = 0;
    /// Notes a scheduler job number without changing the state (after Create-Job).
    virtual Result<Sheet> noteSchedulerJob(SheetId id, int schedulerJob) = 0;
    /// The page that sheets have under Sheet::recipe. Fails: NotFound "recipe-unknown"; Corrupt "recipe-damaged" when
    /// it is not what was planned; as parsePage().
    virtual Result<Page> page(const Sha256& recipe) const = 0;
    /// Its text as it was planned, by whatever version: for the record. Fails: NotFound "recipe-unknown".
    virtual Result<std::string> recipeJson(const Sha256& recipe) const = 0;
    /// Jobs with sheets that are not final, oldest first.
    virtual Result<std::vector<PrintJob>> openJobs() const = 0;
    /// How many of the job's sheets that are not final are in each state. Costs the same for jobs of any size that
    /// matters: who only counts does not read the sheets.
    virtual Result<std::map<SheetState, int>> openStates(JobId id) const = 0;
};

/// What people, and the agent for them, decide about jobs that wait. Each call is one committed transaction.
/// Thread-safe.
class JobControl {
  public:
    virtual ~JobControl() = default;
    /// Newest first; with `after` those that are older than it. Fails: NotFound "job-unknown".
    virtual Result<std::vector<JobTally>> jobs(bool openOnly, int limit, std::optional<JobId> after = {}) const = 0;
    /// A job that is held already, or not held, stays as it is. Fails: NotFound "job-unknown"; Conflict "job-over".
    virtual Result<PrintJob> holdJob(JobId id, const std::string& reason, const std::string& actor) = 0;
    virtual Result<PrintJob> releaseJob(JobId id, const std::string& actor) = 0;
    virtual Result<PrintJob> setPriority(JobId id, Priority priority, const std::string& actor) = 0;
    /// Cancels the sheets that `sheets` replace (movedFrom) and plans these on another setup, as a new job of the same
    /// priority, held if this one is: all or nothing. Fails: Conflict "sheet-moved" when one of them is no longer
    /// Planned, and as planJob.
    virtual Result<PrintJob> movePlanned(JobId from, const PrinterSetup& setup, const std::vector<PlannedSheet>& sheets,
                                         const std::string& engine, const std::string& actor) = 0;
    /// Changes the sentence that stands with an Unknown sheet. Fails: Conflict "sheet-moved" for any other.
    virtual Result<Sheet> noteSheet(SheetId id, const std::string& message, const std::string& actor) = 0;
};

/// Where setups are kept.
class SetupStore {
  public:
    virtual ~SetupStore() = default;
    virtual Result<void> saveSetup(const PrinterSetup& setup, const std::string& actor) = 0;
    virtual Result<PrinterSetup> setup(const std::string& name) const = 0;  ///< NotFound "setup-unknown"
    virtual Result<std::vector<PrinterSetup>> setups() const = 0;
    /// All well for a setup without events.
    virtual Result<PrinterCondition> condition(const std::string& setup) const = 0;
    /// Records what changed; writes nothing when all is as it was. Returns the condition from now on.
    virtual Result<PrinterCondition> observe(const std::string& setup, const PrinterObservation& observation) = 0;
    /// A person's word. Fails: NotFound "setup-unknown".
    virtual Result<PrinterCondition> setPaused(const std::string& setup, Paused paused, const std::string& actor) = 0;
};

}  // namespace contone::print
