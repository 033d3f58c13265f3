// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What is asked of a printer and of a queue before a setup may print, and the sentences about it.
#include <algorithm>

#include "printers/guard/guard_uri.h"
#include "printers/ipp/ipp_printer.h"
#include "printers/ipp/ipp_verify_p.h"
#include "printers/ipp/queue_checks.h"
#include "printers/ipp/queue_rules.h"
#include "printers/ipp/test_page.h"
#include "printers/ipp/verification_report.h"
#include "printers/raster/pwg_writer.h"
#include "printers/raster/raster_type.h"

namespace contone::printers {
namespace {

using namespace std::chrono_literals;

constexpr auto testPatience = 60s;

std::string joined(const std::vector<std::string>& words, const char* between = ", ") {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
    return text;
}

std::string sorted(std::vector<std::string> words) {
    std::sort(words.begin(), words.end());
    return joined(words);
}

void checkPrinter(VerificationReport& report, const PrinterFacts& facts, const print::Medium& medium,
                  image::PixelFormat device) {
    report.note("printer", facts.makeAndModel);
    report.note("formats", sorted(facts.formats));
    report.note("raster-types", sorted(facts.rasterTypes));
    report.check(facts.printsRaster(), "The printer takes PWG raster.",
                 "The printer does not take PWG raster pages. Print to it through a queue with its own driver.");
    if (facts.printsRaster()) {
        const auto type = chooseRasterType(device, facts.rasterTypes);
        report.note("type", type ? pwgName(*type) : "");
        report.check(type.has_value(),
                     std::string("Pixels are sent as ") + (type ? pwgName(*type) : "") + ", which it names.",
                     "The printer does not take pixels of this model's kind; it takes " + joined(facts.rasterTypes) +
                         ". Choose the right printer model.");
        const std::string dpi = std::to_string(medium.dpiX.value) + " × " + std::to_string(medium.dpiY.value) + " dpi";
        report.check(facts.hasDpi(medium.dpiX, medium.dpiY), "It prints raster at " + dpi + ".",
                     "The printer does not take raster at " + dpi + ". Choose the right printer model.");
    }
    report.check(facts.color, "It prints colour.", "The printer says that it cannot print colour.");
}

void checkMedium(VerificationReport& report, const PrinterFacts& facts, const print::Medium& medium,
                 const std::string& finish, const char* who) {
    if (medium.ippMedia.empty()) {
        report.problem("The medium " + medium.name +
                       " of this printer model cannot be asked for over IPP. Choose another medium.");
        return;
    }
    const MediaChoice* choice = borderlessChoice(facts, medium, finish);
    report.note("medium-type", choice != nullptr ? choice->type : "");
    report.check(
        choice != nullptr, std::string(who) + " offers " + medium.name + " without borders.",
        std::string(who) + " does not offer " + medium.name + " without borders. Choose a medium that it has.");
    if (choice == nullptr || finish.empty()) return;
    report.check(offersFinish(facts, *choice, finish), std::string(who) + " offers it in " + finish + ".",
                 std::string(who) + " does not offer " + medium.name + " in " + finish +
                     ": it would print on what it likes. Choose a finish that it has" +
                     (facts.mediaTypes.empty() ? "." : ", among " + joined(facts.mediaTypes) + "."));
}

/// The queue's PPD.
Result<std::optional<std::string>> checkFilters(VerificationReport& report, const Wire& queue) {
    CONTONE_TRY(auto ppd, queue.get(queue.address().resource + ".ppd"));
    report.note("ppd", ppd ? Sha256::of(*ppd).toString() : "none");
    if (!ppd) {
        report.problem(
            "The queue is raw: CUPS would drop the paper size and the wish for no borders. Make the queue again with "
            "\"lpadmin -m everywhere\".");
        return ppd;
    }
    const auto filters = filtersOnPwgRaster(*ppd);
    report.check(filters.empty(), "The queue runs no filter on a page: PWG raster passes as it is.",
                 "The queue would change the pages: CUPS would run " + joined(filters) +
                     " on them. Print directly to the printer, or make a queue that passes image/pwg-raster.");
    return ppd;
}

/// Only for a queue of which nothing else is wrong.
void comparePage(VerificationReport& report, const Wire& queue, const std::string& ppd, const PrinterFacts& behind,
                 const print::PrinterSetup& setup, const print::Medium& medium, image::PixelFormat device, Instant at,
                 std::chrono::milliseconds timeout) {
    const auto type = chooseRasterType(device, behind.rasterTypes);
    if (!type) return;
    const print::Ticket ticket{AttemptId::generate(ManualClock(at)), medium, setup.finish};
    const TestRoute route{[&](const Path& file) {
                              return pwgFileSink(
                                  file, {*type, medium.ippMedia, mediaTypeFor(behind.mediaTypes, setup.finish)});
                          },
                          [&](const std::string& uri) -> Result<std::unique_ptr<print::Printer>> {
                              return IppPrinter::open({print::RouteKind::Queue, uri}, device, {.timeout = timeout});
                          }};
    const auto captured = captureTestPage(queue, ppd, ticket, testPattern(medium.raster, device), route, testPatience);
    if (!captured && captured.error().reason == "no-capture")
        report.verified("No test page was compared: " + captured.error().message +
                        ". That no filter runs was read from the queue's PPD instead.");
    else if (!captured)
        report.problem(captured.error().message);
    else
        report.check(
            std::ranges::find(captured->atTheDevice, captured->document) != captured->atTheDevice.end(),
            "A test page went through a queue like this one into a capture: all " +
                std::to_string(captured->document.size()) + " bytes came out as they were sent.",
            "A test page came out of the queue changed. Print directly to the printer, or make the queue again.");
}

}  // namespace

std::optional<IppAddress> deviceBehind(const PrinterFacts& queue) {
    const auto guard = GuardUri::parse(queue.deviceUri);
    const auto address = IppAddress::parse(guard ? guard->device : queue.deviceUri);
    return address ? std::optional(*address) : std::nullopt;
}

Result<print::Verification> verifyDirect(const Wire& printer, const print::PrinterSetup& setup,
                                         const print::Medium& medium, image::PixelFormat device, Instant at) {
    CONTONE_TRY(const PrinterFacts facts, readFacts(printer));
    VerificationReport report("contone-ipp-1", setup, medium);
    checkPrinter(report, facts, medium, device);
    checkMedium(report, facts, medium, setup.finish, "The printer");
    checkOpen(report, facts, "The printer");
    if (!report.isRefused())
        report.verified(
            "No test page was compared: nothing lies between Contone and the printer that could change a page.");
    return report.finish(at);
}

Result<print::Verification> verifyQueue(const Wire& queue, const print::PrinterSetup& setup,
                                        const print::Medium& medium, image::PixelFormat device, Instant at,
                                        std::chrono::milliseconds timeout, TestPage testPage) {
    CONTONE_TRY(const PrinterFacts facts, readFacts(queue));
    VerificationReport report("contone-ipp-1", setup, medium);
    report.note("scheduler", facts.schedulerVersion);
    CONTONE_TRY(const auto ppd, checkFilters(report, queue));
    checkGuard(report, facts, GuardUri::Pages::Untouched);
    CONTONE_CHECK(checkSettings(report, queue));
    checkOpen(report, facts, "The queue");
    checkMedium(report, facts, medium, setup.finish, "The queue");
    if (const auto address = deviceBehind(facts)) {
        CONTONE_TRY(const PrinterFacts behind, readFacts(Wire(*address, timeout)));
        checkPrinter(report, behind, medium, device);
        checkMedium(report, behind, medium, setup.finish, "The printer");
        if (testPage == TestPage::Sent && ppd && !report.isRefused())
            comparePage(report, queue, *ppd, behind, setup, medium, device, at, timeout);
    } else {
        report.problem(
            "The printer behind this queue does not speak IPP, so it cannot be asked what it takes. Use an IPP printer "
            "or a "
            "direct route.");
    }
    return report.finish(at);
}

}  // namespace contone::printers
