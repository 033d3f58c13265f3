// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PrintWorker: prints the jobs of one route on one thread, polls the printer, restarts a queue that stopped itself,
// renders the next page while one prints, and moves waiting sheets to another printer of the pool.
#pragma once

#include <optional>

#include "core/production/print_supervisor.h"
#include "core/production/sheet_printer.h"
#include "core/production/watched_printer_p.h"

namespace contone::production {

bool isOnItsWay(print::SheetState state);

/// A job that a worker may print.
struct Printable {
    print::PrintJob job;
    bool onItsWay = false;  ///< one of its sheets is
    bool isOurs = false;    ///< planned while this supervisor runs
};

/// All that is to be done on one route, in this order.
struct Assignment {
    std::vector<Printable> jobs;
    std::vector<print::PrinterSetup> setups;  ///< the verified ones of this route, as they are now
    std::string stoppedWith;                  ///< see print::PrinterCondition
};

class PrintWorker {
  public:
    /// `emptySpool` after each job; `wake`: what waits has changed. The references outlive it.
    PrintWorker(const SupervisorParts& parts, PrinterMonitor& monitor, std::function<void()> emptySpool,
                std::function<void()> wake);
    /// Ends after the step in hand.
    ~PrintWorker();
    /// Begins nothing from now on. Does not wait. Any thread.
    void stop();
    PrintWorker(const PrintWorker&) = delete;
    PrintWorker& operator=(const PrintWorker&) = delete;
    /// From now on this is what there is to do. Any thread.
    void assign(Assignment assignment);

  private:
    using Steady = std::chrono::steady_clock;
    using Pause = std::chrono::milliseconds;
    /// What is kept of a job while it is printed.
    struct OpenJob {
        Printable what;
        std::unique_ptr<WatchedPrinter> printer{};
        std::unique_ptr<SheetPrinter> sheets{};
        bool rechecked = false;          ///< the route was verified again for this job
        bool inFlight = false;           ///< a sheet of it is on its way: no other job's turn
        int ended = 0;                   ///< how often the printer ended a page of it without paper
        Steady::time_point passOver{};   ///< until then other jobs go first
        Steady::time_point notBefore{};  ///< until then none of its pages is tried again
    };

    void run();
    bool isStopping();
    void takeAssignment();
    OpenJob* choose();
    /// One step of the job's next open sheet; how long to wait after it.
    Pause turn(OpenJob& job);
    Pause step(OpenJob& job, const print::Sheet& next);
    Pause afterTrouble(OpenJob& job, const print::Sheet& seen);
    Pause passOver(OpenJob& job);
    Pause trouble(const OpenJob& job, const Error& error);
    Pause hold(OpenJob& job, std::string_view reason);
    Pause drop(OpenJob& job);
    Pause untilNextPoll() const;
    Result<bool> isPaused() const;  ///< by a person, through any setup of this route
    Result<void> prepare(OpenJob& job);
    Result<void> recheck(OpenJob& job);
    std::optional<print::Verification> verificationOf(const print::PrinterSetup& planned) const;

    Result<std::unique_ptr<WatchedPrinter>> openPrinter(const print::PrinterSetup& setup);
    void recallStop(const std::string& words);
    void onState(print::Printer& printer, const Result<print::PrinterState>& state);
    void pollIfDue();
    void renderAhead();
    void shareIfDue();
    bool share(OpenJob& job, print::Source source, Sibling wanted);
    std::vector<print::Sheet> waitingOf(const OpenJob& job) const;

    const SupervisorParts& m_parts;
    PrinterMonitor& m_monitor;
    std::function<void()> m_emptySpool, m_wakeDispatcher;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stop = false;
    std::optional<Assignment> m_next;

    // Of the worker's own thread.
    std::map<JobId, OpenJob> m_open;
    std::vector<JobId> m_order;
    std::vector<print::PrinterSetup> m_setups;
    std::unique_ptr<WatchedPrinter> m_watched;  ///< to poll, whatever prints
    std::string m_stoppedWith;                  ///< see print::PrinterState; every printer here knows it
    Steady::time_point m_polledAt{}, m_resumedAt{}, m_shareAt{};
    Steady::time_point m_sentAt{};
    Steady::duration m_lastTook{};  ///< from sent to out
    SheetId m_ahead;                ///< whose page was rendered ahead
    std::thread m_thread;           ///< last: everything else is there when it begins
};

}  // namespace contone::production
