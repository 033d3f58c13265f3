// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One physical print, one job, one page, one copy; jobs are known by their names.
#include <algorithm>
#include <cstring>

#include "printers/guard/guard_uri.h"
#include "printers/ipp/ipp_jobs_p.h"
#include "printers/ipp/sanitized_text.h"

namespace contone::printers {
namespace {

bool contains(const std::vector<std::string>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

void addKeyword(ipp_t* to, const char* name, const char* value) {
    ippAddString(to, IPP_TAG_JOB, IPP_TAG_KEYWORD, name, nullptr, value);
}

/// Borderless, in the printer's own dimensions when it lists the medium.
void addMediaCol(ipp_t* to, const PrinterFacts& facts, const print::Ticket& ticket) {
    const MediaChoice* choice = borderlessChoice(facts, ticket.medium, ticket.finish);
    const auto hundredths = [](Length length) { return static_cast<int>((length.um() + 5) / 10); };
    const IppMessage size(ippNew());
    ippAddInteger(size.get(), IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension",
                  choice != nullptr ? choice->width : hundredths(ticket.medium.sheet.width));
    ippAddInteger(size.get(), IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension",
                  choice != nullptr ? choice->height : hundredths(ticket.medium.sheet.height));
    const IppMessage media(ippNew());
    ippAddCollection(media.get(), IPP_TAG_ZERO, "media-size", size.get());
    for (const char* edge : {"media-bottom-margin", "media-left-margin", "media-right-margin", "media-top-margin"})
        ippAddInteger(media.get(), IPP_TAG_ZERO, IPP_TAG_INTEGER, edge, 0);
    // A queue lists sizes without types.
    const std::string type =
        choice != nullptr && !choice->type.empty() ? choice->type : mediaTypeFor(facts.mediaTypes, ticket.finish);
    if (!type.empty()) ippAddString(media.get(), IPP_TAG_ZERO, IPP_TAG_KEYWORD, "media-type", nullptr, type.c_str());
    ippAddCollection(to, IPP_TAG_JOB, "media-col", media.get());
}

/// One job of a Get-Jobs answer.
struct JobRow {
    int id = 0;
    std::string name, message, holdUntil;
    ipp_jstate_t state = IPP_JSTATE_PENDING;
    std::optional<int> documents, kiloOctets;
    int sheets = 0;
    bool incoming = false;   ///< reasons say that the document is still to come
    bool processed = false;  ///< time-at-processing has a value
    bool hasReason = false;  ///< for the state that it is in
};

void readInto(JobRow& row, ipp_attribute_t* attribute) {
    const std::string_view name = ippGetName(attribute);
    const ipp_tag_t tag = ippGetValueTag(attribute);
    const char* text = ippGetString(attribute, 0, nullptr);
    if (name == "job-id") row.id = ippGetInteger(attribute, 0);
    if (name == "job-name" && text != nullptr) row.name = text;
    if (name == "job-state") row.state = static_cast<ipp_jstate_t>(ippGetInteger(attribute, 0));
    if (name == "job-printer-state-message" && text != nullptr) row.message = sanitizedText(text);
    if (name == "job-hold-until" && text != nullptr) row.holdUntil = text;
    if (name == "number-of-documents" && tag == IPP_TAG_INTEGER) row.documents = ippGetInteger(attribute, 0);
    if (name == "job-k-octets" && tag == IPP_TAG_INTEGER) row.kiloOctets = ippGetInteger(attribute, 0);
    if ((name == "job-media-sheets-completed" || name == "job-impressions-completed") && tag == IPP_TAG_INTEGER)
        row.sheets = std::max(row.sheets, ippGetInteger(attribute, 0));
    if (name == "time-at-processing" && tag == IPP_TAG_INTEGER) row.processed = ippGetInteger(attribute, 0) > 0;
    if (name == "job-state-reasons")
        for (int i = 0; i < ippGetCount(attribute); ++i)
            if (const char* reason = ippGetString(attribute, i, nullptr)) {
                row.hasReason = row.hasReason || std::strcmp(reason, "none") != 0;
                row.incoming = row.incoming || std::strcmp(reason, "job-incoming") == 0 ||
                               std::strcmp(reason, "job-data-insufficient") == 0;
            }
}

std::vector<JobRow> readRows(const IppMessage& answer) {
    std::vector<JobRow> rows;
    bool inJob = false;
    for (ipp_attribute_t* a = ippFirstAttribute(answer.get()); a != nullptr; a = ippNextAttribute(answer.get())) {
        if (ippGetGroupTag(a) != IPP_TAG_JOB || ippGetName(a) == nullptr) {
            inJob = false;  // a separator: the next job begins
            continue;
        }
        if (!inJob) rows.emplace_back();
        inJob = true;
        readInto(rows.back(), a);
    }
    return rows;
}

/// When in doubt there was one: a page is never sent twice. Printers need not count documents, and CUPS counts those it
/// still keeps: none after the job, with PreserveJobFiles No. Of a job that is over, having been processed says more
/// than a reason that nobody took back.
int documentsOf(const JobRow& row) {
    if (const int counted = row.documents.value_or(0); counted > 0) return counted;
    const bool over = row.state >= IPP_JSTATE_CANCELED;
    if (row.sheets > 0 || (row.processed && (over || !row.incoming))) return 1;
    if (row.documents || row.incoming) return 0;
    return row.state == IPP_JSTATE_CANCELED || row.state == IPP_JSTATE_ABORTED ? 0 : 1;
}

/// Nothing in the row tells whether the document came.
bool isGuessed(const JobRow& row) {
    return !row.documents && !row.incoming && !row.processed && row.sheets == 0 && row.state < IPP_JSTATE_CANCELED;
}

/// Killed inside Send-Document, CUPS finds the page in its spool when it starts, and the job as Create-Job left it:
/// held for no reason, with a document of no size. Whether it had begun would be in the same file, which is written
/// last. A job that a person holds (lp -H hold) has a size; after a restart CUPS no longer knows its reason.
bool isHeldByNobody(const JobRow& row) {
    return row.state == IPP_JSTATE_HELD && row.documents.value_or(0) > 0 && row.kiloOctets == 0 && !row.hasReason &&
           !row.processed && row.sheets == 0 && row.holdUntil == "no-hold" && row.message.empty();
}

constexpr const char* asksForPassword =
    "The printer asks for a user name and password, which the print queue does not have. Take that off at the printer, "
    "then cancel this job in the queue and look in the tray.";

print::JobStatus sightOf(const JobRow& row) {
    print::JobStatus status;
    status.job.number = row.id;
    status.documents = documentsOf(row);
    status.documentsGuessed = isGuessed(row);
    status.sheets = row.sheets;
    status.message = row.message;
    switch (row.state) {
        case IPP_JSTATE_PENDING:
            status.progress = status.documents == 0 ? print::JobProgress::Created : print::JobProgress::Waiting;
            break;
        case IPP_JSTATE_HELD:
            status.progress = status.documents == 0 ? print::JobProgress::Created : print::JobProgress::Held;
            status.heldByGuard =
                status.documents > 0 && row.message.find(guard_message::alreadyStarted) != std::string::npos;
            status.heldByNobody = isHeldByNobody(row);
            // A person's hold keeps whatever the backend said last.
            if (row.message.find(GuardUri::scheme) == std::string::npos) status.message.clear();
            if (row.holdUntil == "auth-info-required") status.message = asksForPassword;
            break;
        case IPP_JSTATE_PROCESSING:
        case IPP_JSTATE_STOPPED:
            status.progress = print::JobProgress::Printing;
            break;
        case IPP_JSTATE_CANCELED:
            status.progress = print::JobProgress::Cancelled;
            break;
        case IPP_JSTATE_ABORTED:
            status.progress = print::JobProgress::Aborted;
            break;
        case IPP_JSTATE_COMPLETED: {
            // CUPS calls a job completed whose document the printer refused.
            const bool refused = status.documents == 0 ||
                                 (row.sheets == 0 && row.message.find("Unable to add document") != std::string::npos);
            status.progress = refused ? print::JobProgress::Aborted : print::JobProgress::Completed;
            break;
        }
    }
    return status;
}

void askForRows(ipp_t* request) {
    // Named one by one: with "all" CUPS leaves out the names of jobs that it has unloaded from memory.
    static const char* const wanted[] = {"job-id",
                                         "job-name",
                                         "job-state",
                                         "job-state-reasons",
                                         "job-hold-until",
                                         "number-of-documents",
                                         "job-k-octets",
                                         "job-media-sheets-completed",
                                         "job-impressions-completed",
                                         "job-printer-state-message",
                                         "time-at-processing"};
    ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", std::size(wanted), nullptr,
                  wanted);
}

/// The INFO lines of rastertogutenprint (Gutenprint 5.3.4).
bool isDriversProgress(std::string_view message) {
    return message.starts_with("Printing page ") || message.starts_with("Starting page ") ||
           message.starts_with("Finished page ");
}

/// Everybody's jobs that are not over.
Result<std::vector<JobRow>> openRows(const Wire& wire) {
    IppMessage request = wire.request(IPP_OP_GET_JOBS);
    ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", nullptr, "not-completed");
    askForRows(request.get());
    CONTONE_TRY(const IppMessage answer, wire.ask(std::move(request)));
    CONTONE_CHECK(checkStatus(answer));
    return readRows(answer);
}

Result<JobRow> jobRow(const Wire& wire, int number) {
    IppMessage request = wire.request(IPP_OP_GET_JOB_ATTRIBUTES);
    ippAddInteger(request.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", number);
    askForRows(request.get());
    CONTONE_TRY(const IppMessage answer, wire.ask(std::move(request)));
    if (ippGetStatusCode(answer.get()) == IPP_STATUS_ERROR_NOT_FOUND)
        return fail(Code::NotFound, "job-unknown", "The printer does not know this print job.",
                    "job " + std::to_string(number));
    CONTONE_CHECK(checkStatus(answer));
    const auto rows = readRows(answer);
    if (rows.size() != 1) return fail(errorOf(IPP_STATUS_ERROR_INTERNAL, "Get-Job-Attributes without a job"));
    return rows.front();
}

}  // namespace

Result<print::SchedulerJob> createJob(const Wire& wire, const PrinterFacts& facts, const print::Ticket& ticket,
                                      const DriverOptions& options) {
    IppMessage request = wire.request(IPP_OP_CREATE_JOB);
    ipp_t* job = request.get();
    ippAddString(job, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", nullptr, print::jobName(ticket.attempt).c_str());
    ippAddInteger(job, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", 1);
    addKeyword(job, "print-color-mode", "color");  // a queue's default may be monochrome
    for (const auto& [option, choice] : options)
        ippAddString(job, IPP_TAG_JOB, IPP_TAG_NAME, option.c_str(), nullptr, choice.c_str());
    if (options.empty()) {
        addMediaCol(job, facts, ticket);
        ippAddInteger(job, IPP_TAG_JOB, IPP_TAG_ENUM, "print-quality", IPP_QUALITY_HIGH);
        addKeyword(job, "print-scaling", "none");
        addKeyword(job, "sides", "one-sided");
        if (contains(facts.contentOptimize, "photo")) addKeyword(job, "print-content-optimize", "photo");
    }
    if (contains(facts.holdUntil, "no-hold")) addKeyword(job, "job-hold-until", "no-hold");
    if (contains(facts.jobSheets, "none")) addKeyword(job, "job-sheets", "none");  // no banner page on photo paper
    CONTONE_TRY(const IppMessage answer, wire.ask(std::move(request)));
    CONTONE_CHECK(checkStatus(answer));
    ipp_attribute_t* id = ippFindAttribute(answer.get(), "job-id", IPP_TAG_INTEGER);
    if (id == nullptr) return fail(errorOf(IPP_STATUS_ERROR_INTERNAL, "Create-Job without a job-id"));
    return print::SchedulerJob{ippGetInteger(id, 0)};
}

bool countsEmptyJob(const Wire& wire, print::SchedulerJob job) {
    const auto row = jobRow(wire, job.number);
    return row && row->state < IPP_JSTATE_CANCELED && row->sheets == 0 && documentsOf(*row) > 0;
}

Result<void> sendDocument(const Wire& wire, const print::Ticket& ticket, print::SchedulerJob job,
                          const Document& document, DocumentCount count) {
    CONTONE_TRY(const JobRow row, jobRow(wire, job.number));
    if (row.name != print::jobName(ticket.attempt))
        return fail(Code::NotFound, "job-unknown", "The printer does not know this print job.",
                    "job " + std::to_string(job.number) + " is " + sanitizedText(row.name));
    // CUPS takes a second document after the last one and would print both.
    if (row.sheets > 0 || (count == DocumentCount::Heeded && documentsOf(row) > 0))
        return fail(Code::Conflict, "document-already-sent", "This print was sent already.", row.name);
    if (row.state >= IPP_JSTATE_CANCELED)
        return fail(Code::Conflict, "job-finished", "This print job is over.", row.name);
    IppMessage request = wire.request(IPP_OP_SEND_DOCUMENT);
    ippAddInteger(request.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job.number);
    ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", nullptr,
                 document.format.c_str());
    ippAddBoolean(request.get(), IPP_TAG_OPERATION, "last-document", 1);
    CONTONE_TRY(const IppMessage answer, wire.askWithFile(std::move(request), document.file));
    return checkStatus(answer);
}

Result<std::optional<print::JobStatus>> findJob(const Wire& wire, const std::string& name) {
    std::optional<print::JobStatus> best;
    // In this order: a job that ends in between is in the second answer.
    for (const char* which : {"not-completed", "completed"}) {
        IppMessage request = wire.request(IPP_OP_GET_JOBS);
        ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", nullptr, which);
        askForRows(request.get());
        CONTONE_TRY(const IppMessage answer, wire.ask(std::move(request)));
        CONTONE_CHECK(checkStatus(answer));
        for (const JobRow& row : readRows(answer)) {
            if (row.name != name) continue;
            const print::JobStatus status = sightOf(row);
            const auto rank = [](const print::JobStatus& s) { return std::pair(s.documents > 0, s.job.number); };
            if (!best || rank(*best) <= rank(status)) best = status;
        }
    }
    return best;
}

StoppedBy whoStopped(const Wire& queue, const PrinterFacts& facts) {
    if (facts.state != IPP_PSTATE_STOPPED || facts.message.empty() || facts.message == "Paused")
        return StoppedBy::Person;
    const auto rows = openRows(queue);
    if (!rows) return StoppedBy::Person;
    // The first error of a job stays its message; the queue's is the last word of anybody, also of the driver that was
    // still busy with the page. No person writes that.
    const bool isProgress = isDriversProgress(facts.message);
    return std::any_of(rows->begin(), rows->end(),
                       [&](const JobRow& row) {
                           const bool toldAnError = !row.message.empty() && !isDriversProgress(row.message);
                           return row.processed && (isProgress ? toldAnError : row.message == facts.message);
                       })
               ? StoppedBy::Itself
               : StoppedBy::Person;
}

bool wouldBeginAPage(const Wire& queue) {
    const auto rows = openRows(queue);
    return !rows || std::ranges::any_of(*rows, [](const JobRow& row) { return row.state != IPP_JSTATE_HELD; });
}

Result<std::string> nameIfFed(const Wire& wire, print::SchedulerJob job) {
    CONTONE_TRY(const JobRow row, jobRow(wire, job.number));
    return documentsOf(row) > 0 ? row.name : std::string();
}

namespace {

Result<void> tellJob(const Wire& wire, ipp_op_t operation, print::SchedulerJob job) {
    IppMessage request = wire.request(operation);
    ippAddInteger(request.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job.number);
    CONTONE_TRY(const IppMessage answer, wire.ask(std::move(request)));
    switch (ippGetStatusCode(answer.get())) {
        case IPP_STATUS_ERROR_NOT_POSSIBLE:
            return {};  // it is over, or not held
        case IPP_STATUS_ERROR_NOT_FOUND:
            return fail(Code::NotFound, "job-unknown", "The printer does not know this print job.",
                        "job " + std::to_string(job.number));
        default:
            return checkStatus(answer);
    }
}

}  // namespace

Result<void> cancelJob(const Wire& wire, print::SchedulerJob job) {
    return tellJob(wire, IPP_OP_CANCEL_JOB, job);
}

Result<void> releaseJob(const Wire& wire, print::SchedulerJob job) {
    return tellJob(wire, IPP_OP_RELEASE_JOB, job);
}

}  // namespace contone::printers
