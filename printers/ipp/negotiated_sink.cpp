// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What the printer said decides when the page begins: an error is then told where all others are.
#include "printers/ipp/negotiated_sink.h"

#include "printers/raster/pwg_writer.h"

namespace contone::printers {
namespace {

/// Writes in the best raster type that the printer takes.
class NegotiatedSink final : public image::StripSink {
  public:
    NegotiatedSink(Path file, print::Ticket ticket, Result<PrinterFacts> facts)
        : m_file(std::move(file)), m_ticket(std::move(ticket)), m_facts(std::move(facts)) {}

    Result<void> begin(const image::PageHeader& header) override {
        if (!m_facts) return std::unexpected(m_facts.error());
        const auto type = chooseRasterType(header.format, m_facts->rasterTypes);
        if (!type)
            return fail(
                Code::Unsupported, "raster-type",
                "The printer does not take pixels of this kind. Choose the right printer model and verify the setup.");
        if (!m_facts->hasDpi(header.dpiX, header.dpiY))
            return fail(
                Code::Unsupported, "raster-resolution",
                "The printer does not take this resolution. Choose the right printer model and verify the setup.",
                std::to_string(header.dpiX.value) + "x" + std::to_string(header.dpiY.value));
        m_sink =
            pwgFileSink(m_file, {*type, m_ticket.medium.ippMedia, mediaTypeFor(m_facts->mediaTypes, m_ticket.finish)});
        return m_sink->begin(header);
    }
    Result<void> write(image::StripView strip) override { return m_sink ? m_sink->write(strip) : notBegun(); }
    Result<void> finish() override { return m_sink ? m_sink->finish() : notBegun(); }

  private:
    static Result<void> notBegun() { return fail(Code::Internal, "strip-order", "The page could not be written."); }
    Path m_file;
    print::Ticket m_ticket;
    Result<PrinterFacts> m_facts;
    std::unique_ptr<image::StripSink> m_sink;
};

}  // namespace

std::unique_ptr<image::StripSink> negotiatedSink(const Path& file, const print::Ticket& ticket,
                                                 Result<PrinterFacts> facts) {
    return std::make_unique<NegotiatedSink>(file, ticket, std::move(facts));
}

}  // namespace contone::printers
