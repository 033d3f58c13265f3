// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// IppPrinter: pages as PWG raster over IPP, straight to a printer or through a CUPS queue proved to leave them alone.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>

#include "core/print/printer.h"

namespace contone::printers {

/// How a route puts its jobs.
struct JobDialect {
    std::string format = "image/pwg-raster";  ///< of the document
    /// Where a driver takes the page: its options for this ticket, option → choice. They stand for media-col, quality
    /// and scaling, which CUPS would translate into options as it sees fit. Unset: no driver.
    std::function<Result<std::map<std::string, std::string>>(const print::Ticket&)> driverOptions;
};

struct IppOptions {
    std::chrono::milliseconds timeout{10'000};  ///< each call; pages on their way may pause for minutes
    JobDialect dialect;
};

/// Works by the route: Direct (ipp://printer:631/ipp/print) or Queue (ipp://localhost:631/printers/NAME). Keeps no
/// connection between calls, and of earlier ones only which announced job of its own is certainly empty, for printers
/// that do not count documents, and with which words the queue stopped itself. docs/printing.md says what is proved and
/// what risk is left.
class IppPrinter : public print::Printer, public print::CanVerify, public print::CanStartQueue {
  public:
    /// `device`: the pixels that the model is sent. Nothing is asked yet.
    /// Fails: Invalid "bad-printer-uri", also for a Sim route, and a Gutenprint route without driver options.
    static Result<std::unique_ptr<IppPrinter>> open(const print::Route& route, image::PixelFormat device,
                                                    const IppOptions& options = {});
    ~IppPrinter() override;

    /// Queue route: the device behind it is asked when that speaks IPP, and then its own word counts for paper, covers
    /// and supplies. What a queue knows of another device is what its backend said last: obstacles, and yet `ready`.
    Result<print::PrinterState> state() override;
    /// The sink must not outlive the printer. begin() asks the printer which raster types and resolutions it names, and
    /// fails as create() or with Unsupported "raster-type", "raster-resolution".
    std::unique_ptr<image::StripSink> documentSink(const Path& file, const print::Ticket& ticket) override;
    /// Fails: Unavailable "printer-unreachable", "printer-busy", "not-accepting"; NotFound "queue-missing"; Denied
    /// "printer-denied".
    Result<print::SchedulerJob> create(const print::Ticket& ticket) override;
    /// Also fails: Conflict "document-already-sent" when the job has one, "job-finished"; NotFound "job-unknown".
    Result<void> send(const print::Ticket& ticket, print::SchedulerJob job, const Path& file) override;
    Result<std::optional<print::JobStatus>> find(AttemptId attempt) override;
    /// A job that is over already stays as it is: no error.
    Result<void> cancel(print::SchedulerJob job) override;
    Result<void> release(print::SchedulerJob job) override;
    /// Nothing happens while the device behind the queue is in trouble. When it cannot be asked, nothing while a page
    /// waits: each try would begin one that the guard then leaves to a person, and the next one too.
    Result<void> resume() override;
    Result<void> startQueue() override;
    /// Queue route: also sends a test page through a queue with the same PPD into a capture and compares every byte,
    /// where the scheduler is this computer's and lets us make a queue for a moment.
    Result<print::Verification> verify(const print::PrinterSetup& setup, const print::Medium& medium,
                                       Instant at) override;
    Result<print::Verification> recheck(const print::PrinterSetup& setup, const print::Medium& medium,
                                        Instant at) override;

  protected:
    /// For routes that put their jobs as this one does.
    IppPrinter(IppPrinter&& other) noexcept;

  private:
    class Parts;
    explicit IppPrinter(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

}  // namespace contone::printers
