// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Orders: priced, placed, found, cancelled, erased.
#include "core/render/adjustments/adjustments.h"
#include "core/render/look_folder.h"
#include "core/shop/local/handlers_p.h"
#include "core/shop/quote.h"

namespace contone::shop {

Result<Quote> Handlers::handle(const QuoteOrder& asked, const Asking&) {
    return quote(m_parts.catalog, asked.lines);
}

Result<order::Order> Handlers::handle(const PlaceOrder& asked, const Asking& by) {
    std::vector<ProductCopies> wanted;
    wanted.reserve(asked.lines.size());
    for (const NewLine& line : asked.lines) wanted.push_back({line.product, line.copies});
    CONTONE_TRY(const Quote prices, quote(m_parts.catalog, wanted));
    std::vector<order::OrderLine> lines;
    order::Customer customer{asked.customerName, {}};
    for (std::size_t i = 0; i < asked.lines.size(); i++) {
        const NewLine& line = asked.lines[i];
        if (!m_parts.vault.contains(line.original))
            return fail(Code::NotFound, "original-missing", "This photo is no longer here. Add it again.",
                        line.original.toString());
        CONTONE_TRY(const auto photo, m_parts.facts.facts(line.original));
        CONTONE_CHECK(order::check(line.choices, photo));
        CONTONE_CHECK(render::check(line.choices.adjustments));
        // As it is kept, in thousandths: what can be ordered can be printed.
        order::PhotoChoices choices = line.choices;
        CONTONE_TRY(choices.adjustments, image::parseAdjustments(image::toText(line.choices.adjustments)));
        CONTONE_CHECK(render::check(choices.adjustments));
        CONTONE_CHECK(keepLook(choices.adjustments));
        lines.push_back({LineId::generate(m_parts.clock), line.original, line.product, line.copies, choices,
                         prices.lines[i].unitPrice});
        customer.fileNames.push_back(line.fileName);
    }
    return m_parts.orders.place(lines, customer, by.actor);
}

// Only what lies in the shop's folder is ever read as a look: no file of a customer's becomes one by its hash.
Result<void> Handlers::keepLook(const image::Adjustments& adjustments) {
    const auto name = render::cubeNamed(adjustments.look);
    if (!name) return {};
    CONTONE_TRY(const Bytes bytes, render::LookFolder(m_parts.looks).open(name->file));
    CONTONE_CHECK(render::CubeLook::parse({reinterpret_cast<const char*>(bytes.data()), bytes.size()}));
    CONTONE_CHECK(m_parts.vault.addBytes(bytes));
    return {};
}

Result<order::Order> Handlers::handle(const ShowOrder& asked, const Asking&) {
    return m_parts.orders.order(asked.order);
}

Result<order::Order> Handlers::handle(const FindOrder& asked, const Asking&) {
    return m_parts.orders.orderByNumber(asked.number);
}

Result<Page<order::Order>> Handlers::handle(const ListOrders& asked, const Asking&) {
    CONTONE_TRY(auto orders, m_parts.orders.orders(asked.limit + 1, asked.after));
    return pageOf(std::move(orders), asked.limit);
}

Result<CancelledSheets> Handlers::cancelWaiting(const print::SheetFilter& which, const std::string& reason,
                                                const std::string& actor) {
    print::SheetFilter filter = which;
    filter.openOnly = true;
    CONTONE_TRY(const auto open, m_parts.ledger.sheets(filter));
    CancelledSheets cancelled;
    for (const print::Sheet& sheet : open) {
        if (sheet.state != print::SheetState::Planned) continue;
        auto moved = m_parts.ledger.move(
            sheet.id, print::SheetState::Planned,
            {print::SheetState::Cancelled, reason.empty() ? "not-wanted" : reason, {}, {}, {}, {}, actor});
        if (moved)
            cancelled.sheets.push_back(std::move(*moved));
        else if (moved.error().reason != "sheet-moved")  // that one has just gone to the printer
            return std::unexpected(moved.error());
    }
    m_parts.wakePrinting();
    return cancelled;
}

Result<CancelledSheets> Handlers::handle(const CancelWaitingSheets& asked, const Asking& by) {
    CONTONE_CHECK(m_parts.orders.order(asked.order));
    return cancelWaiting({.order = asked.order}, asked.reason, by.actor);
}

Result<order::Order> Handlers::handle(const CancelOrder& asked, const Asking& by) {
    /// Fails when paper is used or about to be; else gives whether sheets wait.
    const auto someWait = [&]() -> Result<bool> {
        CONTONE_TRY(const auto sheets, m_parts.ledger.sheets({.order = asked.order}));
        for (const print::Sheet& s : sheets) {
            if (!print::isFinal(s.state) && s.state != print::SheetState::Planned)
                return fail(Code::Conflict, "already-printing",
                            "Sheets of this order are at the printer or in question. Wait for them, or say what became "
                            "of them, then cancel the order.",
                            s.id.toString());
            if (s.state == print::SheetState::Out)
                return fail(Code::Conflict, "order-done",
                            "Prints of this order are out, so it cannot be cancelled. Cancel the sheets that wait.",
                            s.id.toString());
        }
        return std::ranges::any_of(sheets, [](const print::Sheet& s) { return s.state == print::SheetState::Planned; });
    };
    for (;;) {
        // Thousands of sheets take a while, in which others plan.
        CONTONE_TRY(bool waiting, someWait());
        if (waiting) CONTONE_CHECK(handle(CancelWaitingSheets{asked.order, asked.reason}, by));
        const std::lock_guard lock(m_planning);
        CONTONE_TRY(waiting, someWait());  // the printer may have been quicker, or somebody planned it anew
        if (!waiting)
            return m_parts.orders.cancel(asked.order, asked.reason.empty() ? "not-wanted" : asked.reason, by.actor);
    }
}

Result<Nothing> Handlers::handle(const EraseCustomer& asked, const Asking& by) {
    CONTONE_TRY(const order::Order order, m_parts.orders.order(asked.order));
    for (const order::OrderLine& line : order.lines)
        if (!line.original.isNone()) CONTONE_CHECK(m_parts.facts.forgetFacts(line.original));
    CONTONE_CHECK(m_parts.orders.eraseCustomer(asked.order, by.actor));  // last in the store: it cuts the log
    for (const order::OrderLine& line : order.lines)
        if (!line.original.isNone()) CONTONE_CHECK(m_parts.spool.forget(line.original));
    return Nothing{};
}

}  // namespace contone::shop
