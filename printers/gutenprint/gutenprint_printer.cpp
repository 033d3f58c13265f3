// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The driver's options for a ticket; everything else is a queue like any other.
#include "printers/gutenprint/gutenprint_printer.h"

#include "printers/gutenprint/cups_raster_p.h"
#include "printers/gutenprint/driver_queue_p.h"

namespace contone::printers {

GutenprintPrinter::GutenprintPrinter(CupsQueue queue, std::unique_ptr<DriverQueue> driver)
    : m_queue(std::move(queue)), m_driver(std::move(driver)) {}
GutenprintPrinter::~GutenprintPrinter() = default;

Result<std::unique_ptr<GutenprintPrinter>> GutenprintPrinter::open(const print::Route& route,
                                                                   const print::PrinterModel& model,
                                                                   const GutenprintOptions& options) {
    if (model.device != image::PixelFormat{image::Channels::Rgb, image::Depth::U8})
        return fail(Code::Unsupported, "raster-format", "Gutenprint's drivers take 8-bit RGB pixels alone.", model.id);
    if (route.kind != print::RouteKind::Gutenprint)
        return fail(Code::Invalid, "bad-printer-uri", "This printer is not reached through Gutenprint.", route.uri);
    CONTONE_TRY(IppAddress address, IppAddress::parse(route.uri));
    const Wire wire(std::move(address), options.timeout, options.interrupt);
    return std::unique_ptr<GutenprintPrinter>(
        new GutenprintPrinter(CupsQueue(wire, options.timeout, "application/vnd.cups-raster"),
                              std::make_unique<DriverQueue>(wire, model, options.timeout)));
}

Result<print::SchedulerJob> GutenprintPrinter::create(const print::Ticket& ticket) {
    CONTONE_TRY(const PrinterFacts facts, m_queue.facts());
    CONTONE_TRY(const DriverPpd ppd, m_driver->ppd());
    CONTONE_TRY(const Choices choices, m_driver->choicesFor(ticket.medium, ticket.finish));
    CONTONE_CHECK(checkChoices(ppd, choices));
    return m_queue.create(facts, ticket, ppd.allWith(choices));
}

std::unique_ptr<image::StripSink> GutenprintPrinter::documentSink(const Path& file, const print::Ticket& ticket) {
    const auto header = [&]() -> Result<cups_page_header2_t> {
        CONTONE_TRY(const DriverPpd ppd, m_driver->ppd());
        CONTONE_TRY(const Choices choices, m_driver->choicesFor(ticket.medium, ticket.finish));
        CONTONE_CHECK(checkChoices(ppd, choices));
        return ppd.headerFor(choices);
    };
    return cupsRasterSink(file, ticket.medium, [asked = header()] { return asked; });
}

Result<print::Verification> GutenprintPrinter::verify(const print::PrinterSetup& setup, const print::Medium& medium,
                                                      Instant at) {
    return m_driver->verify(setup, medium, at, DriverQueue::TestPage::Sent);
}
Result<print::Verification> GutenprintPrinter::recheck(const print::PrinterSetup& setup, const print::Medium& medium,
                                                       Instant at) {
    return m_driver->verify(setup, medium, at, DriverQueue::TestPage::None);
}

}  // namespace contone::printers
