// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PrinterMonitor: keeps the last known state of the shop's printers, their obstacles, supplies and paper, and finds the
// printer of a pool that can take over.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <set>

#include "core/base/log.h"
#include "core/print/pool.h"
#include "core/print/setup_status.h"
#include "core/print/sheet.h"

namespace contone::production {

/// Sheets on a route that are planned or on their way, and routes that a person paused.
struct RouteLoad {
    std::map<std::string, int> waiting;
    std::set<std::string> paused;
};

enum class Sibling { Free, Usable };  ///< with nothing to do; or at least able to print

/// Keeps the states in memory, and has the setup store record what changed. Thread-safe.
class PrinterMonitor {
  public:
    /// The references outlive it.
    PrinterMonitor(print::SetupStore& setups, const print::Models& models, const Clock& clock, Log log)
        : m_setups(setups), m_models(models), m_clock(clock), m_log(std::move(log)) {}

    /// Takes in a state that was just read. `setups`: all on that printer's route.
    void onState(const std::vector<print::PrinterSetup>& setups, const Result<print::PrinterState>& state);
    /// What stands in the way of one job of a setup besides the printer's own obstacles; empty: nothing.
    void noteJob(const std::string& setup, JobId job, std::vector<print::Notice> notices);
    void arrange(RouteLoad load);
    /// Sheets were just planned there: it is not free any more.
    void addWaiting(const std::string& route, int sheets);

    /// `ready` false and seenAt 0 for a setup whose printer was not polled yet.
    print::SetupStatus status(const std::string& setup) const;
    /// How long this setup has not been able to print, paused or in trouble; 0: it can.
    std::chrono::milliseconds troubleOf(const print::PrinterSetup& setup) const;
    /// Another printer of the pool, for the same sheet, that could take over.
    std::optional<std::string> sibling(const print::PrinterSetup& of, Sibling wanted) const;

  private:
    using Steady = std::chrono::steady_clock;
    struct Seen {
        print::PrinterSetup setup;
        bool ready = false;
        std::vector<print::Notice> obstacles;
        std::vector<print::Supply> supplies;
        std::optional<int> reported;  ///< prints left, by the printer's own count
        std::vector<PaperSize> loaded;
        Instant at;
        std::optional<Steady::time_point> troubleSince;
    };
    const print::Medium* mediumOf(const print::PrinterSetup& setup) const;
    Seen observe(const print::PrinterSetup& setup, const Result<print::PrinterState>& state) const;
    std::optional<int> printsLeft(const Seen& on) const;
    int waitingOn(const std::string& route) const;
    std::vector<std::string> withPaperFor(const Seen& seen) const;

    print::SetupStore& m_setups;
    const print::Models& m_models;
    const Clock& m_clock;
    Log m_log;
    mutable std::mutex m_mutex;
    std::map<std::string, Seen> m_seen;                                            ///< by setup
    std::map<std::string, std::map<JobId, std::vector<print::Notice>>> m_jobsSay;  ///< by setup; no empty ones
    RouteLoad m_load;
};

/// Whether pages for one may be printed with the other: the same sheet, to 0.5 mm, cut into the same pieces.
bool isSameSheet(const print::Medium& a, const print::Medium& b);

}  // namespace contone::production
