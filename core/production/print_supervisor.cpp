// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The dispatcher reads which jobs are open and gives each printer's worker its jobs in order: by priority, then by
// age.
#include "core/production/print_supervisor.h"

#include <algorithm>
#include <utility>

#include "core/print/production_event.h"
#include "core/production/print_worker_p.h"

namespace contone::production {

using namespace std::chrono_literals;

/// What there is at one moment.
struct PrintSupervisor::Round {
    std::map<std::string, Assignment> byRoute;
    RouteLoad load;
};

PrintSupervisor::PrintSupervisor(SupervisorParts parts)
    : m_parts(std::move(parts)), m_monitor(m_parts.setups, m_parts.models, m_parts.clock, m_parts.log) {}

PrintSupervisor::~PrintSupervisor() {
    beginStop();
    m_workers.clear();
}

void PrintSupervisor::beginStop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_all();
    if (m_dispatcher.joinable()) m_dispatcher.join();  // from here on nobody makes or feeds workers
    for (const auto& [route, worker] : m_workers) worker->stop();
}

void PrintSupervisor::start() {
    holdOldJobs();
    m_dispatcher = std::thread([this] { dispatch(); });
}

void PrintSupervisor::wake() {
    {
        const std::lock_guard lock(m_mutex);
        m_round++;
    }
    m_wake.notify_all();
}

void PrintSupervisor::holdOldJobs() {
    const auto jobs = m_parts.ledger.openJobs();
    if (!jobs) return m_parts.log.error("open-jobs", jobs.error());
    for (const print::PrintJob& job : *jobs) {
        m_earlier.insert(job.id);
        if (job.isHeld() || !print::needsApproval(job, m_parts.clock.now())) continue;
        const auto held = m_parts.jobs.holdJob(job.id, std::string(print::tooOld), "agent");
        if (!held && held.error().reason != "job-over")
            m_parts.log.error("job-not-held", held.error(), {{"job", job.id.toString()}});
    }
}

/// Pages of sheets that need them no more, also of a process that died before it came to this.
void PrintSupervisor::emptySpool() {
    const auto wanted = [this]() -> Result<std::set<Sha256>> {
        std::set<Sha256> recipes;
        CONTONE_TRY(const auto jobs, m_parts.ledger.openJobs());
        for (const print::PrintJob& job : jobs) {
            CONTONE_TRY(const auto sheets, m_parts.ledger.sheets({.job = job.id, .openOnly = true}));
            for (const print::Sheet& s : sheets)
                if (s.state != print::SheetState::Unknown) recipes.insert(s.recipe);
        }
        return recipes;
    };
    if (const auto emptied = m_parts.spool.keepOnly(wanted); !emptied)
        m_parts.log.warning("spool-not-emptied", {{"reason", emptied.error().reason}});
}

PrintSupervisor::Round PrintSupervisor::survey() const {
    Round round;
    const auto setups = m_parts.setups.setups();
    if (!setups) m_parts.log.error("setups", setups.error());
    for (const print::PrinterSetup& setup : setups ? *setups : std::vector<print::PrinterSetup>{}) {
        const auto condition = m_parts.setups.condition(setup.name);
        if (condition && condition->paused) round.load.paused.insert(setup.route.uri);
        if (!setup.verification || !setup.verification->passed) continue;
        round.byRoute[setup.route.uri].setups.push_back(setup);
        if (condition && !condition->stoppedWith.empty())
            round.byRoute[setup.route.uri].stoppedWith = condition->stoppedWith;
    }
    const auto jobs = m_parts.ledger.openJobs();
    if (!jobs) m_parts.log.error("open-jobs", jobs.error());
    for (const print::PrintJob& job : jobs ? *jobs : std::vector<print::PrintJob>{}) {
        const auto states = m_parts.ledger.openStates(job.id);
        if (!states) continue;
        bool onItsWay = false;
        int toPrint = 0;  // but what is in question
        for (const auto& [state, count] : *states) {
            onItsWay = onItsWay || isOnItsWay(state);
            if (state != print::SheetState::Unknown) toPrint += count;
        }
        // Only a person can go on with what is in question or held.
        if (!onItsWay && (job.isHeld() || toPrint == 0)) continue;
        const std::string& route = job.setup.route.uri;
        round.load.waiting[route] += toPrint;
        round.byRoute[route].jobs.push_back({job, onItsWay, !m_earlier.contains(job.id)});
    }
    for (auto& [route, assignment] : round.byRoute)
        std::ranges::stable_sort(
            assignment.jobs, [](const Printable& a, const Printable& b) { return a.job.priority < b.job.priority; });
    return round;
}

void PrintSupervisor::giveOut(Round round) {
    m_monitor.arrange(std::move(round.load));
    for (auto& [route, assignment] : round.byRoute) {
        auto found = m_workers.find(route);
        if (found == m_workers.end()) {
            auto worker =
                std::make_unique<PrintWorker>(m_parts, m_monitor, [this] { emptySpool(); }, [this] { wake(); });
            found = m_workers.emplace(route, std::move(worker)).first;
        }
        found->second->assign(std::move(assignment));
    }
}

void PrintSupervisor::dispatch() {
    bool isSpoolEmptied = false;
    for (std::uint64_t seen = 0;;) {
        try {
            if (!std::exchange(isSpoolEmptied, true)) emptySpool();
            giveOut(survey());
        } catch (const std::exception& e) {  // no memory, no thread: the next round may have it
            m_parts.log.error("print-dispatcher", {{"detail", e.what()}});
        }
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, 2s, [&] { return m_stop || m_round != seen; });
        seen = m_round;
        if (m_stop) return;
    }
}

}  // namespace contone::production
