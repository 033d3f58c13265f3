// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Chooses the next job and sheet, takes the sheet one step further, and says how long to wait.
#include "core/production/print_worker_p.h"

#include <algorithm>

#include "core/print/print_target.h"
#include "core/print/production_event.h"

namespace contone::production {

using namespace std::chrono_literals;

bool isOnItsWay(print::SheetState state) {
    return state == print::SheetState::Sending || state == print::SheetState::Sent ||
           state == print::SheetState::Printing;
}

PrintWorker::PrintWorker(const SupervisorParts& parts, PrinterMonitor& monitor, std::function<void()> emptySpool,
                         std::function<void()> wake)
    : m_parts(parts),
      m_monitor(monitor),
      m_emptySpool(std::move(emptySpool)),
      m_wakeDispatcher(std::move(wake)),
      m_thread([this] { run(); }) {}

PrintWorker::~PrintWorker() {
    stop();
    m_thread.join();
}

void PrintWorker::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_all();
}

bool PrintWorker::isStopping() {
    const std::lock_guard lock(m_mutex);
    return m_stop;
}

void PrintWorker::assign(Assignment assignment) {
    {
        const std::lock_guard lock(m_mutex);
        m_next = std::move(assignment);
    }
    m_wake.notify_all();
}

void PrintWorker::run() {
    for (;;) {
        Pause pause = m_parts.times.poll;
        try {
            takeAssignment();
            if (OpenJob* job = choose()) pause = turn(*job);
            if (isStopping()) return;
            pollIfDue();
            shareIfDue();
        } catch (const std::exception& e) {  // no memory, no thread: the ledger says where the sheet is, look again
            m_parts.log.error("print-worker", {{"detail", e.what()}});
            pause = 1000ms;
        }
        std::unique_lock lock(m_mutex);
        if (pause > 0ms) m_wake.wait_for(lock, pause, [&] { return m_stop || m_next; });
        if (m_stop) return;
    }
}

void PrintWorker::takeAssignment() {
    std::optional<Assignment> next;
    {
        const std::lock_guard lock(m_mutex);
        next.swap(m_next);
    }
    if (!next) return;
    m_setups = std::move(next->setups);
    if (!next->stoppedWith.empty()) recallStop(next->stoppedWith);
    m_order.clear();
    for (Printable& printable : next->jobs) {
        const JobId id = printable.job.id;
        m_order.push_back(id);
        if (const auto known = m_open.find(id); known != m_open.end()) {
            known->second.what.job = std::move(printable.job);
            continue;
        }
        OpenJob& open = m_open[id];
        open.inFlight = printable.onItsWay;
        open.what = std::move(printable);
    }
    // A sheet that has left since the dispatcher looked is followed to its end.
    for (auto it = m_open.begin(); it != m_open.end();) {
        const bool listed = std::ranges::find(m_order, it->first) != m_order.end();
        if (!listed && it->second.inFlight) m_order.insert(m_order.begin(), it->first);
        if (listed || it->second.inFlight) {
            ++it;
        } else {
            m_monitor.noteJob(it->second.what.job.setup.name, it->first, {});
            it = m_open.erase(it);
        }
    }
}

PrintWorker::OpenJob* PrintWorker::choose() {
    OpenJob *first = nullptr, *soonest = nullptr;
    for (const JobId& id : m_order) {
        OpenJob& job = m_open.at(id);
        if (job.inFlight) return &job;
        if (!first && job.passOver <= Steady::now()) first = &job;
        if (!soonest || job.passOver < soonest->passOver) soonest = &job;
    }
    return first ? first : soonest;
}

PrintWorker::Pause PrintWorker::turn(OpenJob& job) {
    const auto sheets =
        m_parts.ledger.sheets({.job = job.what.job.id, .openOnly = true, .limit = 1, .withoutUnknown = true});
    if (!sheets) return trouble(job, sheets.error());
    if (sheets->empty()) return drop(job);
    const auto next = sheets->begin();
    if (next->state == print::SheetState::Planned) {
        const auto now = m_parts.ledger.printJob(job.what.job.id);
        if (!now || now->isHeld()) return drop(job);  // since the dispatcher looked
        const auto paused = isPaused();
        if (!paused) return trouble(job, paused.error());  // a pause that cannot be read is no leave to print
        if (*paused) return 1000ms;
        if (Steady::now() < job.notBefore) return passOver(job);
    }
    return step(job, *next);
}

