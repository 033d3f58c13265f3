// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// IppPrinter: sends pages as PWG raster over IPP straight to a printer.
#pragma once

#include <chrono>
#include <memory>

#include "core/print/printer.h"
#include "printers/ipp/ipp_jobs.h"

namespace contone::printers {

struct IppOptions {
    std::chrono::milliseconds timeout{10'000};  ///< each call; pages on their way may pause for minutes
    Interrupt interrupt{};                      ///< cuts every call
};

/// The direct route (ipp://printer:631/ipp/print). Keeps no connection between calls. docs/printing.md says what is
/// verified and what risk is left.
class IppPrinter final : public print::Printer, public print::CanVerify {
  public:
    /// `device`: the pixels that the model is sent. Nothing is asked yet.
    /// Fails: Invalid "bad-printer-uri", also for a route of another kind.
    static Result<std::unique_ptr<IppPrinter>> open(const print::Route& route, image::PixelFormat device,
                                                    const IppOptions& options = {});

    Result<print::PrinterState> state() override;
    /// The sink must not outlive the printer. begin() asks the printer which raster types and resolutions it names, and
    /// fails as create() or with Unsupported "raster-type", "raster-resolution".
    std::unique_ptr<image::StripSink> documentSink(const Path& file, const print::Ticket& ticket) override;
    /// Fails: Unavailable "printer-unreachable", "printer-busy", "not-accepting"; Denied "printer-denied".
    Result<print::SchedulerJob> create(const print::Ticket& ticket) override;
    /// Also fails: Conflict "document-already-sent" when the job has one, "job-finished"; NotFound "job-unknown".
    Result<void> send(const print::Ticket& ticket, print::SchedulerJob job, const Path& file) override;
    Result<std::optional<print::JobStatus>> find(AttemptId attempt) override;
    /// A job that is over already stays as it is: no error.
    Result<void> cancel(print::SchedulerJob job) override;
    Result<void> release(print::SchedulerJob job) override;
    /// Does nothing: a printer goes on by itself.
    Result<void> resume() override { return {}; }
    /// No test page is sent: nothing lies between Contone and the printer that could change it.
    Result<print::Verification> verify(const print::PrinterSetup& setup, const print::Medium& medium,
                                       Instant at) override;

  private:
    IppPrinter(Wire wire, image::PixelFormat device) : m_device(device), m_jobs(std::move(wire), pwgRaster) {}
    image::PixelFormat m_device;
    IppJobs m_jobs;
};

}  // namespace contone::printers
