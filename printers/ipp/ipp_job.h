// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// IppJob: what a printer or queue reports about one job, and the status that follows from it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/print/printer.h"
#include "printers/ipp/ipp_wire.h"

namespace contone::printers {

/// The attributes of one job, as answered; never trusted further than its certainty goes.
struct IppJob {
    int id = 0;
    std::string name, message, holdUntil;
    ipp_jstate_t state = IPP_JSTATE_PENDING;
    std::optional<int> documents, kiloOctets;
    int sheets = 0;
    bool incoming = false;   ///< reasons say that the document is still to come
    bool processed = false;  ///< time-at-processing has a value
    bool waited = false;     ///< it is there and has none: the job never began
    bool hasReason = false;  ///< for the state that it is in
};

/// How many documents the job was given; 0 only when certainly none.
/// When in doubt there was one: a page is never sent twice. Printers need not count documents, and CUPS counts those it
/// still keeps: none after the job, with PreserveJobFiles No. Of a job that is over, having been processed says more
/// than a reason that nobody took back.
int documentsOf(const IppJob& job);
print::JobStatus statusOf(const IppJob& job);

/// The jobs of all users that are not over. Fails as Wire::ask and errorOf.
Result<std::vector<IppJob>> openJobs(const Wire& wire);
/// Fails also: NotFound "job-unknown".
Result<IppJob> readJob(const Wire& wire, int number);
/// The job of this name, open or in the history. Of several, the latest of those with a document, else the latest.
Result<std::optional<print::JobStatus>> findJob(const Wire& wire, const std::string& name);

}  // namespace contone::printers