/// The job needs no more of us for now; when it does again, the dispatcher brings it back.
PrintWorker::Pause PrintWorker::drop(OpenJob& job) {
    const JobId id = job.what.job.id;
    m_monitor.noteJob(job.what.job.setup.name, id, {});
    std::erase(m_order, id);
    m_open.erase(id);
    m_emptySpool();
    return 0ms;
}

Result<bool> PrintWorker::isPaused() const {
    for (const print::PrinterSetup& setup : m_setups) {
        CONTONE_TRY(const print::PrinterCondition condition, m_parts.setups.condition(setup.name));
        if (condition.paused) return true;
    }
    return false;
}

PrintWorker::Pause PrintWorker::step(OpenJob& job, const print::Sheet& next) {
    if (!job.sheets)
        if (const auto ready = prepare(job); !ready) {
            trouble(job, ready.error());
            return afterTrouble(job, next);
        }
    if (next.state == print::SheetState::Planned && !job.rechecked)
        if (const auto good = recheck(job); !good) {
            trouble(job, good.error());
            return afterTrouble(job, next);
        }
    if (next.state == print::SheetState::Planned && isStopping()) return 0ms;
    const auto progress = job.sheets->step(next);
    const auto after = m_parts.ledger.sheet(next.id);
    job.inFlight = isOnItsWay(after ? after->state : next.state);
    if (after && after->state == print::SheetState::Sent && next.state != print::SheetState::Sent)
        m_sentAt = Steady::now();
    if (after && after->state == print::SheetState::Out) m_lastTook = Steady::now() - m_sentAt;
    if (!progress) {
        if (progress.error().reason == "sheet-moved") return 0ms;  // cancelled or moved while we looked: look again
        return trouble(job, progress.error());
    }
    m_monitor.noteJob(job.what.job.setup.name, job.what.job.id,
                      *progress == Progress::Blocked ? job.sheets->obstacles() : std::vector<print::Notice>{});
    switch (*progress) {
        case Progress::Moved:
        case Progress::Settled:
            return 0ms;
        case Progress::Waiting:
            renderAhead();
            return untilNextPoll();
        case Progress::Blocked:
            return afterTrouble(job, next);
        case Progress::Refused:
            return hold(job, print::refusedByPrinter);
        case Progress::GivenUp:
            return hold(job, print::endedByPrinter);
    }
    return 1000ms;
}

/// Its other pages would fare no better. They wait for a person, who moves them to another printer or mends this one;
/// other jobs go on.
PrintWorker::Pause PrintWorker::hold(OpenJob& job, std::string_view reason) {
    const auto held = m_parts.jobs.holdJob(job.what.job.id, std::string(reason), "agent");
    if (!held && held.error().reason != "job-over") return trouble(job, held.error());
    m_wakeDispatcher();
    return drop(job);
}

/// Photo printers take the same time for each print: around the moment in which the one before was out we look often,
/// because a printer that is done waits for us.
PrintWorker::Pause PrintWorker::untilNextPoll() const {
    const auto tolerance = std::max<Steady::duration>(500ms, m_lastTook / 10);
    const auto away = m_lastTook - (Steady::now() - m_sentAt);
    if (away > tolerance) return std::min<Pause>(250ms, std::chrono::ceil<Pause>(away - tolerance));
    return away > -tolerance ? 40ms : 250ms;
}

/// A printer that takes no job at all is waited for, and the jobs keep their order. When it would take one, what stands
/// in the way is this job's own, and the others go on. A sheet on its way keeps its job where it is: one in flight a
/// printer.
PrintWorker::Pause PrintWorker::afterTrouble(OpenJob& job, const print::Sheet& seen) {
    const auto sheet = m_parts.ledger.sheet(seen.id);
    if (!sheet || sheet->state != print::SheetState::Planned) return 1000ms;
    if (job.printer) {
        const auto state = job.printer->state();
        if (!state || !state->ready) return 1000ms;
    }
    job.rechecked = false;  // others print in between
    // A printer that ends every job is tried less and less often: after 2, 4, 8 … 60 s.
    if (sheet->attempts > seen.attempts) {
        job.ended = std::min(job.ended + 1, 6);
        job.notBefore = Steady::now() + std::chrono::seconds(std::min(60, 1 << job.ended));
    }
    job.passOver = Steady::now() + 5s;
    return std::ranges::any_of(m_open, [](const auto& o) { return o.second.passOver <= Steady::now(); }) ? 0ms : 1000ms;
}

