// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reads what IPP answers about jobs, and decides what of it is certain.
#include "printers/ipp/ipp_job.h"

#include <algorithm>
#include <cstring>

#include "printers/guard/guard_uri.h"
#include "printers/ipp/sanitized_text.h"

namespace contone::printers {
namespace {

void readInto(IppJob& row, ipp_attribute_t* attribute) {
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
    if (name == "time-at-processing" && tag == IPP_TAG_NOVALUE) row.waited = true;
    if (name == "job-state-reasons")
        for (int i = 0; i < ippGetCount(attribute); ++i)
            if (const char* reason = ippGetString(attribute, i, nullptr)) {
                row.hasReason = row.hasReason || std::strcmp(reason, "none") != 0;
                row.incoming = row.incoming || std::strcmp(reason, "job-incoming") == 0 ||
                               std::strcmp(reason, "job-data-insufficient") == 0;
            }
}

std::vector<IppJob> readRows(const IppMessage& answer) {
    std::vector<IppJob> rows;
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

/// Nothing in the row tells whether the document came.
bool isGuessed(const IppJob& row) {
    return !row.documents && !row.incoming && !row.processed && row.sheets == 0 && row.state < IPP_JSTATE_CANCELED;
}

/// Killed inside Send-Document, CUPS finds the page in its spool when it starts, and the job as Create-Job left it:
/// held for no reason, with a document of no size. Whether it had begun would be in the same file, which is written
/// last. A job that a person holds (lp -H hold) has a size; after a restart CUPS no longer knows its reason.
bool isHeldByNobody(const IppJob& row) {
    return row.state == IPP_JSTATE_HELD && row.documents.value_or(0) > 0 && row.kiloOctets == 0 && !row.hasReason &&
           !row.processed && row.sheets == 0 && row.holdUntil == "no-hold" && row.message.empty();
}

constexpr const char* asksForPassword =
    "The printer asks for a user name and password, which the print queue does not have. Switch that off at the "
    "printer, then cancel this job in the queue and look in the tray.";

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

}  // namespace

int documentsOf(const IppJob& row) {
    if (const int counted = row.documents.value_or(0); counted > 0) return counted;
    const bool over = row.state >= IPP_JSTATE_CANCELED;
    if (row.sheets > 0 || (row.processed && (over || !row.incoming))) return 1;
    if (row.documents || row.incoming) return 0;
    return row.state == IPP_JSTATE_CANCELED || row.state == IPP_JSTATE_ABORTED ? 0 : 1;
}

print::JobStatus statusOf(const IppJob& row) {
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

Result<std::vector<IppJob>> openJobs(const Wire& wire) {
    IppMessage request = wire.request(IPP_OP_GET_JOBS);
    ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", nullptr, "not-completed");
    askForRows(request.get());
    CONTONE_TRY(const IppMessage answer, wire.ask(std::move(request)));
    CONTONE_CHECK(checkStatus(answer));
    return readRows(answer);
}

Result<IppJob> readJob(const Wire& wire, int number) {
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

Result<std::optional<print::JobStatus>> findJob(const Wire& wire, const std::string& name) {
    std::optional<print::JobStatus> best;
    // In this order: a job that ends in between is in the second answer.
    for (const char* which : {"not-completed", "completed"}) {
        IppMessage request = wire.request(IPP_OP_GET_JOBS);
        ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", nullptr, which);
        askForRows(request.get());
        CONTONE_TRY(const IppMessage answer, wire.ask(std::move(request)));
        CONTONE_CHECK(checkStatus(answer));
        for (const IppJob& row : readRows(answer)) {
            if (row.name != name) continue;
            const print::JobStatus status = statusOf(row);
            const auto rank = [](const print::JobStatus& s) { return std::pair(s.documents > 0, s.job.number); };
            if (!best || rank(*best) <= rank(status)) best = status;
        }
    }
    return best;
}

}  // namespace contone::printers
