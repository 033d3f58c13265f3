// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The dispatcher finds open jobs; each route has a worker thread that prints its jobs, oldest first; a job that cannot
// go on lets the next one pass.
#include "core/shop/print_supervisor.h"

#include <algorithm>
#include <chrono>
#include <list>
#include <set>
#include <utility>

#include "core/print/setup_json.h"

namespace contone::shop {
namespace {

using namespace std::chrono_literals;

/// What a worker keeps of a job it prints.
struct OpenJob {
    print::PrintJob job;
    print::PrinterSetup setup;
    std::unique_ptr<print::Printer> printer;
    std::unique_ptr<print::SheetPrinter> sheets;
    bool proved = false;  ///< the route was verified again for this job
};

/// The worker's next act after a look at a job.
struct Turn {
    enum class Next {
        Again,     ///< this job, after the pause
        PassOver,  ///< the job cannot go on and nothing of it is on its way: the next job, if there is one
        Over,      ///< the job needs no more of us
    } next = Next::Again;
    std::chrono::milliseconds pause = 0ms;
};

bool isOnItsWay(const print::Sheet& sheet) {
    return sheet.state == print::SheetState::Sending || sheet.state == print::SheetState::Sent ||
           sheet.state == print::SheetState::Printing;
}

}  // namespace

/// Prints the jobs of one route on one thread.
class PrintSupervisor::Worker {
  public:
    explicit Worker(PrintSupervisor& owner) : m_owner(owner), m_thread([this] { run(); }) {}
    ~Worker() {
        {
            const std::lock_guard lock(m_mutex);
            m_stop = true;
        }
        m_wake.notify_all();
        m_thread.join();
    }
    void add(const print::PrintJob& job, const print::PrinterSetup& setup) {
        {
            const std::lock_guard lock(m_mutex);
            if (!m_seen.insert(job.id).second) return;
            m_queue.push_back({job, setup, nullptr, nullptr, false});
        }
        m_wake.notify_all();
    }

  private:
    void run() {
        for (;;) {
            OpenJob* job = nullptr;
            {
                std::unique_lock lock(m_mutex);
                m_wake.wait(lock, [&] { return m_stop || !m_queue.empty(); });
                if (m_stop) return;
                job = &m_queue.front();  // only this thread removes
            }
            const Turn done = turn(*job);
            std::unique_lock lock(m_mutex);
            if (done.next == Turn::Next::Over) {
                m_seen.erase(job->job.id);
                m_queue.pop_front();
            } else if (done.next == Turn::Next::PassOver) {
                m_queue.splice(m_queue.end(), m_queue, m_queue.begin());  // the OpenJob itself does not move
            }
            if (done.pause > 0ms) m_wake.wait_for(lock, done.pause, [&] { return m_stop; });
            if (m_stop) return;
        }
    }

    /// One look at the job's next open sheet.
    Turn turn(OpenJob& job) {
        const SupervisorParts& parts = m_owner.m_parts;
        const auto sheets = parts.ledger.sheets({.job = job.job.id, .openOnly = true});
        if (!sheets) return trouble(job, sheets.error());
        const auto next =
            std::ranges::find_if(*sheets, [](const print::Sheet& s) { return s.state != print::SheetState::Unknown; });
        if (next == sheets->end()) return finish(job);
        if (!job.sheets) {
            if (auto ready = prepare(job); !ready) return afterTrouble(job, *next, trouble(job, ready.error()));
        }
        if (next->state == print::SheetState::Planned && !job.proved) {
            if (auto good = prove(job); !good) return afterTrouble(job, *next, trouble(job, good.error()));
        }
        const auto progress = job.sheets->step(*next);
        if (!progress) {
            if (progress.error().reason == "sheet-moved") return {};  // cancelled while we looked: look again
            return trouble(job, progress.error());
        }
        m_owner.report(job.setup.name, *progress != print::Progress::Blocked, job.sheets->obstacles());
        switch (*progress) {
            case print::Progress::Moved:
            case print::Progress::Settled:
                return {};
            case print::Progress::Waiting:
                return {Turn::Next::Again, 250ms};
            case print::Progress::Blocked:
                return afterTrouble(job, *next, {Turn::Next::Again, 1000ms});
        }
        return {Turn::Next::Again, 1000ms};
    }

