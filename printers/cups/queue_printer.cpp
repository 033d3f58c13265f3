// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Checks a queue before a setup may print through it, and writes a sentence for each finding.
#include "printers/cups/queue_printer.h"

#include <algorithm>

#include "core/base/clock.h"
#include "printers/cups/queue_checks.h"
#include "printers/cups/queue_rules.h"
#include "printers/cups/test_page.h"
#include "printers/ipp/negotiated_sink.h"
#include "printers/ipp/printer_checks.h"
#include "printers/raster/pwg_writer.h"

namespace contone::printers {
namespace {

using namespace std::chrono_literals;

constexpr auto testPatience = 60s;

/// The queue's PPD.
Result<std::optional<std::string>> checkFilters(VerificationReport& report, const Wire& queue) {
    CONTONE_TRY(auto ppd, queue.get(queue.address().resource + ".ppd"));
    report.note("ppd", ppd ? Sha256::of(*ppd).toString() : "none");
    if (!ppd) {
        report.problem(
            "The queue is raw, without a driver: CUPS would drop the paper size and print with borders. Make the queue "
            "again with "
            "\"lpadmin -m everywhere\".");
        return ppd;
    }
    const auto filters = filtersOnPwgRaster(*ppd);
    report.check(filters.empty(), "The queue runs no filter on a page: PWG raster passes as it is.",
                 "The queue would change the pages: CUPS would run " + joined(filters) +
                     " on them. Print directly to the printer, or make a queue that passes image/pwg-raster.");
    return ppd;
}

}  // namespace

Result<std::unique_ptr<QueuePrinter>> QueuePrinter::open(const print::Route& route, image::PixelFormat device,
                                                         const QueueOptions& options) {
    if (route.kind != print::RouteKind::Queue)
        return fail(Code::Invalid, "bad-printer-uri", "This is not the address of a CUPS queue.", route.uri);
    CONTONE_TRY(IppAddress address, IppAddress::parse(route.uri));
    return std::unique_ptr<QueuePrinter>(
        new QueuePrinter(Wire(std::move(address), options.timeout, options.interrupt), device, options.timeout));
}

std::unique_ptr<image::StripSink> QueuePrinter::documentSink(const Path& file, const print::Ticket& ticket) {
    return negotiatedSink(file, ticket, m_queue.printerFacts());
}

Result<print::SchedulerJob> QueuePrinter::create(const print::Ticket& ticket) {
    CONTONE_TRY(const PrinterFacts facts, m_queue.facts());
    return m_queue.create(facts, ticket);
}

Result<print::Verification> QueuePrinter::verify(const print::PrinterSetup& setup, const print::Medium& medium,
                                                 Instant at) {
    return check(setup, medium, at, TestPage::Sent);
}

Result<print::Verification> QueuePrinter::recheck(const print::PrinterSetup& setup, const print::Medium& medium,
                                                  Instant at) {
    return check(setup, medium, at, TestPage::None);
}

Result<print::Verification> QueuePrinter::check(const print::PrinterSetup& setup, const print::Medium& medium,
                                                Instant at, TestPage testPage) const {
    CONTONE_TRY(const PrinterFacts facts, m_queue.facts());
    VerificationReport report("contone-ipp-1", setup, medium);
    report.note("scheduler", facts.schedulerVersion);
    CONTONE_TRY(const auto ppd, checkFilters(report, m_queue.wire()));
    checkGuard(report, facts, GuardUri::Pages::Untouched);
    CONTONE_CHECK(checkSettings(report, m_queue.wire()));
    checkOpen(report, facts, "The queue");
    checkMedium(report, facts, medium, setup.finish, "The queue");
    if (const auto address = deviceBehind(facts)) {
        CONTONE_TRY(const PrinterFacts behind, readFacts(m_queue.wire().at(*address)));
        checkPrinter(report, behind, medium, m_device);
        checkMedium(report, behind, medium, setup.finish, "The printer");
        if (testPage == TestPage::Sent && ppd && !report.isRefused())
            comparePage(report, *ppd, behind, {AttemptId::generate(ManualClock(at)), medium, setup.finish});
    } else {
        report.problem(
            "The printer behind this queue does not speak IPP, so it cannot be asked what it takes. Use an IPP printer "
            "or a "
            "direct route.");
    }
    return report.finish(at);
}

void QueuePrinter::comparePage(VerificationReport& report, const std::string& ppd, const PrinterFacts& behind,
                               const print::Ticket& ticket) const {
    const auto type = chooseRasterType(m_device, behind.rasterTypes);
    if (!type) return;
    const TestRoute route{
        [&](const Path& file) {
            return pwgFileSink(file, {*type, ticket.medium.ippMedia, mediaTypeFor(behind.mediaTypes, ticket.finish)});
        },
        [&](const std::string& uri) -> Result<std::unique_ptr<print::Printer>> {
            return QueuePrinter::open({print::RouteKind::Queue, uri}, m_device,
                                      {.timeout = m_timeout, .interrupt = m_queue.wire().interrupt()});
        }};
    const auto captured =
        captureTestPage(m_queue.wire(), ppd, ticket, testPattern(ticket.medium.raster, m_device), route, testPatience);
    if (!captured && captured.error().reason == "no-capture")
        report.verified("No test page was compared: " + captured.error().message +
                        ". That no filter runs was read from the queue's PPD instead.");
    else if (!captured)
        report.problem(captured.error().message);
    else
        report.check(std::ranges::find(captured->atTheDevice, captured->document) != captured->atTheDevice.end(),
                     "A test page went through a queue like this one into a capture: all " +
                         std::to_string(captured->document.size()) + " bytes came out as they were sent.",
                     "The queue changed a test page. Print directly to the printer, or make the queue again.");
}

}  // namespace contone::printers
