// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// IppJobs: announces, sends, finds and cancels our jobs at one printer or queue.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "core/print/printer.h"
#include "printers/ipp/ipp_job.h"
#include "printers/ipp/printer_facts.h"

namespace contone::printers {

using DriverOptions = std::map<std::string, std::string>;  ///< option → choice

inline constexpr const char* pwgRaster = "image/pwg-raster";  ///< MIME type, PWG 5102.4

/// Remembers between calls only which announced job of its own is certainly empty, for printers that do not count
/// documents. One thread at a time.
class IppJobs {
  public:
    /// `format`: the MIME type of the documents.
    IppJobs(Wire wire, std::string format) : m_wire(std::move(wire)), m_format(std::move(format)) {}
    const Wire& wire() const { return m_wire; }

    /// Create-Job. With driver options: those instead of what IPP has words for. Fails as readFacts.
    Result<print::SchedulerJob> create(const PrinterFacts& facts, const print::Ticket& ticket,
                                       const DriverOptions& options = {});
    /// Send-Document. Fails: NotFound "job-unknown"; Conflict "document-already-sent", "job-finished"; as
    /// Wire::askWithFile and errorOf.
    Result<void> send(const print::Ticket& ticket, print::SchedulerJob job, const Path& file);
    Result<std::optional<print::JobStatus>> find(AttemptId attempt) const;
    /// A job that is over stays as it is: no error. Fails: NotFound "job-unknown".
    Result<void> cancel(print::SchedulerJob job) const;
    /// A job that is not held stays as it is: no error. Fails: NotFound "job-unknown".
    Result<void> release(print::SchedulerJob job) const;

  private:
    bool isKnownEmpty(AttemptId attempt, print::SchedulerJob job) const {
        return m_looksFed == std::pair(attempt, job.number);
    }
    Wire m_wire;
    std::string m_format;
    /// Our announced job that the printer makes look as if it had a page. Forgotten before the first byte of one.
    std::optional<std::pair<AttemptId, int>> m_looksFed;
};

}  // namespace contone::printers
