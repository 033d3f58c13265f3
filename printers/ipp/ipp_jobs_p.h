// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Jobs over IPP: announcing, sending, finding by name, cancelling.
#pragma once

#include <map>

#include "core/print/printer.h"
#include "printers/ipp/printer_facts.h"

namespace contone::printers {

using DriverOptions = std::map<std::string, std::string>;  ///< option → choice

/// With driver options: those instead of what IPP has words for.
Result<print::SchedulerJob> createJob(const Wire& wire, const PrinterFacts& facts, const print::Ticket& ticket,
                                      const DriverOptions& options);
/// Whether the printer makes a job look as if it had a document, asked of one that certainly has none: just created.
/// False also when it does not answer: send() is then refused by the count, and a person decides.
bool countsEmptyJob(const Wire& wire, print::SchedulerJob job);
/// Ignored: only for a job that certainly is empty, on a printer that does not count.
enum class DocumentCount { Heeded, Ignored };
struct Document {
    Path file;
    std::string format;  ///< MIME type
};
Result<void> sendDocument(const Wire& wire, const print::Ticket& ticket, print::SchedulerJob job,
                          const Document& document, DocumentCount count);
Result<std::optional<print::JobStatus>> findJob(const Wire& wire, const std::string& name);
/// Who stopped a queue. A person's Pause-Printer replaces the queue's message (by "Paused" or by their words); CUPS
/// copies what a backend said to its job as well, and keeps its first error there. So the queue stopped itself when its
/// message is that of a job that was tried and still waits, or a driver's progress after such a job's error. In every
/// other case, also when nothing was said, a person may have done it.
enum class StoppedBy { Itself, Person };
StoppedBy whoStopped(const Wire& queue, const PrinterFacts& facts);
/// Whether a page would begin if the queue were started; true when nobody can tell. Held jobs stay held.
bool wouldBeginAPage(const Wire& queue);
/// The job's name; empty when no document was given to it.
Result<std::string> nameIfFed(const Wire& wire, print::SchedulerJob job);
/// One that is over, or is not held, stays as it is: no error.
Result<void> cancelJob(const Wire& wire, print::SchedulerJob job);
Result<void> releaseJob(const Wire& wire, print::SchedulerJob job);

}  // namespace contone::printers
