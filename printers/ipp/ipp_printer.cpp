// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The two IPP routes behind the printer port.
#include "printers/ipp/ipp_printer.h"

#include <algorithm>
#include <functional>

#include "printers/guard/guard_uri.h"
#include "printers/ipp/ipp_jobs_p.h"
#include "printers/ipp/ipp_verify_p.h"
#include "printers/raster/pwg_writer.h"

namespace contone::printers {

class IppPrinter::Parts {
  public:
    print::RouteKind kind;
    image::PixelFormat device;
    std::chrono::milliseconds timeout;
    Wire wire;
    JobDialect dialect;
    /// Our announced job that the printer makes look as if it had a page. Forgotten before the first byte of one.
    std::optional<std::pair<AttemptId, int>> looksFed{};

    /// What the queue said when it had stopped itself: its page may be taken away since, and with it the proof.
    std::string stoppedWith{};

    StoppedBy stoppedBy(const PrinterFacts& facts) {
        if (whoStopped(wire, facts) == StoppedBy::Itself) {
            stoppedWith = facts.message;
            return StoppedBy::Itself;
        }
        // A person who pauses leaves other words.
        if (facts.state == IPP_PSTATE_STOPPED && !stoppedWith.empty() && facts.message == stoppedWith)
            return StoppedBy::Itself;
        stoppedWith.clear();
        return StoppedBy::Person;
    }

    bool isKnownEmpty(AttemptId attempt, print::SchedulerJob job) const {
        return looksFed == std::pair(attempt, job.number);
    }
    /// Whether each page starts once, whatever the scheduler does. False when that cannot be asked.
    bool isGuarded() const {
        const auto facts = readFacts(wire);
        return kind != print::RouteKind::Direct && facts && GuardUri::parse(facts->deviceUri);
    }
    /// The wire to the printer itself: this one, or the one behind the queue; nullopt when that does not speak IPP.
    std::optional<Wire> printerWire(const PrinterFacts& facts) const {
        if (kind == print::RouteKind::Direct) return wire;
        const auto address = deviceBehind(facts);
        return address ? std::optional(Wire(*address, timeout)) : std::nullopt;
    }
};

namespace {

/// What only the queue itself can say.
bool isOfTheQueue(print::Obstacle obstacle) {
    return obstacle == print::Obstacle::Stopped || obstacle == print::Obstacle::Paused ||
           obstacle == print::Obstacle::NotAccepting;
}

/// What a queue calls completed, and what its printer says of the job, which has the same name there.
void confirm(print::JobSight& sight, const Result<std::optional<print::JobSight>>& there) {
    if (!there) {
        sight.progress = print::JobProgress::Printing;  // it will tell when it can be reached again
        sight.sheets = 0;
        return;
    }
    const std::optional<print::JobSight>& seen = *there;
    if (!seen) {
        sight.sheets = 0;
        sight.message = "The printer does not know this page any more.";
    } else if (seen->progress == print::JobProgress::Completed) {
        sight.sheets = std::max(sight.sheets, seen->sheets);
    } else {
        const bool over =
            seen->progress == print::JobProgress::Aborted || seen->progress == print::JobProgress::Cancelled;
        sight.progress = over ? seen->progress : print::JobProgress::Printing;
        sight.sheets = seen->sheets;
    }
}

/// Asks the printer for its raster types when the page begins, then writes in the best of them.
class AskingSink final : public image::StripSink {
  public:
    using Ask = std::function<Result<PrinterFacts>()>;
    AskingSink(Path file, print::Ticket ticket, Ask ask)
        : m_file(std::move(file)), m_ticket(std::move(ticket)), m_ask(std::move(ask)) {}

    Result<void> begin(const image::PageHeader& header) override {
        CONTONE_TRY(const PrinterFacts facts, m_ask());
        const auto type = chooseRasterType(header.format, facts.rasterTypes);
        if (!type)
            return fail(
                Code::Unsupported, "raster-type",
                "The printer does not take pixels of this kind. Choose the right printer model and verify the setup.");
        if (!facts.hasDpi(header.dpiX, header.dpiY))
            return fail(
                Code::Unsupported, "raster-resolution",
                "The printer does not take this resolution. Choose the right printer model and verify the setup.",
                std::to_string(header.dpiX.value) + "x" + std::to_string(header.dpiY.value));
        m_sink =
            pwgFileSink(m_file, {*type, m_ticket.medium.ippMedia, mediaTypeFor(facts.mediaTypes, m_ticket.finish)});
        return m_sink->begin(header);
    }
    Result<void> write(image::StripView strip) override { return m_sink ? m_sink->write(strip) : notBegun(); }
    Result<void> finish() override { return m_sink ? m_sink->finish() : notBegun(); }

