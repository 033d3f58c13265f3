// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Slips of orders.
#include "core/shop/local/handlers_p.h"
#include "core/shop/local/shop_settings.h"
#include "core/slip/order_slip.h"
#include "core/words/sentences.h"

namespace contone::shop {

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
                         order.price.total,
                         {},
                         {}};
    CONTONE_TRY(slip.payment, m_parts.payments.payment(asked.order));
    for (const order::OrderLine& line : order.lines) {
        const auto product = m_parts.catalog.product(line.product);  // it may be sold no longer
        slip::SlipLine one{product ? product->name : line.product, line.copies, line.price};
        if (line.choices.asSent) one.notes.push_back(words::asSent(locale));
        slip.lines.push_back(std::move(one));
    }
    return slip::slipOf(locale, slip);
}

}  // namespace contone::shop
