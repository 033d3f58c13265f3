// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Jobs: what is printed when, and on which printer.
#pragma once

#include "core/shop/operation_terms.h"
#include "core/shop/values.h"

namespace contone::shop {

struct ListJobs {
    using Answer = Page<print::JobTally>;
    static constexpr OperationTerms terms{
        .name = "list-jobs",
        .does = "Lists jobs, newest first, each with how many of its sheets are where.",
        .answer = "Page of JobTally",
        .fails = "job-unknown, bad-limit",
        .effect = Effect::Reads};
    bool openOnly = false;  ///< only jobs with sheets that are not final
    std::optional<JobId> after;
    int limit = 100;
    static constexpr auto fields() {
        return json::list(json::field("openOnly", &ListJobs::openOnly, json::Absent::KeepsDefault),
                          json::field("after", &ListJobs::after),
                          json::field("limit", &ListJobs::limit, pageLimit, json::Absent::KeepsDefault));
    }
};

struct HoldJob {
    using Answer = print::PrintJob;
    static constexpr OperationTerms terms{.name = "hold-job",
                                          .does = "Starts no new sheet of a job; a sheet at the printer goes on.",
                                          .answer = "PrintJob",
                                          .fails = "job-unknown, job-over, bad-reason"};
    JobId job;
    std::string reason;  ///< kebab case; empty: "held"
    static constexpr auto fields() {
        return json::list(json::field("job", &HoldJob::job),
                          json::field("reason", &HoldJob::reason, json::Absent::KeepsDefault));
    }
};

struct ReleaseJob {
    using Answer = print::PrintJob;
    static constexpr OperationTerms terms{
        .name = "release-job",
        .does = "Lets a held job go on; also the approval of a job that is older than two hours after a restart.",
        .answer = "PrintJob",
        .fails = "job-unknown"};
    JobId job;
    static constexpr auto fields() { return json::list(json::field("job", &ReleaseJob::job)); }
};

struct SetJobPriority {
    using Answer = print::PrintJob;
    static constexpr OperationTerms terms{.name = "set-job-priority",
                                          .does = "Decides which jobs of a printer go first.",
                                          .answer = "PrintJob",
                                          .fails = "job-unknown, job-over"};
    JobId job;
    print::Priority priority = print::Priority::InStore;
    static constexpr auto fields() {
        return json::list(json::field("job", &SetJobPriority::job), json::field("priority", &SetJobPriority::priority));
    }
};

struct TransferJob {
    using Answer = print::PrintJob;
    static constexpr OperationTerms terms{
        .name = "transfer-job",
        .does =
            "Prints the sheets of a job that still wait with another setup: planned and rendered anew for that "
            "printer.",
        .answer = "the new PrintJob on that setup",
        .fails = "job-unknown, job-over, same-setup, sheet-moved, setup-unknown, setup-unverified, wrong-medium",
        .within = aWhile};
    JobId job;
    std::string setup;
    static constexpr auto fields() {
        return json::list(json::field("job", &TransferJob::job), json::field("setup", &TransferJob::setup));
    }
};

struct CancelJob {
    using Answer = CancelledSheets;
    static constexpr OperationTerms terms{.name = "cancel-job",
                                          .does = "Cancels every sheet of a job that still waits.",
                                          .answer = "the sheets that waited",
                                          .fails = "job-unknown, bad-reason",
                                          .within = aWhile};
    JobId job;
    std::string reason;  ///< kebab case, never a person's words; empty: "not-wanted"
    static constexpr auto fields() {
        return json::list(json::field("job", &CancelJob::job),
                          json::field("reason", &CancelJob::reason, json::Absent::KeepsDefault));
    }
};

}  // namespace contone::shop
