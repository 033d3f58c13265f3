// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Combines what CUPS reports with what the printer behind the queue reports.
#include "printers/cups/cups_queue.h"

#include <algorithm>

#include "printers/guard/guard_uri.h"

namespace contone::printers {
namespace {

/// What only the queue itself can say.
bool isOfTheQueue(print::Obstacle obstacle) {
    return obstacle == print::Obstacle::Stopped || obstacle == print::Obstacle::Paused ||
           obstacle == print::Obstacle::NotAccepting;
}

/// What a queue calls completed, and what its printer says of the job, which has the same name there.
void confirm(print::JobStatus& status, const Result<std::optional<print::JobStatus>>& there) {
    if (!there) {
        status.progress = print::JobProgress::Printing;  // it will tell when it can be reached again
        status.sheets = 0;
        return;
    }
    const std::optional<print::JobStatus>& seen = *there;
    if (!seen) {
        status.sheets = 0;
        status.message = "The printer does not know this page any more.";
    } else if (seen->progress == print::JobProgress::Completed) {
        status.sheets = std::max(status.sheets, seen->sheets);
    } else {
        status.progress = print::isGivenUp(seen->progress) ? seen->progress : print::JobProgress::Printing;
        status.sheets = seen->sheets;
    }
}

/// Whether the printer refused the page whole that CUPS' ipp backend (2.4.2) brought it. The first error of a job's
/// only run stays its message, and the job is over only when the backend is.
bool isRefused(const print::JobStatus& queued, const Wire& printer, const std::optional<print::JobStatus>& there) {
    if (!print::isGivenUp(queued.progress) || queued.sheets > 0) return false;
    const auto says = [&](std::string_view words) { return queued.message.find(words) != std::string::npos; };
    // Said when a page is refused before any of it is sent: otherwise the job's first error is the next one.
    const bool before =
        says("Printer cannot print supplied content") || says("Printer cannot print with supplied options");
    if (!there) return before;
    if (!before && !says("Unable to add document")) return false;
    // Some of the page was sent: only the printer knows that it has none of it, and it must say so itself.
    const auto job = readJob(printer, there->job.number);
    if (!job || documentsOf(*job) > 0 || job->processed || job->sheets > 0) return false;
    const bool isOpen = job->state == IPP_JSTATE_PENDING || job->state == IPP_JSTATE_HELD;
    const bool isGivenUp = job->state == IPP_JSTATE_CANCELED || job->state == IPP_JSTATE_ABORTED;
    return (isOpen && (job->documents == 0 || job->incoming)) || (isGivenUp && (job->documents == 0 || job->waited));
}

/// The INFO lines of rastertogutenprint (Gutenprint 5.3.4).
bool isDriversProgress(std::string_view message) {
    return message.starts_with("Printing page ") || message.starts_with("Starting page ") ||
           message.starts_with("Finished page ");
}

/// Whether a page would begin if the queue were started; true when nobody can tell. Held jobs stay held.
bool wouldBeginAPage(const Wire& queue) {
    const auto rows = openJobs(queue);
    return !rows || std::ranges::any_of(*rows, [](const IppJob& row) { return row.state != IPP_JSTATE_HELD; });
}

/// The job's name; empty when no document was given to it.
Result<std::string> nameIfFed(const Wire& wire, print::SchedulerJob job) {
    CONTONE_TRY(const IppJob row, readJob(wire, job.number));
    return documentsOf(row) > 0 ? row.name : std::string();
}

}  // namespace

std::optional<IppAddress> deviceBehind(const PrinterFacts& queue) {
    const auto guard = GuardUri::parse(queue.deviceUri);
    const auto address = IppAddress::parse(guard ? guard->device : queue.deviceUri);
    return address ? std::optional(*address) : std::nullopt;
}

std::optional<Wire> CupsQueue::printerBehind(const PrinterFacts& facts) const {
    const auto address = deviceBehind(facts);
    return address ? std::optional(wire().at(*address)) : std::nullopt;
}

bool CupsQueue::isGuarded() const {
    const auto facts = readFacts(wire());
    return facts && GuardUri::parse(facts->deviceUri);
}

bool CupsQueue::saysWhatAJobSays(const PrinterFacts& facts) const {
    if (facts.state != IPP_PSTATE_STOPPED || facts.message.empty() || facts.message == "Paused") return false;
    const auto rows = openJobs(wire());
    if (!rows) return false;
    // The first error of a job stays its message; the queue's is the last word of anybody, also of the driver that was
    // still busy with the page. No person writes that.
    const bool isProgress = isDriversProgress(facts.message);
    return std::ranges::any_of(*rows, [&](const IppJob& row) {
        const bool toldAnError = !row.message.empty() && !isDriversProgress(row.message);
        return row.processed && (isProgress ? toldAnError : row.message == facts.message);
    });
}

CupsQueue::StoppedBy CupsQueue::stoppedBy(const PrinterFacts& facts) {
    if (saysWhatAJobSays(facts)) {
        m_stoppedWith = facts.message;
        return StoppedBy::Itself;
    }
    // A person who pauses leaves other words.
    if (facts.state == IPP_PSTATE_STOPPED && !m_stoppedWith.empty() && facts.message == m_stoppedWith)
        return StoppedBy::Itself;
    m_stoppedWith.clear();
    return StoppedBy::Person;
}

Result<print::PrinterState> CupsQueue::state() {
    CONTONE_TRY(const PrinterFacts facts, readFacts(wire()));
    print::PrinterState state = stateOf(facts);
    if (stoppedBy(facts) == StoppedBy::Itself)
        std::ranges::replace(state.obstacles, print::Obstacle::Paused, print::Obstacle::Stopped);
    state.stoppedWith = m_stoppedWith;
    const auto printer = printerBehind(facts);
    if (!printer) {
        // Nobody takes back what a backend said of the printer before it ended: only the next page shows what is
        // true.
        if (facts.state == IPP_PSTATE_IDLE) state.ready = std::ranges::none_of(state.obstacles, isOfTheQueue);
        return state;
    }
    // A queue knows its printer only while it prints, and never what paper is loaded: the printer's own word
    // counts.
    print::PrinterState behind;
    if (const auto asked = readFacts(*printer)) {
        behind = stateOf(*asked);
    } else {
        behind.ready = false;
        behind.obstacles = {print::Obstacle::Unreachable};
    }
    for (const print::Obstacle obstacle : state.obstacles)
        if (isOfTheQueue(obstacle) && std::ranges::find(behind.obstacles, obstacle) == behind.obstacles.end()) {
            behind.obstacles.push_back(obstacle);
            behind.ready = false;
        }
    std::ranges::sort(behind.obstacles);
    if (behind.supplies.empty()) behind.supplies = std::move(state.supplies);
    behind.stoppedWith = std::move(state.stoppedWith);
    if (std::ranges::any_of(state.obstacles, isOfTheQueue) || behind.message.empty())
        behind.message = std::move(state.message);
    return behind;
}

Result<PrinterFacts> CupsQueue::printerFacts() const {
    CONTONE_TRY(PrinterFacts facts, readFacts(wire()));
    const auto printer = printerBehind(facts);
    return printer ? readFacts(*printer) : Result<PrinterFacts>(std::move(facts));
}

Result<std::optional<print::JobStatus>> CupsQueue::find(AttemptId attempt) const {
    CONTONE_TRY(auto status, m_jobs.find(attempt));
    if (status && status->heldByNobody) status->heldByNobody = isGuarded();
    if (!status || !print::isOver(status->progress)) return status;
    if (status->progress != print::JobProgress::Completed && status->documents == 0) return status;
    // CUPS counts a sheet as soon as the printer has the page, and calls the job completed as well when the printer
    // knows it no more, after a power cut with the page in it: only the printer's own word counts.
    CONTONE_TRY(const PrinterFacts facts, readFacts(wire()));
    const auto printer = printerBehind(facts);
    if (!printer) return status;
    const auto there = findJob(*printer, print::jobName(attempt));
    if (there && GuardUri::parse(facts.deviceUri))  // without the guard, of which run?
        status->refused = isRefused(*status, *printer, *there);
    if (status->progress == print::JobProgress::Completed) {
        confirm(*status, there);
    } else if (!there) {
        status->printerIsSilent = true;
    } else if (*there && (*there)->documents > 0) {  // taken from the queue when the printer had it already
        status->progress = (*there)->progress;
        status->sheets = (*there)->sheets;
    }
    return status;
}

// The page may be at the printer already, of a job that the queue is done with or that the guard holds: it is taken
// away there too, or it would come out when paper is loaded.
Result<void> CupsQueue::cancel(print::SchedulerJob job) const {
    const auto name = nameIfFed(wire(), job);
    CONTONE_CHECK(m_jobs.cancel(job));
    if (!name || name->empty()) return {};
    CONTONE_TRY(const PrinterFacts facts, readFacts(wire()));
    const auto printer = printerBehind(facts);
    if (!printer) return {};
    const auto there = findJob(*printer, *name);
    if (!there || !*there) return {};  // of one that is off nothing is asked
    return IppJobs(*printer, pwgRaster).cancel((*there)->job);
}

Result<void> CupsQueue::resume() {
    CONTONE_TRY(const PrinterFacts facts, readFacts(wire()));
    if (stoppedBy(facts) != StoppedBy::Itself) return {};
    const auto printer = printerBehind(facts);
    // Nobody can ask whether the printer is mended. Once the page over which it stopped has been taken away, by a
    // person then, nothing begins when the queue starts.
    if (!printer) return wouldBeginAPage(wire()) ? Result<void>() : start();
    const auto behind = readFacts(*printer);
    if (!behind || !stateOf(*behind).ready) return {};
    return start();
}

Result<void> CupsQueue::start() const {
    CONTONE_TRY(const IppMessage answer, wire().ask(wire().request(IPP_OP_RESUME_PRINTER)));
    const auto started = checkStatus(answer);
    if (!started && started.error().code == Code::Denied)
        return fail(Code::Denied, "printer-denied",
                    "The print queue is stopped, and CUPS does not let Contone start it. Start it with cupsenable, and "
                    "let Contone's user into the group lpadmin.",
                    started.error().detail);
    return started;
}

}  // namespace contone::printers
