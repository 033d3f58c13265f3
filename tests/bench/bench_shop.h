// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// BenchShop: a real agent with two virtual photo printers, one behind a private scheduler with our guard, and a clock
// for the moment in which a page reaches a printer.
#pragma once

#include <chrono>
#include <memory>

#include "core/shop/shop.h"
#include "printers/virtual/child_process.h"
#include "printers/virtual/private_scheduler.h"
#include "printers/virtual/virtual_printer.h"

namespace contone::bench {

enum class BenchRoute { Direct, Queue };
enum class Forget { OwnFiles, AllFiles };

/// What a printer did with one page.
struct PaperMove {
    std::chrono::nanoseconds from{}, to{};  ///< since 1970
};

class BenchShop {
  public:
    /// `folder` is made; the scheduler's own user must be able to enter it. `programs`: of contone-agent and its
    /// siblings. Both setups are verified when it returns.
    static Result<std::unique_ptr<BenchShop>> start(const Path& folder, const Path& programs);
    shop::Shop& shop() { return *m_shop; }
    /// "direct", "queue".
    static std::string setupOf(BenchRoute route) { return route == BenchRoute::Direct ? "direct" : "queue"; }
    /// How long a sheet takes in the printers from now on.
    Result<void> setSheetTime(std::chrono::milliseconds time);
    /// Ends the agent and starts it as after a night: no colour tables, no rendered pages, and the kernel keeps no file
    /// in memory (which needs root) or at least none of the shop and of its programs that nobody uses.
    Result<void> restartCold(Forget forget);
    /// Of one line for each crop; every other crop is one that no order had before.
    Result<OrderId> order(const Sha256& original, int lines);

    /// Waits for the first byte of a document at the printer. Made before the print is asked for.
    class FirstByte {
      public:
        FirstByte(FirstByte&&) = default;
        /// Fails: Unavailable "print-not-finished" after a minute.
        Result<std::chrono::steady_clock::time_point> wait();

      private:
        friend class BenchShop;
        explicit FirstByte(FileDescriptor watch) : m_watch(std::move(watch)) {}
        FileDescriptor m_watch;
    };
    Result<FirstByte> watch(BenchRoute route);
    /// Of all pages that came out there so far, in their order.
    Result<std::vector<PaperMove>> paperMoves(BenchRoute route) const;

  private:
    BenchShop() = default;
    Result<void> startAgent();
    Result<void> addSetup(BenchRoute route, const std::string& uri);
    printers::VirtualPrinter& printer(BenchRoute route) { return *m_printers[static_cast<std::size_t>(route)]; }
    Path home() const { return m_folder / "shop"; }

    Path m_folder, m_programs;
    std::unique_ptr<printers::VirtualPrinter> m_printers[2];
    std::unique_ptr<printers::PrivateScheduler> m_scheduler;
    printers::ChildProcess m_agent;
    std::unique_ptr<shop::Shop> m_shop;
    int m_lines = 0;
};

}  // namespace contone::bench
