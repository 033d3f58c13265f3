// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Slips of orders.
#include "core/shop/local/handlers_p.h"
#include "core/shop/local/shop_settings.h"
#include "core/slip/order_slip.h"
#include "core/words/say.h"
#include "core/words/sentences.h"

namespace contone::shop {
namespace {

/// What stands in the quote besides the lines: what the whole order is charged for, why, and the tax in it.
void addQuote(const words::Locale& locale, const pricing::Quote& quote, slip::OrderSlip& slip) {
    for (const auto& extra : quote.extras)
        slip.extras.push_back(
            {extra.kind == pricing::ExtraKind::Option ? extra.name : words::say(locale, "price.lacking"), extra.due});
    for (const pricing::Note& note : quote.notes) slip.remarks.push_back(words::sentence(locale, note));
    for (const auto& row : quote.taxes)
        slip.taxes.push_back({words::say(locale, "slip.tax",
                                         {{"rate", locale.percent(row.rate / 100.0, row.rate % 100 == 0 ? 0 : 2)},
                                          {"gross", locale.money(row.gross)}}),
                              row.tax});
}

}  // namespace

Result<slip::Slip> Handlers::handle(const ShowSlip& asked, const Asking&) {
    CONTONE_TRY(const ShopSettings settings, ShopSettings::load(m_parts.settings));
    CONTONE_TRY(const order::Order order, m_parts.orders.order(asked.order));
    const words::Locale locale(asked.language);
    slip::OrderSlip slip{{settings.name, settings.address, settings.taxNumber, settings.footer},
                         order.code,
                         order.number,
                         locale.time(order.placedAt, m_parts.clock.now()),
                         {},
                         {},
                         {},
                         order.price.total,
                         {},
                         {}};
    CONTONE_TRY(slip.payment, m_parts.payments.payment(asked.order));
    const auto quote = json::read<pricing::Quote>(order.price.quote);  // none: an order of before there were quotes
    for (std::size_t i = 0; i < order.lines.size(); i++) {
        const order::OrderLine& line = order.lines[i];
        const auto product = m_parts.catalog.product(line.product);  // it may be sold no longer
        slip::SlipLine one{product ? product->name : line.product, line.copies, line.price};
        if (line.choices.asSent) one.notes.push_back(words::asSent(locale));
        if (quote && i < quote->lines.size())
            for (const auto& option : quote->lines[i].options) one.notes.push_back(option.name);
        slip.lines.push_back(std::move(one));
    }
    if (quote) addQuote(locale, *quote, slip);
    return slip::slipOf(locale, slip);
}

}  // namespace contone::shop
