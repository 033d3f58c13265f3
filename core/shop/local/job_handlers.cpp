// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Jobs: listed, held, released, hurried, cancelled.
#include "core/shop/local/handlers_p.h"

namespace contone::shop {

Result<Page<print::JobTally>> Handlers::handle(const ListJobs& asked, const Asking&) {
    CONTONE_TRY(auto jobs, m_parts.jobs.jobs(asked.openOnly, asked.limit + 1, asked.after));
    return pageOf(std::move(jobs), asked.limit);
}

Result<print::PrintJob> Handlers::handle(const HoldJob& asked, const Asking& by) {
    CONTONE_CHECK(checkWord(asked.reason));
    auto held = m_parts.jobs.holdJob(asked.job, asked.reason, by.actor);
    m_parts.wakePrinting();
    return held;
}

Result<print::PrintJob> Handlers::handle(const ReleaseJob& asked, const Asking& by) {
    auto released = m_parts.jobs.releaseJob(asked.job, by.actor);
    m_parts.wakePrinting();
    return released;
}

Result<print::PrintJob> Handlers::handle(const SetJobPriority& asked, const Asking& by) {
    auto changed = m_parts.jobs.setPriority(asked.job, asked.priority, by.actor);
    m_parts.wakePrinting();
    return changed;
}

Result<CancelledSheets> Handlers::handle(const CancelJob& asked, const Asking& by) {
    CONTONE_CHECK(checkWord(asked.reason));
    CONTONE_CHECK(m_parts.ledger.printJob(asked.job));
    return cancelWaiting({.job = asked.job}, asked.reason, by.actor);
}

}  // namespace contone::shop
