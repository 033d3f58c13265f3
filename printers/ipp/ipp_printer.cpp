// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The direct route: the printer itself answers every question.
#include "printers/ipp/ipp_printer.h"

#include "printers/ipp/negotiated_sink.h"
#include "printers/ipp/printer_checks.h"

namespace contone::printers {

Result<std::unique_ptr<IppPrinter>> IppPrinter::open(const print::Route& route, image::PixelFormat device,
                                                     const IppOptions& options) {
    if (route.kind != print::RouteKind::Direct)
        return fail(Code::Invalid, "bad-printer-uri", "This is not the address of an IPP printer.", route.uri);
    CONTONE_TRY(IppAddress address, IppAddress::parse(route.uri));
    return std::unique_ptr<IppPrinter>(
        new IppPrinter(Wire(std::move(address), options.timeout, options.interrupt), device));
}

Result<print::PrinterState> IppPrinter::state() {
    CONTONE_TRY(const PrinterFacts facts, readFacts(m_jobs.wire()));
    return stateOf(facts);
}

std::unique_ptr<image::StripSink> IppPrinter::documentSink(const Path& file, const print::Ticket& ticket) {
    return negotiatedSink(file, ticket, readFacts(m_jobs.wire()));
}

Result<print::SchedulerJob> IppPrinter::create(const print::Ticket& ticket) {
    CONTONE_TRY(const PrinterFacts facts, readFacts(m_jobs.wire()));
    return m_jobs.create(facts, ticket);
}

Result<void> IppPrinter::send(const print::Ticket& ticket, print::SchedulerJob job, const Path& file) {
    return m_jobs.send(ticket, job, file);
}

Result<std::optional<print::JobStatus>> IppPrinter::find(AttemptId attempt) {
    CONTONE_TRY(auto status, m_jobs.find(attempt));
    if (status) status->heldByNobody = false;  // without a guard nobody knows whether its page had begun
    return status;
}

Result<void> IppPrinter::cancel(print::SchedulerJob job) {
    return m_jobs.cancel(job);
}

Result<void> IppPrinter::release(print::SchedulerJob job) {
    return m_jobs.release(job);
}

Result<print::Verification> IppPrinter::verify(const print::PrinterSetup& setup, const print::Medium& medium,
                                               Instant at) {
    CONTONE_TRY(const PrinterFacts facts, readFacts(m_jobs.wire()));
    VerificationReport report("contone-ipp-1", setup, medium);
    checkPrinter(report, facts, medium, m_device);
    checkMedium(report, facts, medium, setup.finish, "The printer");
    checkOpen(report, facts, "The printer");
    if (!report.isRefused())
        report.verified(
            "No test page was compared: nothing lies between Contone and the printer that could change a page.");
    return report.finish(at);
}

}  // namespace contone::printers
