// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// GutenprintPrinter: sends pages as CUPS raster through a queue whose only filter is Gutenprint's driver.
#pragma once

#include <chrono>
#include <memory>

#include "core/print/printer.h"
#include "printers/cups/cups_queue.h"

namespace contone::printers {

struct GutenprintOptions {
    std::chrono::milliseconds timeout{10'000};  ///< each call; pages on their way may pause for minutes
    Interrupt interrupt{};                      ///< cuts every call
};

class DriverQueue;

/// The queue and its jobs are a CupsQueue, which says how calls fail; create() also fails with Conflict
/// "driver-option", "driver-missing". What a job says to the driver: every option of its PPD by name, with the medium's
/// PageSize and cut, the finish, and the model's pinned options.
class GutenprintPrinter final : public print::Printer, public print::CanVerify, public print::CanStartQueue {
  public:
    /// `route.uri`: the queue, ipp://localhost:631/printers/NAME. Nothing is asked yet.
    /// Fails: Invalid "bad-printer-uri"; Unsupported "raster-format" when the model's pixels are not 8-bit RGB.
    static Result<std::unique_ptr<GutenprintPrinter>> open(const print::Route& route, const print::PrinterModel& model,
                                                           const GutenprintOptions& options = {});
    ~GutenprintPrinter() override;

    Result<print::PrinterState> state() override { return m_queue.state(); }
    /// The sink must not outlive the printer. begin() asks the queue for its PPD; the page's living part must be
    /// exactly the page that the PPD describes. Fails: Conflict "driver-raster", "driver-option" (the driver does not
    /// know the page size, cut, finish or a pinned option), "driver-missing"; then as create().
    std::unique_ptr<image::StripSink> documentSink(const Path& file, const print::Ticket& ticket) override;
    Result<print::SchedulerJob> create(const print::Ticket& ticket) override;
    Result<void> send(const print::Ticket& ticket, print::SchedulerJob job, const Path& file) override {
        return m_queue.send(ticket, job, file);
    }
    Result<std::optional<print::JobStatus>> find(AttemptId attempt) override { return m_queue.find(attempt); }
    Result<void> cancel(print::SchedulerJob job) override { return m_queue.cancel(job); }
    Result<void> release(print::SchedulerJob job) override { return m_queue.release(job); }
    Result<void> resume() override { return m_queue.resume(); }
    Result<void> startQueue() override { return m_queue.start(); }
    void recallStop(const std::string& words) override { m_queue.recallStop(words); }
    /// Sends a test page through the queue's driver into a capture, where the scheduler is this computer's and
    /// lets us make a queue for a moment; the pages of DNP and Citizen printers are decoded and compared.
    Result<print::Verification> verify(const print::PrinterSetup& setup, const print::Medium& medium,
                                       Instant at) override;
    Result<print::Verification> recheck(const print::PrinterSetup& setup, const print::Medium& medium,
                                        Instant at) override;

  private:
    GutenprintPrinter(CupsQueue queue, std::unique_ptr<DriverQueue> driver);
    CupsQueue m_queue;
    std::unique_ptr<DriverQueue> m_driver;
};

}  // namespace contone::printers
