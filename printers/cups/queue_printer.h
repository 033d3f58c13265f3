// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// QueuePrinter: sends pages as PWG raster through a CUPS queue that was verified to run no filter on them.
#pragma once

#include <chrono>
#include <memory>

#include "core/print/printer.h"
#include "printers/cups/cups_queue.h"
#include "printers/ipp/verification_report.h"

namespace contone::printers {

struct QueueOptions {
    std::chrono::milliseconds timeout{10'000};  ///< each call; pages on their way may pause for minutes
    Interrupt interrupt{};                      ///< cuts every call
};

/// The queue route (ipp://localhost:631/printers/NAME). What its calls do and how they fail: CupsQueue, and
/// docs/printing.md, which says what is verified and what risk is left.
class QueuePrinter final : public print::Printer, public print::CanVerify, public print::CanStartQueue {
  public:
    /// `device`: the pixels that the model is sent. Nothing is asked yet.
    /// Fails: Invalid "bad-printer-uri", also for a route of another kind.
    static Result<std::unique_ptr<QueuePrinter>> open(const print::Route& route, image::PixelFormat device,
                                                      const QueueOptions& options = {});

    Result<print::PrinterState> state() override { return m_queue.state(); }
    /// The sink must not outlive the printer. begin() asks the printer behind the queue which raster types and
    /// resolutions it takes, and fails as create() or with Unsupported "raster-type", "raster-resolution".
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
    /// Sends a test page through a queue with the same PPD into a capture and compares every byte, where the scheduler
    /// is this computer's and lets us make a queue for a moment.
    Result<print::Verification> verify(const print::PrinterSetup& setup, const print::Medium& medium,
                                       Instant at) override;
    Result<print::Verification> recheck(const print::PrinterSetup& setup, const print::Medium& medium,
                                        Instant at) override;

  private:
    enum class TestPage { Sent, None };
    QueuePrinter(Wire wire, image::PixelFormat device, std::chrono::milliseconds timeout)
        : m_device(device), m_timeout(timeout), m_queue(std::move(wire), timeout, pwgRaster) {}
    Result<print::Verification> check(const print::PrinterSetup& setup, const print::Medium& medium, Instant at,
                                      TestPage testPage) const;
    /// Only for a queue of which nothing else is wrong.
    void comparePage(VerificationReport& report, const std::string& ppd, const PrinterFacts& behind,
                     const print::Ticket& ticket) const;

    image::PixelFormat m_device;
    std::chrono::milliseconds m_timeout;
    CupsQueue m_queue;
};

}  // namespace contone::printers