    /// A printer that takes no job at all is waited for, and the jobs keep their order. When it would take one, what
    /// stands in the way is this job's own, and the others go on. A sheet on its way keeps its job where it is: one in
    /// flight a printer.
    Turn afterTrouble(OpenJob& job, const print::Sheet& seen, Turn otherwise) {
        const auto sheet = m_owner.m_parts.ledger.sheet(seen.id);
        if (!sheet || sheet->state != print::SheetState::Planned) return otherwise;
        if (job.printer) {
            const auto state = job.printer->state();
            if (!state || !state->ready) return otherwise;
        }
        job.proved = false;  // others print in between
        otherwise.next = Turn::Next::PassOver;
        return otherwise;
    }

    Turn trouble(const OpenJob& job, const Error& error) {
        m_owner.m_parts.log.error("print-worker", error, {{"setup", job.setup.name}, {"job", job.job.id.toString()}});
        m_owner.report(job.setup.name, false, {error.message});
        return {Turn::Next::Again, 1000ms};
    }

    /// What the setup's route was found to be when it was verified last, by the person at the printer too who was told
    /// so after this job was planned; of a setup that has been changed since, what the job was planned with.
    std::optional<print::Verification> verificationOf(const print::PrinterSetup& planned) const {
        auto latest = m_owner.m_parts.setups.setup(planned.name);
        if (!latest || !latest->verification) return planned.verification;
        const auto verification = std::exchange(latest->verification, planned.verification);
        return *latest == planned ? verification : planned.verification;
    }

    /// Before the first page of a job leaves: the route must still be what was verified. Sheets that are on their way
    /// are followed without this: they cannot be called back.
    Result<void> prove(OpenJob& job) {
        const std::optional<print::Verification> stored = verificationOf(job.setup);
        auto* prover = dynamic_cast<print::CanVerify*>(job.printer.get());
        if (prover == nullptr || !stored || !stored->passed)
            return fail(Code::Conflict, "setup-unverified",
                        "This setup has not been proved. Verify it before printing.", job.setup.name);
        const auto model = m_owner.m_parts.models.find(job.setup.model);
        CONTONE_TRY(const print::Verification now,
                    prover->recheck(job.setup, *model->second.medium(job.setup.medium), m_owner.m_parts.clock.now()));
        if (!now.passed)
            return fail(Code::Conflict, "setup-changed",
                        now.problems.empty()
                            ? "The printer is not as it was when it was verified. Verify the setup again."
                            : now.problems.front(),
                        job.setup.name);
        if (now.atLeastOnce && !stored->atLeastOnce)
            return fail(
                Code::Conflict, "setup-changed",
                (now.problems.empty() ? std::string("This queue may print a page twice now.") : now.problems.front()) +
                    " It was not so when this setup was verified: verify it again.",
                job.setup.name);
        if (now.fingerprint != stored->fingerprint)
            return fail(Code::Conflict, "setup-changed",
                        "The printer or its queue is no longer what was verified: its settings, driver or media have "
                        "changed. Verify the setup again.",
                        job.setup.name);
        job.proved = true;
        return {};
    }