/// Until it is its turn again others go first.
PrintWorker::Pause PrintWorker::passOver(OpenJob& job) {
    job.passOver = job.notBefore;
    return std::ranges::any_of(m_open, [](const auto& o) { return o.second.passOver <= Steady::now(); }) ? 0ms : 250ms;
}

PrintWorker::Pause PrintWorker::trouble(const OpenJob& job, const Error& error) {
    m_parts.log.error("print-worker", error, {{"setup", job.what.job.setup.name}, {"job", job.what.job.id.toString()}});
    m_monitor.noteJob(job.what.job.setup.name, job.what.job.id, {print::noticeOf(error)});
    return 1000ms;
}

/// What the setup's route was found to be when it was verified last, by the person at the printer too who was told so
/// after this job was planned; of a setup that has been changed since, what the job was planned with.
std::optional<print::Verification> PrintWorker::verificationOf(const print::PrinterSetup& planned) const {
    const auto latest = m_parts.setups.setup(planned.name);
    return latest && latest->verification && print::printsAlike(*latest, planned) ? latest->verification
                                                                                  : planned.verification;
}

/// Before the first page of a job leaves: the route must still be what was verified. Sheets that are on their way are
/// followed without this: they cannot be called back.
Result<void> PrintWorker::recheck(OpenJob& job) {
    const print::PrinterSetup& setup = job.what.job.setup;
    const std::optional<print::Verification> stored = verificationOf(setup);
    auto* route = dynamic_cast<print::CanVerify*>(&job.printer->inner());
    if (route == nullptr || !stored || !stored->passed)
        return fail(Code::Conflict, "setup-unverified", "This setup has not been verified. Verify it before printing.",
                    setup.name);
    CONTONE_TRY(const print::PrintTarget target, print::PrintTarget::create(setup, m_parts.models));
    CONTONE_TRY(const print::Verification now, route->recheck(setup, target.medium(), m_parts.clock.now()));
    if (!now.passed)
        return fail(Code::Conflict, "setup-changed",
                    now.problems.empty() ? "The printer is not as it was when it was verified. Verify the setup again."
                                         : now.problems.front(),
                    setup.name);
    if (now.atLeastOnce && !stored->atLeastOnce)
        return fail(
            Code::Conflict, "setup-changed",
            (now.problems.empty() ? std::string("This queue may print a page twice now.") : now.problems.front()) +
                " It was not so when this setup was verified: verify it again.",
            setup.name);
    if (now.fingerprint != stored->fingerprint)
        return fail(Code::Conflict, "setup-changed",
                    "The printer or its queue is no longer what was verified: its settings, driver or media have "
                    "changed. Verify the setup again.",
                    setup.name);
    job.rechecked = true;
    return {};
}

Result<void> PrintWorker::prepare(OpenJob& job) {
    const print::PrinterSetup& setup = job.what.job.setup;
    CONTONE_TRY(const print::PrintTarget target, print::PrintTarget::create(setup, m_parts.models));
    CONTONE_TRY(job.printer, openPrinter(setup));
    const auto document = [this, &job](const print::Sheet& sheet, const print::Ticket& ticket) -> Result<PageDocument> {
        CONTONE_TRY(const print::Page page, m_parts.ledger.page(sheet.recipe));
        return m_parts.spool.document(sheet.recipe, page, job.what.job.setup, *job.printer, ticket);
    };
    job.sheets = std::make_unique<SheetPrinter>(
        SheetPrinterPorts{m_parts.ledger, *job.printer, document, target.medium(), setup.finish, m_parts.clock,
                          m_parts.log, m_parts.commitPoint, [this] { return isStopping(); }});
    if (job.what.isOurs)
        for (const print::Sheet& sheet : waitingOf(job))
            if (sheet.attempts == 1) job.sheets->markUnannounced(sheet);
    return {};
}

}  // namespace contone::production
