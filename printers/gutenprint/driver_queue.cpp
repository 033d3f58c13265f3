// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Checks a Gutenprint queue before it may print, and writes a sentence for each finding.
#include "printers/gutenprint/driver_queue_p.h"

#include <algorithm>

#include "printers/cups/queue_checks.h"
#include "printers/cups/queue_rules.h"
#include "printers/cups/test_page.h"
#include "printers/guard/guard_uri.h"
#include "printers/gutenprint/cups_raster_p.h"
#include "printers/gutenprint/dnp_spool.h"
#include "printers/gutenprint/gutenprint_printer.h"
#include "printers/ipp/printer_checks.h"

namespace contone::printers {
namespace {

using namespace std::chrono_literals;

constexpr auto testPatience = 60s;  // inkjet drivers take up to 7 s a page

std::unexpected<Error> noOption(const std::string& message, const std::string& detail) {
    return fail(Code::Conflict, "driver-option", message, detail);
}

std::string textOf(const Choices& choices, const char* between) {
    std::string text;
    for (const auto& [option, choice] : choices)
        text.append(text.empty() ? "" : between).append(option).append("=").append(choice);
    return text;
}

/// "Option=Choice" into `choices`.
Result<void> addChoice(Choices& choices, const std::string& text) {
    const auto equals = text.find('=');
    if (equals == 0 || equals == std::string::npos || equals + 1 == text.size())
        return noOption("This printer model's file names a driver option without a choice. Correct the file.", text);
    choices[text.substr(0, equals)] = text.substr(equals + 1);
    return {};
}

/// The page as the printer must get it: white where the driver lays nothing.
void whiten(image::Picture& page, const image::PixelRect& part) {
    const std::size_t stride = page.stride();
    for (int y = 0; y < page.size.height; ++y)
        for (int x = 0; x < page.size.width; ++x) {
            if (x >= part.x && x < part.x + part.width && y >= part.y && y < part.y + part.height) continue;
            const std::size_t at = stride * static_cast<std::size_t>(y) + 3 * static_cast<std::size_t>(x);
            for (std::size_t c = 0; c < 3; ++c) page.bytes[at + c] = std::byte{255};
        }
}

}  // namespace

Result<void> checkChoices(const DriverPpd& ppd, const Choices& choices) {
    std::string missing;
    for (const auto& [option, choice] : choices)
        if (!ppd.offers(option, choice))
            missing.append(missing.empty() ? "" : ", ").append(option).append("=").append(choice);
    if (missing.empty()) return {};
    return noOption("The queue's driver does not know " + missing +
                        ". Make the queue with the driver of this printer model, and verify the setup again.",
                    ppd.nickname());
}

Result<DriverPpd> DriverQueue::ppd() const {
    CONTONE_TRY(const auto text, m_queue.get(m_queue.address().resource + ".ppd"));
    if (!text)
        return fail(Code::Conflict, "driver-missing",
                    "This queue has no driver. Make it again with Gutenprint's driver for the printer.",
                    m_queue.address().uri);
    return DriverPpd::parse(*text);
}

Result<Choices> DriverQueue::choicesFor(const print::Medium& medium, const std::string& finish) const {
    if (medium.pageSize.empty())
        return noOption("The medium " + medium.name +
                            " of this printer model has no page size of Gutenprint's. Choose another medium.",
                        m_model.id);
    Choices choices = m_model.pinned;
    choices.try_emplace("ColorModel", "RGB");
    choices["PageSize"] = medium.pageSize;
    // Most drivers know the cut by the page size's name; some have an option for it.
    if (medium.cut.find('=') != std::string::npos) CONTONE_CHECK(addChoice(choices, medium.cut));
    if (const auto option = m_model.finishOptions.find(finish); option != m_model.finishOptions.end()) {
        CONTONE_CHECK(addChoice(choices, option->second));
    } else if (!finish.empty() && m_model.finishes.size() > 1) {
        return noOption("This printer model does not say how the driver is asked for " + finish + ". Correct its file.",
                        m_model.id);
    }
    return choices;
}

void DriverQueue::checkDriver(VerificationReport& report, const DriverPpd& ppd, const std::string& text,
                              const print::PrinterSetup& setup, const print::Medium& medium) const {
    const auto filters = filtersOnCupsRaster(text);
    const bool alone = filters.size() == 1 && filters.front().starts_with("rastertogutenprint.");
    std::string named;
    for (const std::string& filter : filters) named += (named.empty() ? "" : ", ") + filter;
    report.check(ppd.isGutenprint() && alone,
                 "The queue runs one filter on a page, Gutenprint's driver: " + named + ".",
                 "The queue's driver is not Gutenprint's alone: " +
                     (named.empty() ? "it takes no CUPS raster" : "CUPS would run " + named) +
                     ". Make the queue with Gutenprint's driver for the printer.");
    if (!m_model.drivers.empty())
        report.check(std::ranges::find(m_model.drivers, ppd.driver()) != m_model.drivers.end(),
                     "The driver, " + ppd.nickname() + ", is the printer model's.",
                     "The queue's driver is for another printer (" + ppd.driver() + ") than the setup's model, " +
                         m_model.name + ". Choose the right model, or make the queue again.");
    const auto choices = choicesFor(medium, setup.finish);
    if (!choices) return report.problem(choices.error().message);
    report.note("options", textOf(*choices, " "));
    if (const auto known = checkChoices(ppd, *choices); !known) return report.problem(known.error().message);
    report.verified("The driver knows every option that is sent: " + textOf(*choices, ", ") + ".");
    const auto header = ppd.headerFor(*choices);
    if (!header) return report.problem(header.error().message);
    const auto part = partForDriver(*header, medium);
    if (!part) return report.problem(part.error().message);
    report.verified("The driver's page is the model's: " + std::to_string(part->width) + " × " +
                    std::to_string(part->height) + " pixels, RGB, " + std::to_string(medium.dpiX.value) + " × " +
                    std::to_string(medium.dpiY.value) + " dpi.");
}

/// Only for a queue of which nothing else is wrong.
void DriverQueue::comparePage(VerificationReport& report, const std::string& ppd, const std::string& finish,
                              const print::Medium& medium, Instant at) const {
    const auto unread = [&](const std::string& why) {
        report.verified("No test page was compared: " + why +
                        ". That nothing but the driver runs was read from the queue's PPD instead.");
    };
    image::Picture page = testPattern(medium.raster, m_model.device);
    const print::Ticket ticket{AttemptId::generate(ManualClock(at)), medium, finish};
    const auto open = [&](const std::string& uri) {
        return GutenprintPrinter::open({print::RouteKind::Gutenprint, uri}, m_model,
                                       {.timeout = m_timeout, .interrupt = m_queue.interrupt()});
    };
    const auto header = [&]() -> Result<cups_page_header2_t> {
        CONTONE_TRY(const DriverPpd parsed, DriverPpd::parse(ppd));
        CONTONE_TRY(const Choices choices, choicesFor(medium, finish));
        return parsed.headerFor(choices);
    };
    const TestRoute route{[&](const Path& file) { return cupsRasterSink(file, medium, header); },
                          [&](const std::string& uri) -> Result<std::unique_ptr<print::Printer>> { return open(uri); }};
    const auto captured = captureTestPage(m_queue, ppd, ticket, page, route, testPatience);
    if (!captured)
        return captured.error().reason == "no-capture" ? unread(captured.error().message)
                                                       : report.problem(captured.error().message);
    std::vector<Result<DnpSpool>> spools;
    for (const Bytes& came : captured->atTheDevice) spools.push_back(readDnpSpool(came));
    if (std::ranges::all_of(spools, [](const auto& s) { return !s && s.error().reason == "spool-unknown"; }))
        return unread("the driver took one, but writes a language that Contone does not read");
    if (const auto drivers = header(); drivers)
        if (const auto part = partForDriver(*drivers, medium)) whiten(page, *part);
    const auto isThePage = [&](const Result<DnpSpool>& spool) {
        const auto printed = spool ? pageOf(*spool, medium.raster) : Result<image::Picture>(std::unexpected(Error()));
        return printed && *printed == page;
    };
    report.check(std::ranges::any_of(spools, isThePage),
                 "A test page went through the queue's driver into a capture: all " +
                     std::to_string(medium.raster.width) + " × " + std::to_string(medium.raster.height) +
                     " pixels came out as they were sent.",
                 "The queue's driver changed a test page. Compare the queue's driver with the printer model.");
}

Result<print::Verification> DriverQueue::verify(const print::PrinterSetup& setup, const print::Medium& medium,
                                                Instant at, TestPage testPage) const {
    CONTONE_TRY(const PrinterFacts facts, readFacts(m_queue));
    CONTONE_TRY(const auto text, m_queue.get(m_queue.address().resource + ".ppd"));
    VerificationReport report("contone-gutenprint-1", setup, medium);
    report.note("page-size", medium.pageSize + " " + medium.cut);
    // "dead" is the word in the fingerprints of setups that were verified before.
    report.note("dead", std::to_string(medium.unprintableLeft) + " " + std::to_string(medium.unprintableTop) + " " +
                            std::to_string(medium.unprintableRight) + " " + std::to_string(medium.unprintableBottom));
    report.note("printer", facts.makeAndModel);
    report.note("scheduler", facts.schedulerVersion);
    report.note("ppd", text ? Sha256::of(*text).toString() : "none");  // names the driver and its version too
    if (!text) {
        report.problem("This queue has no driver. Make it again with Gutenprint's driver for the printer.");
    } else if (const auto ppd = DriverPpd::parse(*text); ppd) {
        checkDriver(report, *ppd, *text, setup, medium);
    } else {
        report.problem(ppd.error().message);
    }
    checkGuard(report, facts, GuardUri::Pages::Driven);
    CONTONE_CHECK(checkSettings(report, m_queue));
    checkOpen(report, facts, "The queue");
    if (testPage == TestPage::Sent && text && !report.isRefused()) comparePage(report, *text, setup.finish, medium, at);
    return report.finish(at);
}

}  // namespace contone::printers
