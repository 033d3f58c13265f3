// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PrintSupervisor: gives each printer one worker, which prints one job at a time until every planned sheet is out or
// waits for a person. A job that cannot go on holds up no other; a printer is polled whether it prints or not.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "core/production/page_spool.h"
#include "core/production/printer_monitor.h"

namespace contone::production {

/// Makes the printer of a setup. Fails: Invalid "bad-route", Unsupported.
using MakePrinter = std::function<Result<std::unique_ptr<print::Printer>>(const print::PrinterSetup&)>;
/// Plans sheets of a job that wait on another setup instead: see LocalShop::moveSheets.
using MoveSheets = std::function<Result<print::PrintJob>(JobId, const std::vector<SheetId>&, const std::string& setup)>;

struct SupervisorTimes {
    std::chrono::milliseconds poll{1500};             ///< between two polls of an idle printer
    std::chrono::milliseconds failoverAfter{10'000};  ///< in trouble for so long, its pool takes over what waits
};

/// The references outlive it.
struct SupervisorParts {
    print::Ledger& ledger;
    print::JobControl& jobs;
    print::SetupStore& setups;
    PageSpool& spool;
    const print::Models& models;
    MakePrinter makePrinter;
    const Clock& clock;
    Log log;
    std::function<void(std::string_view)> commitPoint = [](std::string_view) {};  ///< see SheetPrinterPorts
    MoveSheets moveSheets{};                                                      ///< empty: nothing moves by itself
    SupervisorTimes times{};
};

class PrintWorker;

class PrintSupervisor {
  public:
    explicit PrintSupervisor(SupervisorParts parts);
    /// Stops after the steps in hand; nothing is lost, the next supervisor goes on.
    ~PrintSupervisor();
    /// Tells all workers at once to begin nothing more, and does not wait for what they have in hand. Once or more, by
    /// the owner's thread.
    void beginStop();
    PrintSupervisor(const PrintSupervisor&) = delete;
    PrintSupervisor& operator=(const PrintSupervisor&) = delete;
    /// First holds the jobs that people may have given up (print::needsApproval).
    void start();
    /// New work may be there: read the ledger now, not at the next turn. Any thread.
    void wake();
    /// The last known status of a setup's printer. Any thread.
    print::SetupStatus status(const std::string& setup) const { return m_monitor.status(setup); }

  private:
    struct Round;
    void holdOldJobs();
    Round survey() const;
    void giveOut(Round round);
    void dispatch();
    void emptySpool();

    SupervisorParts m_parts;
    PrinterMonitor m_monitor;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stop = false;
    std::uint64_t m_round = 0;
    std::set<JobId> m_earlier;  ///< jobs that were open before we started; another process may have announced them
    std::map<std::string, std::unique_ptr<PrintWorker>> m_workers;  ///< by route
    std::thread m_dispatcher;
};

}  // namespace contone::production
