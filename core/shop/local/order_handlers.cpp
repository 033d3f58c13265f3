// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Orders: priced, placed, found, cancelled, erased.
#include <algorithm>
#include <iterator>
#include <set>

#include "core/order/phone.h"
#include "core/render/adjustments/adjustments.h"
#include "core/render/look_folder.h"
#include "core/shop/local/handlers_p.h"
#include "core/shop/local/shop_settings.h"

namespace contone::shop {

namespace {

constexpr std::size_t mostQuotes = 10'000;

/// The same quote for the same cart, whoever asks.
Sha256 nameOf(const pricing::Cart& cart, const Quote& quote) {
    return Sha256::of(json::write(cart) + json::write(quote));  // no text in it can look like the end of another
}

}  // namespace

std::vector<Feature> Handlers::featuresFor(const Asking& by) const {
    const auto settings = ShopSettings::load(m_parts.settings);
    return (settings ? *settings : ShopSettings{}).features(by.caller.peer.device);
}

Result<void> Handlers::checkFeature(Feature feature, const Asking& by) const {
    const auto on = featuresFor(by);
    if (std::ranges::find(on, feature) != on.end()) return {};
    return fail(Code::Conflict, "feature-off", "This is not offered here. Ask somebody who works here.",
                contone::toString(feature));
}

Result<Features> Handlers::handle(const ShowFeatures&, const Asking& by) {
    CONTONE_CHECK(ShopSettings::load(m_parts.settings));
    return Features{featuresFor(by)};
}

Result<Quote> Handlers::quoteFor(const pricing::Cart& cart, const Asking& by) const {
    CONTONE_TRY(const auto list, m_parts.prices.current());
    CONTONE_TRY(Quote quote, pricing::quote(*list, cart, pricing::LocalMoment::of(m_parts.clock.now())));
    for (const Feature feature : featuresFor(by)) quote.features.emplace_back(contone::toString(feature));
    return quote;
}

Result<Quote> Handlers::handle(const QuoteOrder& asked, const Asking& by) {
    const Instant now = m_parts.clock.now();
    const pricing::Cart cart = asked.cart();
    if (cart.override) CONTONE_CHECK(checkReason(cart.override->reason));
    CONTONE_TRY(Quote quote, quoteFor(cart, by));
    if (cart.isFirstOrder) return quote;  // nobody proved that it is one: told, and not honoured
    const std::lock_guard lock(m_quoting);
    if (m_quotes.size() >= mostQuotes) std::erase_if(m_quotes, [&](const auto& one) { return one.second < now; });
    if (m_quotes.size() < mostQuotes) m_quotes[nameOf(cart, quote)] = {now.ms + quote.holdsMinutes * 60'000LL};
    return quote;
}

Result<Quote> Handlers::priceOf(const PlaceOrder& asked, const pricing::Cart& cart, const Asking& by) {
    const Instant now = m_parts.clock.now();
    if (asked.quote) {
        const std::lock_guard lock(m_quoting);
        const auto given = m_quotes.find(nameOf(cart, *asked.quote));
        if (given == m_quotes.end())
            return fail(Code::Conflict, "quote-unknown",
                        "This price was not given for these prints. Look at the price again before you order.");
        if (given->second < now)
            return fail(Code::Conflict, "quote-over",
                        "The price was given too long ago. Look at it again before you order.");
        return *asked.quote;
    }
    return quoteFor(cart, by);
}

Result<order::Order> Handlers::handle(const PlaceOrder& asked, const Asking& by) {
    const std::lock_guard lock(m_originals);
    CONTONE_TRY(const AcceptedOrder accepted, accept(asked, by));
    auto placed = m_parts.orders.place(accepted.lines, accepted.price, accepted.customer, by.actor);
    if (placed) noteInIndex(placed->id);
    return placed;
}

Result<Handlers::AcceptedOrder> Handlers::accept(const PlaceOrder& asked, const Asking& by) {
    pricing::Cart wanted{{}, asked.options, asked.promotionCode, false, {}, asked.override};
    for (const NewLine& line : asked.lines) wanted.lines.push_back({line.product, line.copies, line.options});
    CONTONE_TRY(const Quote prices, priceOf(asked, wanted, by));
    // Whoever took it off, here or in the quote that is honoured, answers for it.
    const bool isReduced = asked.override || std::ranges::any_of(prices.discounts, [](const Quote::Discount& one) {
                               return one.kind == pricing::DiscountKind::Override;
                           });
    if (isReduced) {
        CONTONE_CHECK(checkPerson(by, Role::Supervisor));
        if (asked.override) CONTONE_CHECK(checkReason(asked.override->reason));
    }
    if (asked.expected && *asked.expected != prices.total)
        return fail(Code::Conflict, "price-changed",
                    "The price changed since it was shown. Look at it again before you order.",
                    toString(prices.total) + ", not " + toString(*asked.expected));
    AcceptedOrder accepted{{}, {prices.total, json::write(prices)}, {.name = asked.customerName}};
    if (!asked.customerPhone.empty()) {  // else a mistake in the file stops nobody from ordering
        CONTONE_TRY(const ShopSettings settings, ShopSettings::load(m_parts.settings));
        CONTONE_TRY(accepted.customer.phone, order::normalisedPhone(asked.customerPhone, settings.phoneCountry));
    }
    for (std::size_t i = 0; i < asked.lines.size(); i++) {
        const NewLine& line = asked.lines[i];
        order::OrderLine kept{
            LineId::generate(m_parts.clock), line.original, line.product, line.copies, {}, prices.lines[i].due};
        if (line.design) {
            CONTONE_CHECK(checkFeature(Feature::Designs, by));
            if (!line.original.isNone() || line.choices != order::PhotoChoices{})
                return fail(Code::Invalid, "line-ambiguous",
                            "A line of an order has one photo or one design, not both. Make two lines of it.");
            CONTONE_TRY(const catalog::Product product, m_parts.catalog.product(line.product));
            CONTONE_TRY(kept.design, acceptDesign(*line.design, product, accepted.customer));
        } else {
            CONTONE_TRY(kept.choices, acceptChoices(line.original, line.choices));
        }
        accepted.lines.push_back(std::move(kept));
        accepted.customer.fileNames.push_back(line.fileName);
    }
    return accepted;
}

Result<order::PhotoChoices> Handlers::acceptChoices(const Sha256& original, const order::PhotoChoices& choices) {
    if (!m_parts.vault.contains(original))
        return fail(Code::NotFound, "original-missing", "This photo is no longer here. Add it again.",
                    original.toString());
    CONTONE_TRY(const auto photo, m_parts.facts.facts(original));
    CONTONE_CHECK(order::check(choices, photo));
    CONTONE_CHECK(render::check(choices.adjustments));
    // As it is kept, in thousandths: what can be ordered can be printed.
    order::PhotoChoices kept = choices;
    CONTONE_TRY(kept.adjustments, image::parseAdjustments(image::toText(choices.adjustments)));
    CONTONE_CHECK(render::check(kept.adjustments));
    CONTONE_CHECK(keepLook(kept.adjustments));
    return kept;
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
    if (asked.code.empty()) return m_parts.orders.orderByNumber(asked.number);
    CONTONE_TRY(const auto meant, order::codesMeant(asked.code));
    return m_parts.orders.orderByCode(meant);
}

Result<Timeline> Handlers::handle(const ShowTimeline& asked, const Asking&) {
    CONTONE_TRY(auto stored, m_parts.orders.timeline(asked.order));
    Timeline timeline;
    timeline.events.reserve(stored.size());
    for (auto& one : stored) timeline.events.push_back(std::move(one.event));
    return timeline;
}

Result<order::Order> Handlers::handle(const MoveOrder& asked, const Asking& by) {
    if (asked.to == order::OrderState::Cancelled) return handle(CancelOrder{asked.order, asked.reason}, by);
    const bool needsReason = asked.to == order::OrderState::Held || asked.to == order::OrderState::Exception;
    if (needsReason && asked.reason.empty())
        return fail(Code::Invalid, "reason-missing", "Say why, in a word: it stands in the record of the order.");
    CONTONE_CHECK(checkWord(asked.reason));
    return m_parts.orders.moveOrder(asked.order, asked.to, asked.reason, by.actor);
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
    CONTONE_CHECK(checkWord(asked.reason));
    CONTONE_CHECK(m_parts.orders.order(asked.order));
    return cancelWaiting({.order = asked.order}, asked.reason, by.actor);
}

Result<order::Order> Handlers::handle(const CancelOrder& asked, const Asking& by) {
    CONTONE_CHECK(checkWord(asked.reason));
    CONTONE_TRY(const order::Order order, m_parts.orders.order(asked.order));
    if (order.state == order::OrderState::Draft) {
        CONTONE_CHECK(handle(EraseProject{{order.id.uuid}}, by));
        return m_parts.orders.order(asked.order);
    }
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

}  // namespace contone::shop
