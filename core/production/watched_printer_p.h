// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// WatchedPrinter: passes calls on to a printer and reports every state that is read to a callback.
#pragma once

#include <functional>
#include <memory>

#include "core/print/printer.h"

namespace contone::production {

class WatchedPrinter final : public print::Printer {
  public:
    using Watch = std::function<void(print::Printer&, const Result<print::PrinterState>&)>;
    WatchedPrinter(std::unique_ptr<print::Printer> printer, Watch watch)
        : m_printer(std::move(printer)), m_watch(std::move(watch)) {}

    /// What it watches; also for the abilities that not every printer has.
    print::Printer& inner() { return *m_printer; }

    Result<print::PrinterState> state() override {
        auto state = m_printer->state();
        m_watch(*m_printer, state);
        return state;
    }
    std::unique_ptr<image::StripSink> documentSink(const Path& file, const print::Ticket& ticket) override {
        return m_printer->documentSink(file, ticket);
    }
    Result<print::SchedulerJob> create(const print::Ticket& ticket) override { return m_printer->create(ticket); }
    Result<void> send(const print::Ticket& ticket, print::SchedulerJob job, const Path& file) override {
        return m_printer->send(ticket, job, file);
    }
    Result<std::optional<print::JobStatus>> find(AttemptId attempt) override { return m_printer->find(attempt); }
    Result<void> cancel(print::SchedulerJob job) override { return m_printer->cancel(job); }
    Result<void> release(print::SchedulerJob job) override { return m_printer->release(job); }
    Result<void> resume() override { return m_printer->resume(); }

  private:
    std::unique_ptr<print::Printer> m_printer;
    Watch m_watch;
};

}  // namespace contone::production