    Result<void> prepare(OpenJob& job) {
        const SupervisorParts& parts = m_owner.m_parts;
        const auto model = parts.models.find(job.setup.model);
        const print::Medium* medium = model == parts.models.end() ? nullptr : model->second.medium(job.setup.medium);
        if (!medium)
            return fail(Code::NotFound, "medium-unknown",
                        "This setup's printer model or medium is no longer known. Set it up again.", job.setup.model);
        CONTONE_TRY(job.printer, parts.makePrinter(job.setup));
        const auto document = [this, &job](const print::Sheet& sheet,
                                           const print::Ticket& ticket) -> Result<print::PageDocument> {
            CONTONE_TRY(const std::string recipe, m_owner.m_parts.ledger.recipeJson(sheet.recipe));
            return m_owner.m_parts.spool.document(sheet.recipe, recipe, job.setup, *job.printer, ticket);
        };
        job.sheets = std::make_unique<print::SheetPrinter>(
            print::SheetPrinterPorts{parts.ledger, *job.printer, document, *medium, job.setup.finish, parts.clock,
                                     parts.log, parts.commitPoint});
        return {};
    }

    Turn finish(const OpenJob& job) {
        m_owner.emptySpool();
        m_owner.report(job.setup.name, true, {});
        return {Turn::Next::Over, 0ms};
    }

    PrintSupervisor& m_owner;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stop = false;
    std::list<OpenJob> m_queue;
    std::set<JobId> m_seen;
    std::thread m_thread;
};

PrintSupervisor::PrintSupervisor(SupervisorParts parts) : m_parts(std::move(parts)) {}

PrintSupervisor::~PrintSupervisor() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_all();
    if (m_dispatcher.joinable()) m_dispatcher.join();
    m_workers.clear();
}

void PrintSupervisor::start() {
    m_dispatcher = std::thread([this] { dispatch(); });
}

void PrintSupervisor::wake() {
    {
        const std::lock_guard lock(m_mutex);
        m_round++;
    }
    m_wake.notify_all();
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

/// The jobs that go on without a person; first those with a sheet on its way, which the process before us may have left
/// behind others, then the oldest.
std::vector<PrintSupervisor::Printable> PrintSupervisor::printable(const std::vector<print::PrintJob>& jobs) const {
    std::vector<Printable> onTheWay, waiting;
    for (const print::PrintJob& job : jobs) {
        const auto sheets = m_parts.ledger.sheets({.job = job.id, .openOnly = true});
        const auto inQuestion = [](const print::Sheet& s) { return s.state == print::SheetState::Unknown; };
        if (!sheets || std::ranges::all_of(*sheets, inQuestion)) continue;  // only a person can go on here
        auto setup = print::setupFromJson(job.setupJson);
        if (!setup) {
            m_parts.log.error("job-setup", setup.error(), {{"job", job.id.toString()}});
            continue;
        }
        (std::ranges::any_of(*sheets, isOnItsWay) ? onTheWay : waiting).push_back({job, std::move(*setup)});
    }
    std::ranges::move(waiting, std::back_inserter(onTheWay));
    return onTheWay;
}

void PrintSupervisor::dispatch() {
    emptySpool();
    for (std::uint64_t seen = 0;;) {
        const auto jobs = m_parts.ledger.openJobs();
        if (!jobs) m_parts.log.error("open-jobs", jobs.error());
        for (const auto& [job, setup] : jobs ? printable(*jobs) : std::vector<Printable>{}) {
            auto& worker = m_workers[setup.route.uri];
            if (!worker) worker = std::make_unique<Worker>(*this);
            worker->add(job, setup);
        }
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, 2s, [&] { return m_stop || m_round != seen; });
        seen = m_round;
        if (m_stop) return;
    }
}

void PrintSupervisor::report(const std::string& setup, bool ready, std::vector<std::string> sentences) {
    const std::lock_guard lock(m_mutex);
    SetupStatus& status = m_status[setup];
    status.setup = setup;
    status.ready = ready;
    status.sentences = std::move(sentences);
    status.seenAt = m_parts.clock.now();
}

SetupStatus PrintSupervisor::status(const std::string& setup) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_status.find(setup);
    return found == m_status.end() ? SetupStatus{.setup = setup} : found->second;
}

}  // namespace contone::shop
