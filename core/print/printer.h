// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Printer: the port that every route to paper implements: direct, queue, Gutenprint, sim. Small on purpose.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/enum_words.h"
#include "core/base/id.h"
#include "core/image/strip_sink.h"
#include "core/print/printer_model.h"
#include "core/print/setup.h"

namespace contone::print {

/// One physical print: one job, one page, one copy, always.
struct Ticket {
    AttemptId attempt;  ///< becomes the job's name at the scheduler: "contone-<uuid>"
    Medium medium;
    std::string finish;
};
std::string jobName(AttemptId attempt);

/// What the scheduler or printer calls the job. A number is only a hint: after a crash jobs are found by name.
struct SchedulerJob {
    int number = 0;
    bool operator==(const SchedulerJob&) const = default;
};

enum class JobProgress {
    Created,  ///< known, no document yet: harmless
    Waiting,  ///< document accepted, not started
    Held,     ///< held by a person or by our guard
    Printing,
    Completed,  ///< the scheduler says so; `sheets` tells whether paper moved
    Aborted,
    Cancelled,
};
const char* toString(JobProgress progress);
/// The scheduler does nothing more with the job: Completed, Aborted, Cancelled.
bool isOver(JobProgress progress);
/// It is over without having been printed to its end: Aborted, Cancelled.
bool isGivenUp(JobProgress progress);

struct JobStatus {
    SchedulerJob job;
    JobProgress progress = JobProgress::Created;
    int documents = 0;         ///< that ever arrived; 0 only when certainly none did, also of a job that is over
    int sheets = 0;            ///< job-media-sheets-completed / job-impressions-completed; 0 when not reported
    bool heldByGuard = false;  ///< our guard saw that this page was already started once
    std::string message;       ///< job-printer-state-message, may be empty; of a held job: what our guard says
    /// The printer does not count documents and nothing else tells whether one came: `documents` is 1 to be safe.
    bool documentsGuessed = false;
    /// Held with its page although nobody asked for it: the scheduler died while it took the page. It is not known
    /// whether it had begun. release() is safe then, a new job is not: the guard lets this attempt start once.
    bool heldByNobody = false;
    /// The queue is done with the job; the printer behind it, which may still have the page, could not be asked.
    bool printerIsSilent = false;
    /// The queue took the page and the printer behind it refused it: certainly nothing was printed or will be.
    bool refused = false;
};

/// What stands in the way, in the order in which people should be told.
enum class Obstacle {
    Unreachable,
    MediaEmpty,
    MediaJam,
    CoverOpen,
    SuppliesEmpty,
    WrongMedium,
    Stopped,  ///< the queue stopped itself after an error: resume() starts it again once its printer says it is well
    Paused,   ///< a person paused it, and only a person starts it again
    NotAccepting,
    Other
};
constexpr auto wordsOf(Obstacle) {
    return enumWords<Obstacle>("bad-obstacle", "There is no such obstacle.",
                               {{Obstacle::Unreachable, "unreachable"},
                                {Obstacle::MediaEmpty, "media-empty"},
                                {Obstacle::MediaJam, "media-jam"},
                                {Obstacle::CoverOpen, "cover-open"},
                                {Obstacle::SuppliesEmpty, "supplies-empty"},
                                {Obstacle::WrongMedium, "wrong-medium"},
                                {Obstacle::Stopped, "stopped"},
                                {Obstacle::Paused, "paused"},
                                {Obstacle::NotAccepting, "not-accepting"},
                                {Obstacle::Other, "other"}});
}
using contone::toString;
std::string sentenceFor(Obstacle obstacle);  ///< what is wrong and what to do, in plain words

/// What a printer says of one thing that it uses up.
struct Supply {
    enum class Kind { Media, Ribbon, Ink, Other } kind = Kind::Other;
    std::string name;            ///< as the printer calls it; may be empty
    std::optional<int> percent;  ///< 0…100 left
    std::optional<int> prints;   ///< native prints that it still lasts for, 0…; of the sheet that is loaded
    bool low = false;            ///< the printer itself warns that it runs low
    bool operator==(const Supply&) const = default;
};

constexpr auto wordsOf(Supply::Kind) {
    return enumWords<Supply::Kind>("bad-supply", "There is no such supply.",
                                   {{Supply::Kind::Media, "media"},
                                    {Supply::Kind::Ribbon, "ribbon"},
                                    {Supply::Kind::Ink, "ink"},
                                    {Supply::Kind::Other, "other"}});
}

struct PrinterState {
    bool ready = true;                  ///< will take a job now
    std::vector<Obstacle> obstacles;    ///< may be non-empty while ready; none twice, in the order of Obstacle
    std::vector<Supply> supplies;       ///< empty: the printer says nothing of them
    std::vector<PaperSize> mediaReady;  ///< sheets that are loaded, whatever the printer calls them; empty: not known
    std::string message;                ///< printer-state-message
    std::string stoppedWith;            ///< the words with which a queue stopped itself; empty: it did not
    /// The prints that are left: of the supply that ends first; nullopt when none is counted.
    std::optional<int> printsLeft() const;
};
/// Whether a queue may be started again unasked: it stopped after an error, and nothing else stands in the way. What a
/// person paused stays paused.
bool mayResume(const PrinterState& state);
/// Whether sheets of this medium are loaded, to 0.5 mm (printers round inches); true when that is not known.
bool isLoaded(const PrinterState& state, const Medium& medium);

/// Every call may block up to `timeout` given to the adapter (default 10 s) and returns Unavailable
/// "printer-unreachable" then; send() bears pauses of minutes, since printers read a page while they print it. One
/// thread at a time per object.
class Printer {
  public:
    virtual ~Printer() = default;
    virtual Result<PrinterState> state() = 0;
    /// A sink that writes the document this route sends, for one page. Device pixels as the model says. The printer is
    /// asked before this returns, what it would not answer is told by begin(); the sink itself waits for nobody.
    virtual std::unique_ptr<image::StripSink> documentSink(const Path& file, const Ticket& ticket) = 0;
    /// Create-Job: announces the job, sends nothing. Harmless if we die now.
    virtual Result<SchedulerJob> create(const Ticket& ticket) = 0;
    /// Send-Document, last. Succeeds only when the other side has accepted every byte.
    /// Fails: Unsupported "document-refused" (it never will), Unavailable (may or may not have arrived: unknown!).
    virtual Result<void> send(const Ticket& ticket, SchedulerJob job, const Path& file) = 0;
    /// The job of this attempt, running or in the history; nullopt when there is certainly none in it. Of several with
    /// its name (an answer to create() was lost), one with a document, else one that is not over.
    virtual Result<std::optional<JobStatus>> find(AttemptId attempt) = 0;
    virtual Result<void> cancel(SchedulerJob job) = 0;
    /// Lets a job go on that is heldByNobody; nothing happens to one that is not held.
    virtual Result<void> release(SchedulerJob job) = 0;
    /// Starts a queue again that is Stopped; nothing happens to one that runs, that a person paused, or whose printer
    /// is known to be in trouble still: it may be called at any time, again and again. Fails: Denied "printer-denied".
    virtual Result<void> resume() = 0;
};

/// A route with a queue that a person can start, whatever stopped it.
class CanStartQueue {
  public:
    virtual ~CanStartQueue() = default;
    /// At a person's word alone: nothing happens to a queue that runs. Fails: Denied "printer-denied"; as a printer
    /// does.
    virtual Result<void> startQueue() = 0;
    /// What PrinterState::stoppedWith said last, also to another process. Once the page is gone over which a queue
    /// stopped, nothing else tells that no person stopped it.
    virtual void recallStop(const std::string&) {}
};

/// A route that can be verified before it is used. A printer that cannot is refused as a setup.
class CanVerify {
  public:
    virtual ~CanVerify() = default;
    /// Checks that pages arrive unchanged: the raster type is accepted, borderless medium is there, no filter runs, the
    /// guard and the scheduler's settings are right. `at`: now. A failed check is a Verification with problems; an
    /// Error means that it could not be tried.
    virtual Result<Verification> verify(const PrinterSetup& setup, const Medium& medium, Instant at) = 0;
    /// The same questions before each job: the same fingerprint when nothing has changed. No test page is sent.
    virtual Result<Verification> recheck(const PrinterSetup& setup, const Medium& medium, Instant at) {
        return verify(setup, medium, at);
    }
};

}  // namespace contone::print