  private:
    static Result<void> notBegun() { return fail(Code::Internal, "strip-order", "The page could not be written."); }
    Path m_file;
    print::Ticket m_ticket;
    Ask m_ask;
    std::unique_ptr<image::StripSink> m_sink;
};

}  // namespace

IppPrinter::IppPrinter(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
IppPrinter::IppPrinter(IppPrinter&& other) noexcept = default;
IppPrinter::~IppPrinter() = default;

Result<std::unique_ptr<IppPrinter>> IppPrinter::open(const print::Route& route, image::PixelFormat device,
                                                     const IppOptions& options) {
    const bool driven = static_cast<bool>(options.dialect.driverOptions);
    if (route.kind == print::RouteKind::Sim || driven != (route.kind == print::RouteKind::Gutenprint))
        return fail(Code::Invalid, "bad-printer-uri", "This printer is not reached by PWG raster over IPP.", route.uri);
    CONTONE_TRY(IppAddress address, IppAddress::parse(route.uri));
    return std::unique_ptr<IppPrinter>(new IppPrinter(std::unique_ptr<Parts>(
        new Parts{route.kind, device, options.timeout, Wire(std::move(address), options.timeout), options.dialect})));
}

Result<print::PrinterState> IppPrinter::state() {
    CONTONE_TRY(const PrinterFacts facts, readFacts(m_parts->wire));
    print::PrinterState state = stateOf(facts);
    if (m_parts->kind == print::RouteKind::Direct) return state;
    if (m_parts->stoppedBy(facts) == StoppedBy::Itself)
        std::ranges::replace(state.obstacles, print::Obstacle::Paused, print::Obstacle::Stopped);
    const auto wire = m_parts->printerWire(facts);
    if (!wire) {
        // Nobody takes back what a backend said of the printer before it ended: only the next page shows what is true.
        if (facts.state == IPP_PSTATE_IDLE) state.ready = std::ranges::none_of(state.obstacles, isOfTheQueue);
        return state;
    }
    // A queue knows its printer only while it prints, and never what paper is loaded: the printer's own word counts.
    print::PrinterState behind;
    if (const auto asked = readFacts(*wire)) {
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
    if (std::ranges::any_of(state.obstacles, isOfTheQueue) || behind.message.empty())
        behind.message = std::move(state.message);
    return behind;
}

std::unique_ptr<image::StripSink> IppPrinter::documentSink(const Path& file, const print::Ticket& ticket) {
    return std::make_unique<AskingSink>(file, ticket, [parts = m_parts.get()]() -> Result<PrinterFacts> {
        CONTONE_TRY(PrinterFacts facts, readFacts(parts->wire));
        if (parts->kind == print::RouteKind::Direct) return facts;
        const auto wire = parts->printerWire(facts);
        return wire ? readFacts(*wire) : Result<PrinterFacts>(facts);
    });
}

Result<print::SchedulerJob> IppPrinter::create(const print::Ticket& ticket) {
    CONTONE_TRY(const PrinterFacts facts, readFacts(m_parts->wire));
    DriverOptions options;
    if (m_parts->dialect.driverOptions) {
        CONTONE_TRY(options, m_parts->dialect.driverOptions(ticket));
    }
    CONTONE_TRY(const print::SchedulerJob job, createJob(m_parts->wire, facts, ticket, options));
    m_parts->looksFed.reset();
    if (countsEmptyJob(m_parts->wire, job)) m_parts->looksFed.emplace(ticket.attempt, job.number);
    return job;
}

Result<void> IppPrinter::send(const print::Ticket& ticket, print::SchedulerJob job, const Path& file) {
    const bool empty = m_parts->isKnownEmpty(ticket.attempt, job);
    if (empty) m_parts->looksFed.reset();
    return sendDocument(m_parts->wire, ticket, job, {file, m_parts->dialect.format},
                        empty ? DocumentCount::Ignored : DocumentCount::Heeded);
}

Result<std::optional<print::JobSight>> IppPrinter::find(AttemptId attempt) {
    CONTONE_TRY(auto sight, findJob(m_parts->wire, print::jobName(attempt)));
    const bool over =
        sight && (sight->progress == print::JobProgress::Completed ||
                  sight->progress == print::JobProgress::Cancelled || sight->progress == print::JobProgress::Aborted);
    if (sight && !over && sight->sheets == 0 && m_parts->isKnownEmpty(attempt, sight->job)) {
        sight->documents = 0;
        sight->documentsGuessed = false;
        sight->progress = print::JobProgress::Created;
    }
    if (sight && sight->heldByNobody) sight->heldByNobody = m_parts->isGuarded();
    if (!sight || !over || m_parts->kind == print::RouteKind::Direct) return sight;
    const bool wasFed = sight->documents > 0;
    if (sight->progress != print::JobProgress::Completed && !wasFed) return sight;
    // CUPS counts a sheet as soon as the printer has the page, and calls the job completed as well when the printer
    // knows it no more, after a power cut with the page in it: only the printer's own word is proof.
    CONTONE_TRY(const PrinterFacts facts, readFacts(m_parts->wire));
    const auto device = m_parts->printerWire(facts);
    if (!device) return sight;
    const auto there = findJob(*device, print::jobName(attempt));
    if (sight->progress == print::JobProgress::Completed) {
        confirm(*sight, there);
    } else if (!there) {
        sight->printerIsSilent = true;
    } else if (*there && (*there)->documents > 0) {  // taken from the queue when the printer had it already
        sight->progress = (*there)->progress;
        sight->sheets = (*there)->sheets;
    }
    return sight;
}

// The page may be at the printer already, of a job that the queue is done with or that the guard holds: it is taken
// away there too, or it would come out when paper is loaded.
Result<void> IppPrinter::cancel(print::SchedulerJob job) {
    const auto name =
        m_parts->kind == print::RouteKind::Direct ? Result<std::string>("") : nameIfFed(m_parts->wire, job);
    CONTONE_CHECK(cancelJob(m_parts->wire, job));
    if (!name || name->empty()) return {};
    CONTONE_TRY(const PrinterFacts facts, readFacts(m_parts->wire));
    const auto device = m_parts->printerWire(facts);
    if (!device) return {};
    const auto there = findJob(*device, *name);
    return there && *there ? cancelJob(*device, (*there)->job) : Result<void>();  // of one that is off nothing is asked
}

Result<void> IppPrinter::release(print::SchedulerJob job) {
    return releaseJob(m_parts->wire, job);
}

Result<void> IppPrinter::resume() {
    if (m_parts->kind == print::RouteKind::Direct) return {};  // a printer says itself when it goes on
    CONTONE_TRY(const PrinterFacts facts, readFacts(m_parts->wire));
    if (m_parts->stoppedBy(facts) != StoppedBy::Itself) return {};
    const auto wire = m_parts->printerWire(facts);
    // Nobody can ask whether the printer is mended. Once the page over which it stopped has been taken away, by a
    // person then, nothing begins when the queue starts.
    if (!wire) return wouldBeginAPage(m_parts->wire) ? Result<void>() : startQueue();
    const auto behind = readFacts(*wire);
    if (!behind || !stateOf(*behind).ready) return {};
    return startQueue();
}

Result<void> IppPrinter::startQueue() {
    if (m_parts->kind == print::RouteKind::Direct) return {};
    CONTONE_TRY(const IppMessage answer, m_parts->wire.ask(m_parts->wire.request(IPP_OP_RESUME_PRINTER)));
    const auto started = checkStatus(answer);
    if (!started && started.error().code == Code::Denied)
        return fail(Code::Denied, "printer-denied",
                    "The print queue is stopped, and CUPS does not let Contone start it. Start it with cupsenable, and "
                    "let Contone's user into the group lpadmin.",
                    started.error().detail);
    return started;
}

Result<print::Verification> IppPrinter::verify(const print::PrinterSetup& setup, const print::Medium& medium,
                                               Instant at) {
    if (m_parts->kind == print::RouteKind::Direct)
        return verifyDirect(m_parts->wire, setup, medium, m_parts->device, at);
    return verifyQueue(m_parts->wire, setup, medium, m_parts->device, at, m_parts->timeout, TestPage::Sent);
}

Result<print::Verification> IppPrinter::recheck(const print::PrinterSetup& setup, const print::Medium& medium,
                                                Instant at) {
    if (m_parts->kind == print::RouteKind::Direct)
        return verifyDirect(m_parts->wire, setup, medium, m_parts->device, at);
    return verifyQueue(m_parts->wire, setup, medium, m_parts->device, at, m_parts->timeout, TestPage::None);
}

}  // namespace contone::printers
