// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One physical print, one job, one page, one copy; jobs are known by their names.
#include "printers/ipp/ipp_jobs.h"

#include <algorithm>

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

Result<print::SchedulerJob> requestJob(const Wire& wire, const PrinterFacts& facts, const print::Ticket& ticket,
                                       const DriverOptions& options) {
    IppMessage request = wire.request(IPP_OP_CREATE_JOB);
    ipp_t* job = request.get();
    // A backend says what went wrong in the language of its job, and what it said is evidence (see CupsQueue::find).
    ipp_attribute_t* language = ippFindAttribute(job, "attributes-natural-language", IPP_TAG_LANGUAGE);
    if (language != nullptr) ippSetString(job, &language, 0, "en");
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
    if (!wire.interrupt().mayAnnounce())
        return fail(Code::Unavailable, "printer-unreachable",
                    "The printer does not answer. Check that it is on and connected.",
                    "Create-Job: Contone is stopping");
    CONTONE_TRY(const IppMessage answer, wire.ask(std::move(request)));
    CONTONE_CHECK(checkStatus(answer));
    ipp_attribute_t* id = ippFindAttribute(answer.get(), "job-id", IPP_TAG_INTEGER);
    if (id == nullptr) return fail(errorOf(IPP_STATUS_ERROR_INTERNAL, "Create-Job without a job-id"));
    return print::SchedulerJob{ippGetInteger(id, 0)};
}

/// Whether the printer makes a job look as if it had a document, asked of one that certainly has none: just created.
/// False also when it does not answer: send() is then refused by the count, and a person decides.
bool countsEmptyJob(const Wire& wire, print::SchedulerJob job) {
    const auto row = readJob(wire, job.number);
    return row && row->state < IPP_JSTATE_CANCELED && row->sheets == 0 && documentsOf(*row) > 0;
}

Result<void> changeJob(const Wire& wire, ipp_op_t operation, print::SchedulerJob job) {
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

Result<print::SchedulerJob> IppJobs::create(const PrinterFacts& facts, const print::Ticket& ticket,
                                            const DriverOptions& options) {
    CONTONE_TRY(const print::SchedulerJob job, requestJob(m_wire, facts, ticket, options));
    m_looksFed.reset();
    if (countsEmptyJob(m_wire, job)) m_looksFed.emplace(ticket.attempt, job.number);
    return job;
}

Result<void> IppJobs::send(const print::Ticket& ticket, print::SchedulerJob job, const Path& file) {
    const bool isEmpty = isKnownEmpty(ticket.attempt, job);
    if (isEmpty) m_looksFed.reset();
    CONTONE_TRY(const IppJob row, readJob(m_wire, job.number));
    if (row.name != print::jobName(ticket.attempt))
        return fail(Code::NotFound, "job-unknown", "The printer does not know this print job.",
                    "job " + std::to_string(job.number) + " is " + sanitizedText(row.name));
    // CUPS takes a second document after the last one and would print both.
    if (row.sheets > 0 || (!isEmpty && documentsOf(row) > 0))
        return fail(Code::Conflict, "document-already-sent", "This print was sent already.", row.name);
    if (row.state >= IPP_JSTATE_CANCELED)
        return fail(Code::Conflict, "job-finished", "This print job is over.", row.name);
    IppMessage request = m_wire.request(IPP_OP_SEND_DOCUMENT);
    ippAddInteger(request.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job.number);
    ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", nullptr, m_format.c_str());
    ippAddBoolean(request.get(), IPP_TAG_OPERATION, "last-document", 1);
    CONTONE_TRY(const IppMessage answer, m_wire.askWithFile(std::move(request), file));
    return checkStatus(answer);
}

Result<std::optional<print::JobStatus>> IppJobs::find(AttemptId attempt) const {
    CONTONE_TRY(auto status, findJob(m_wire, print::jobName(attempt)));
    if (status && !print::isOver(status->progress) && status->sheets == 0 && isKnownEmpty(attempt, status->job)) {
        status->documents = 0;
        status->documentsGuessed = false;
        status->progress = print::JobProgress::Created;
    }
    return status;
}

Result<void> IppJobs::cancel(print::SchedulerJob job) const {
    return changeJob(m_wire, IPP_OP_CANCEL_JOB, job);
}

Result<void> IppJobs::release(print::SchedulerJob job) const {
    return changeJob(m_wire, IPP_OP_RELEASE_JOB, job);
}

}  // namespace contone::printers
