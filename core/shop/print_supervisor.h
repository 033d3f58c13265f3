// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PrintSupervisor: one worker a printer, one job in flight a printer, until every planned sheet is out or with a
// person. A job that cannot go on holds up no other.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "core/shop/page_spool.h"
#include "core/shop/shop.h"

namespace contone::shop {

/// Makes the printer of a setup. Fails: Invalid "bad-route", Unsupported.
using MakePrinter = std::function<Result<std::unique_ptr<print::Printer>>(const print::PrinterSetup&)>;

struct SupervisorParts {
    print::Ledger& ledger;
    const print::SetupStore& setups;
    PageSpool& spool;
    const std::map<std::string, print::PrinterModel>& models;
    MakePrinter makePrinter;
    const Clock& clock;
    Log log;
    std::function<void(std::string_view)> commitPoint = [](std::string_view) {};  ///< see print::SheetPrinterPorts
};

class PrintSupervisor {
  public:
    explicit PrintSupervisor(SupervisorParts parts);
    /// Stops after the step in hand; nothing is lost, the next supervisor goes on.
    ~PrintSupervisor();
    PrintSupervisor(const PrintSupervisor&) = delete;
    PrintSupervisor& operator=(const PrintSupervisor&) = delete;
    void start();
    /// New work may be there: look now instead of at the next turn. Any thread.
    void wake();
    /// The last that was seen of a setup's printer. Any thread.
    SetupStatus status(const std::string& setup) const;

  private:
    class Worker;
    struct Printable {
        print::PrintJob job;
        print::PrinterSetup setup;
    };
    std::vector<Printable> printable(const std::vector<print::PrintJob>& jobs) const;
    void dispatch();
    void emptySpool();
    void report(const std::string& setup, bool ready, std::vector<std::string> sentences);

    SupervisorParts m_parts;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stop = false;
    std::uint64_t m_round = 0;
    std::map<std::string, SetupStatus> m_status;
    std::map<std::string, std::unique_ptr<Worker>> m_workers;  ///< by route
    std::thread m_dispatcher;
};

}  // namespace contone::shop
