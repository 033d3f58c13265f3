// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CupsQueue: a CUPS queue and the printer behind it: their state, our jobs at both, and starting the queue again.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "core/print/printer.h"
#include "printers/ipp/ipp_jobs.h"

namespace contone::printers {

/// The address of the printer behind a queue, when its device URI is IPP, plainly or through our guard.
std::optional<IppAddress> deviceBehind(const PrinterFacts& queue);

/// What every route through a CUPS queue shares. Keeps no connection between calls, and of earlier ones only which
/// announced job of its own is empty, and with which words the queue stopped itself. One thread at a time.
class CupsQueue {
  public:
    /// `format`: the MIME type of the documents. Nothing is asked yet.
    CupsQueue(Wire queue, std::chrono::milliseconds timeout, std::string format)
        : m_timeout(timeout), m_jobs(std::move(queue), std::move(format)) {}
    const Wire& wire() const { return m_jobs.wire(); }

    /// The printer behind the queue is asked when it speaks IPP, and then its own word counts for paper, covers and
    /// supplies. What a queue knows of another device is what its backend said last: obstacles, and yet `ready`.
    Result<print::PrinterState> state();
    /// Facts of the printer behind the queue, where that speaks IPP; else of the queue.
    Result<PrinterFacts> printerFacts() const;
    /// Of the queue itself. Fails: Unavailable "printer-unreachable"; NotFound "queue-missing"; Denied
    /// "printer-denied".
    Result<PrinterFacts> facts() const { return readFacts(wire()); }
    /// `facts`: of the queue. Fails as facts(); Unavailable "printer-busy", "not-accepting".
    Result<print::SchedulerJob> create(const PrinterFacts& facts, const print::Ticket& ticket,
                                       const DriverOptions& options = {}) {
        return m_jobs.create(facts, ticket, options);
    }
    Result<void> send(const print::Ticket& ticket, print::SchedulerJob job, const Path& file) {
        return m_jobs.send(ticket, job, file);
    }
    /// The queue's job, corrected by what the printer behind it says of the job of the same name. `refused` only
    /// behind the guard: without it a job may have run before.
    Result<std::optional<print::JobStatus>> find(AttemptId attempt) const;
    /// At the printer behind the queue too.
    Result<void> cancel(print::SchedulerJob job) const;
    Result<void> release(print::SchedulerJob job) const { return m_jobs.release(job); }
    /// Starts a queue that stopped itself, once the printer behind it is well. When that cannot be asked, only while no
    /// page waits: each try would begin one that the guard then leaves to a person, and the next one too.
    Result<void> resume();
    /// See CanStartQueue.
    void recallStop(const std::string& words) { m_stoppedWith = words; }
    /// Starts the queue, even when a person stopped it. Fails: Denied "printer-denied".
    Result<void> start() const;

  private:
    /// Who stopped a queue. A person's Pause-Printer replaces the queue's message (by "Paused" or by their words); CUPS
    /// copies what a backend said to its job as well, and keeps its first error there. So the queue stopped itself when
    /// its message is that of a job that was tried and still waits, or a driver's progress after such a job's error. In
    /// every other case, also when nothing was said, a person may have done it.
    enum class StoppedBy { Itself, Person };
    StoppedBy stoppedBy(const PrinterFacts& facts);
    /// Whether the stopped queue has the message of one of its jobs.
    bool saysWhatAJobSays(const PrinterFacts& facts) const;
    /// nullopt when the printer does not speak IPP.
    std::optional<Wire> printerBehind(const PrinterFacts& facts) const;
    /// Whether each page starts once, whatever the scheduler does. False when that cannot be asked.
    bool isGuarded() const;

    std::chrono::milliseconds m_timeout;
    IppJobs m_jobs;
    /// What the queue said when it had stopped itself: its page may be taken away since, and with it the evidence.
    std::string m_stoppedWith;
};

}  // namespace contone::printers
