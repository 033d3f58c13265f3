// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Asks the printer when the page begins, not before.
#include "printers/ipp/negotiated_sink.h"

#include "printers/raster/pwg_writer.h"

namespace contone::printers {
namespace {

/// Asks the printer for its raster types when the page begins, then writes in the best of them.
class NegotiatedSink final : public image::StripSink {
  public:
    using Ask = std::function<Result<PrinterFacts>()>;
    NegotiatedSink(Path file, print::Ticket ticket, Ask ask)
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

std::unique_ptr<image::StripSink> negotiatedSink(const Path& file, const print::Ticket& ticket,
                                                 std::function<Result<PrinterFacts>()> ask) {
    return std::make_unique<NegotiatedSink>(file, ticket, std::move(ask));
}

}  // namespace contone::printers
