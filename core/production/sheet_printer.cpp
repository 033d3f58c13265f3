// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The steps of one sheet. Each function says what is certain at that point.
#include "core/production/sheet_printer.h"

namespace contone::production {
namespace {

/// Whether this failure is the sheet's own, so that it can never be printed as it is. All others are troubles of the
/// computer or the printer: a full disk, a profile that nobody may read, memory. They pass, and the sheet waits.
bool isOfTheSheet(Code code) {
    switch (code) {
        case Code::Invalid:
        case Code::NotFound:
        case Code::Conflict:
        case Code::Unsupported:
        case Code::Corrupt:
            return true;
        case Code::Denied:
        case Code::Unavailable:
        case Code::Cancelled:
        case Code::Internal:
            return false;
    }
    return false;
}

/// What a printer says of pages that it never takes: of their kind when they are written, or of the document.
bool isOfThePrinter(const Error& error) {
    return error.code == Code::Unsupported &&
           (error.reason.starts_with("raster-") || error.reason == "document-refused");
}

}  // namespace

Result<Progress> SheetPrinter::step(const print::Sheet& sheet) {
    m_obstacles.clear();
    switch (sheet.state) {
        case print::SheetState::Planned:
            return start(sheet);
        case print::SheetState::Sending:
            return recoverSending(sheet);
        case print::SheetState::Sent:
        case print::SheetState::Printing:
            return follow(sheet);
        case print::SheetState::Out:
        case print::SheetState::Unknown:
        case print::SheetState::Spoiled:
        case print::SheetState::Cancelled:
            return Progress::Settled;
    }
    return Progress::Settled;
}

Progress SheetPrinter::blocked(print::Notice why) {
    m_obstacles.push_back(std::move(why));
    return Progress::Blocked;
}

Progress SheetPrinter::refused(const print::Sheet& sheet, const Error& error) {
    m_ports.log.error("page-refused", error, {{"sheet", sheet.id.toString()}});
    m_obstacles.push_back(print::noticeOf(error));
    return Progress::Refused;
}

Result<Progress> SheetPrinter::moveTo(const print::Sheet& sheet, print::SheetState to, std::string reason,
                                      std::string message) {
    const auto moved =
        m_ports.ledger.move(sheet.id, sheet.state, {to, std::move(reason), std::move(message), {}, {}, {}, "agent"});
    if (!moved) return std::unexpected(moved.error());
    m_ports.log.info("sheet-moved",
                     {{"sheet", sheet.id.toString()}, {"to", print::toString(to)}, {"reason", moved->reason}});
    return to == print::SheetState::Sent || to == print::SheetState::Printing || to == print::SheetState::Planned
               ? Progress::Moved
               : Progress::Settled;
}

Result<Progress> SheetPrinter::backToPlanned(const print::Sheet& sheet, std::string reason, std::string message) {
    print::SheetMove move{print::SheetState::Planned,
                          std::move(reason),
                          std::move(message),
                          AttemptId::generate(m_ports.clock),
                          0,
                          {},
                          "agent"};
    const auto moved = m_ports.ledger.move(sheet.id, sheet.state, move);
    if (!moved) return std::unexpected(moved.error());
    m_unannounced.insert(moved->attempt);
    m_ports.log.warning("sheet-again", {{"sheet", sheet.id.toString()}, {"reason", moved->reason}});
    // A pause: a printer that fails every time is not flooded with jobs, and after some a person looks. What an earlier
    // process saw does not count: that it died is not the printer's doing.
    const Progress paused = blocked({moved->reason, moved->message});
    return ++m_ended[sheet.id] >= mostTries ? Progress::GivenUp : paused;
}

bool SheetPrinter::withdraw(const print::Sheet& sheet) {
    if (sheet.state != print::SheetState::Planned) return false;
    if (m_unannounced.contains(sheet.attempt)) return true;
    const auto isEmpty = [](const print::JobStatus& seen) {
        return seen.documents == 0 && seen.sheets == 0 && !seen.documentsGuessed && !seen.heldByGuard;
    };
    const auto answer = m_ports.printer.find(sheet.attempt);
    if (!answer) return false;
    const std::optional<print::JobStatus>& job = *answer;
    if (!job) return true;
    if (!isEmpty(*job)) return false;
    if (print::isGivenUp(job->progress)) return true;
    if (job->progress != print::JobProgress::Created || !m_ports.printer.cancel(job->job)) return false;
    const auto again = m_ports.printer.find(sheet.attempt);
    if (!again) return false;
    const std::optional<print::JobStatus>& taken = *again;
    return taken && isEmpty(*taken) && print::isGivenUp(taken->progress);
}

// Planned: nothing that can print has been sent under this attempt.
Result<Progress> SheetPrinter::start(const print::Sheet& sheet) {
    const print::Ticket ticket = ticketFor(sheet);
    print::SchedulerJob adopted;
    if (!m_unannounced.contains(sheet.attempt)) {
        // Another process may have announced it and died before it could note so.
        const auto answer = m_ports.printer.find(sheet.attempt);
        if (!answer) return blocked(print::noticeOf(answer.error()));
        const std::optional<print::JobStatus>& job = *answer;
        if (!job) {
            m_unannounced.insert(sheet.attempt);
        } else if (job->documents == 0 && job->progress == print::JobProgress::Created) {
            adopted = job->job;
        } else {
            return startOver(sheet, *job);
        }
    }
    const auto state = m_ports.printer.state();
    if (!state) return blocked(print::noticeOf(state.error()));
    if (!state->ready) {
        for (const print::Obstacle o : state->obstacles) m_obstacles.push_back(print::noticeOf(o));
        if (m_obstacles.empty()) m_obstacles.push_back(print::noticeOf(print::Obstacle::Other));
        return Progress::Blocked;
    }
    if (!print::isLoaded(*state, ticket.medium)) return blocked(print::noticeOf(print::Obstacle::WrongMedium));

    auto document = m_ports.document(sheet, ticket);
    if (!document) {
        if (isOfThePrinter(document.error())) return refused(sheet, document.error());
        if (document.error().code != Code::Unavailable)
            m_ports.log.error("page-not-rendered", document.error(), {{"sheet", sheet.id.toString()}});
        if (!isOfTheSheet(document.error().code)) return blocked(print::noticeOf(document.error()));
        return moveTo(sheet, print::SheetState::Cancelled, document.error().reason, document.error().message);
    }
    if (m_ports.isStopping()) return Progress::Waiting;
    if (adopted.number == 0) {
        m_unannounced.erase(sheet.attempt);  // the answer, or our note of it, may be lost, not the job
        const auto job = m_ports.printer.create(ticket);
        if (!job) {
            // Nothing that create() says is about the sheet: a queue that is missing or closed comes back.
            if (job.error().code == Code::Unsupported) return refused(sheet, job.error());
            return blocked(print::noticeOf(job.error()));
        }
        adopted = *job;
        m_ports.commitPoint("created");
    }
    return begin(sheet, adopted, *document);
}

// Planned, but the job of this attempt is not as we would have left it.
Result<Progress> SheetPrinter::startOver(const print::Sheet& sheet, const print::JobStatus& seen) {
    const auto sending = m_ports.ledger.move(sheet.id, print::SheetState::Planned,
                                             {print::SheetState::Sending, {}, {}, {}, seen.job.number, {}, "agent"});
    if (!sending) return std::unexpected(sending.error());
    // The ledger says that nothing was sent, the scheduler has a document: the ledger is older than the paper.
    if (seen.documents > 0)
        return moveTo(*sending, print::SheetState::Unknown, "sent-before-recorded",
                      "This sheet may have been printed already. Look in the tray.");
    // The scheduler gave up waiting for the document, or a person did: a new try needs a new name.
    return recoverSending(*sending);
}

// The job is announced, without a document. From SENDING on, paper may move.
Result<Progress> SheetPrinter::begin(const print::Sheet& sheet, print::SchedulerJob job, const PageDocument& document) {
    const auto sending = m_ports.ledger.move(
        sheet.id, print::SheetState::Planned,
        {print::SheetState::Sending, {}, {}, {}, job.number, document.raster, "agent", document.fingerprint});
    if (!sending) {
        // Cancelled or moved while it was announced: the empty job stands in nobody's way.
        if (sending.error().reason == "sheet-moved") (void)m_ports.printer.cancel(job);
        return std::unexpected(sending.error());
    }
    m_ports.commitPoint("sending");
    const auto sent = m_ports.printer.send(ticketFor(*sending), job, document.file);
    m_ports.commitPoint("document-sent");
    if (sent) {
        auto moved = moveTo(*sending, print::SheetState::Sent);
        m_ports.commitPoint("sent");
        return moved;
    }
    m_ports.log.error("send-failed", sent.error(), {{"sheet", sheet.id.toString()}});
    // Nobody but us knows that no byte of the page has left: what the printer says of the job is then not about it.
    if (sent.error().code == Code::Conflict || sent.error().code == Code::NotFound) {
        const auto answer = m_ports.printer.find(sending->attempt);
        const std::optional<print::JobStatus> seen = answer ? *answer : std::nullopt;
        if (seen && (seen->documents > 0 || seen->sheets > 0))
            return moveTo(*sending, print::SheetState::Unknown, "done-before-sent",
                          "The printer says that it has this sheet, which was not sent yet. Look in the tray.");
    }
    if (sent.error().code != Code::Unsupported) return recoverSending(*sending);
    return takeBack(*sending, job, sent.error());
}

// Refused whole: certainly no page is there. The empty job is taken back so that it blocks nobody.
Result<Progress> SheetPrinter::takeBack(const print::Sheet& sheet, print::SchedulerJob job, const Error& error) {
    // A printer that counts paper for a page that it refuses cannot be believed either way.
    const auto answer = m_ports.printer.find(sheet.attempt);
    const std::optional<print::JobStatus> seen = answer ? *answer : std::nullopt;
    if (seen && (seen->sheets > 0 || seen->progress == print::JobProgress::Completed))
        return moveTo(sheet, print::SheetState::Unknown, "refused-and-printed",
                      "The printer says that it refused this sheet, and that it printed it. Look in the tray.");
    (void)m_ports.printer.cancel(job);
    const auto planned = m_ports.ledger.move(
        sheet.id, sheet.state,
        {print::SheetState::Planned, error.reason, error.message, AttemptId::generate(m_ports.clock), 0, {}, "agent"});
    if (!planned) return std::unexpected(planned.error());
    m_unannounced.insert(planned->attempt);
    return refused(*planned, error);
}

// Sending: some of the document may have left. Only what the scheduler shows decides.
Result<Progress> SheetPrinter::recoverSending(const print::Sheet& sheet) {
    const auto answer = m_ports.printer.find(sheet.attempt);
    if (!answer) return blocked(print::noticeOf(answer.error()));
    const std::optional<print::JobStatus>& job = *answer;
    if (!job)
        return moveTo(sheet, print::SheetState::Unknown, "job-forgotten",
                      "The printer no longer knows this sheet, which was being sent. Look in the tray.");
    const print::JobStatus& seen = *job;
    if (seen.heldByGuard)
        return moveTo(sheet, print::SheetState::Unknown, "scheduler-restarted",
                      "The print system was restarted while this sheet was printing. Look in the tray.");
    if (seen.documentsGuessed)
        return moveTo(sheet, print::SheetState::Unknown, "send-interrupted",
                      "Sending this sheet was interrupted and the printer does not say whether it has it. Look in the "
                      "tray.");
    if (seen.documents > 0) return moveTo(sheet, print::SheetState::Sent);
    const bool over = print::isGivenUp(seen.progress);
    if (seen.sheets > 0 ||
        (!over && seen.progress != print::JobProgress::Created && seen.progress != print::JobProgress::Held))
        return moveTo(sheet, print::SheetState::Unknown, "send-interrupted",
                      "Sending this sheet was interrupted, and the printer does not say for certain whether it has it. "
                      "Look in the tray.");
    if (!over) {
        // Announced, and certainly without a document: take it back, make sure, and try again under a new name.
        if (const auto cancelled = m_ports.printer.cancel(seen.job); !cancelled)
            return blocked(print::noticeOf(cancelled.error()));
        const auto again = m_ports.printer.find(sheet.attempt);
        if (!again) return blocked(print::noticeOf(again.error()));
        const std::optional<print::JobStatus>& after = *again;
        if (!after)
            return moveTo(sheet, print::SheetState::Unknown, "job-forgotten",
                          "The printer no longer knows this sheet, which was being sent. Look in the tray.");
        if (after->documents > 0) return moveTo(sheet, print::SheetState::Sent);
        // Not over yet, or over with paper: look again.
        if (after->sheets > 0 ||
            (after->progress != print::JobProgress::Aborted && after->progress != print::JobProgress::Cancelled))
            return blocked({"page-in-part", "The printer is taking back a page that it has only in part."});
    }
    return backToPlanned(sheet, "send-interrupted",
                         "Sending was interrupted before the printer had the page; it is sent again.");
}

// The queue took the page, its printer did not. Its empty job is taken away, so that nothing can fill it any more; then
// the printer must say the same again.
Result<Progress> SheetPrinter::followRefused(const print::Sheet& sheet, const print::JobStatus& seen) {
    if (const auto cancelled = m_ports.printer.cancel(seen.job); !cancelled)
        return blocked(print::noticeOf(cancelled.error()));
    const auto again = m_ports.printer.find(sheet.attempt);
    if (!again) return blocked(print::noticeOf(again.error()));
    const std::optional<print::JobStatus>& after = *again;
    if (!after || !after->refused)
        return blocked({"page-in-part", "The printer is taking back a page that it has only in part."});
    return takeBack(sheet, seen.job,
                    {Code::Unsupported, std::string(print::documentRefused),
                     "The printer refused the page. Verify its setup.", seen.message});
}

// Sent or printing: accepted whole. Follow it; "completed" alone proves nothing.
Result<Progress> SheetPrinter::follow(const print::Sheet& sheet) {
    const auto answer = m_ports.printer.find(sheet.attempt);
    if (!answer) return blocked(print::noticeOf(answer.error()));
    const std::optional<print::JobStatus>& job = *answer;
    if (!job)
        return moveTo(sheet, print::SheetState::Unknown, "job-forgotten",
                      "The printer no longer knows this sheet. Look in the tray.");
    const print::JobStatus& seen = *job;
    if (seen.refused) return followRefused(sheet, seen);
    switch (seen.progress) {
        case print::JobProgress::Created:
            if (seen.documents == 0)
                return moveTo(sheet, print::SheetState::Unknown, "document-lost",
                              "The printer no longer has the page of this sheet. Look in the tray.");
            break;
        case print::JobProgress::Waiting:
            break;
        case print::JobProgress::Held:
            if (seen.heldByGuard)
                return moveTo(sheet, print::SheetState::Unknown, "scheduler-restarted",
                              "The print system was restarted while this sheet was printing. Look in the tray.");
            if (seen.heldByNobody) {
                if (const auto released = m_ports.printer.release(seen.job); !released)
                    return blocked(print::noticeOf(released.error()));
                m_ports.log.warning("job-released", {{"sheet", sheet.id.toString()}, {"job", seen.job.number}});
                return Progress::Waiting;
            }
            // Another hold of the guard: it knows what has to be put right. Releasing the job would not help.
            if (!seen.message.empty()) return blocked({"page-held", seen.message});
            return blocked({"page-held", "This print is on hold. Release it to go on."});
        case print::JobProgress::Printing:
            if (sheet.state == print::SheetState::Sent) return moveTo(sheet, print::SheetState::Printing);
            break;
        case print::JobProgress::Completed:
            return judgeCompleted(sheet, seen);
        case print::JobProgress::Aborted:
            return moveTo(sheet, print::SheetState::Unknown, "aborted-at-printer",
                          "The printer stopped this sheet" +
                              (seen.message.empty() ? std::string() : " (" + seen.message + ")") +
                              ". Look in the tray.");
        case print::JobProgress::Cancelled:
            return moveTo(sheet, print::SheetState::Unknown, "cancelled-at-printer",
                          "Somebody cancelled this sheet at the printer. Look in the tray.");
    }
    const auto state = m_ports.printer.state();
    if (!state) return blocked(print::noticeOf(state.error()));
    for (const print::Obstacle o : state->obstacles) m_obstacles.push_back(print::noticeOf(o));
    return m_obstacles.empty() ? Progress::Waiting : Progress::Blocked;
}

Result<Progress> SheetPrinter::judgeCompleted(const print::Sheet& sheet, const print::JobStatus& status) {
    if (status.sheets > 1)
        m_ports.log.warning("more-sheets-than-asked", {{"sheet", sheet.id.toString()}, {"sheets", status.sheets}});
    if (status.sheets < 1)
        return moveTo(sheet, print::SheetState::Unknown, "completed-without-sheet",
                      "The printer says that it is done but counted no sheet. Look in the tray.");
    auto moved = moveTo(sheet, print::SheetState::Out);
    m_ports.commitPoint("out");
    return moved;
}

}  // namespace contone::production
