// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// An order as rows.
#include "core/slip/order_slip.h"

#include "core/words/order_words.h"
#include "core/words/say.h"

namespace contone::slip {
namespace {

using words::say;

std::string withoutDash(const order::OrderCode& code) {
    std::string text = code.toString();
    std::erase(text, '-');
    return text;
}

class Builder {
  public:
    explicit Builder(const words::Locale& locale) : m_locale(locale) {}

    void head(const SlipHead& head) {
        if (!head.shop.empty()) add({.text = head.shop, .align = Align::Centre, .bold = true});
        for (const std::string& line : head.address) add({.text = line, .align = Align::Centre});
        if (!head.taxNumber.empty())
            add({.text = say(m_locale, "slip.tax-number", {{"number", head.taxNumber}}), .align = Align::Centre});
        add({.text = say(m_locale, head.isReceipt ? "slip.receipt" : "slip.no-receipt"), .align = Align::Centre});
        add({.rule = true});
    }
    void code(const OrderSlip& order) {
        if (!order.code.isNone()) {
            add({.text = order.code.toString(), .align = Align::Centre, .bold = true, .large = true});
            add({.align = Align::Centre, .code = withoutDash(order.code)});
        }
        add({.text = say(m_locale, "slip.number", {{"number", std::to_string(order.number)}}), .right = order.placed});
        add({.rule = true});
    }
    void prices(const OrderSlip& order) {
        for (const SlipLine& line : order.lines) {
            amount(std::to_string(line.copies) + " × " + line.product, line.price);
            for (const std::string& note : line.notes) add({.text = "  " + note});
        }
        for (const SlipAmount& extra : order.extras) amount(extra.what, extra.amount);
        for (const std::string& remark : order.remarks) add({.text = remark});
        add({.rule = true});
        add({.text = say(m_locale, "slip.total"), .right = m_locale.money(order.total), .bold = true});
        for (const SlipAmount& tax : order.taxes) amount(tax.what, tax.amount);
    }
    void payment(const order::Payment& payment) {
        for (const order::PaymentTaken& taken : payment.taken) {
            const Money wanted{taken.amount.minor + taken.rounding.minor, taken.amount.currency};
            add({.text = order::toString(taken.receipt), .right = words::method(m_locale, taken.method)});
            if (taken.rounding.minor != 0) amount(say(m_locale, "slip.rounding"), taken.rounding);
            amount(say(m_locale, "slip.paid"), wanted);
            if (taken.given.minor > wanted.minor) {
                amount(say(m_locale, "slip.given"), taken.given);
                amount(say(m_locale, "slip.change"), {taken.given.minor - wanted.minor, wanted.currency});
            }
        }
        for (const order::PaymentRefunded& refund : payment.refunds)
            amount(say(m_locale, "slip.refunded", {{"receipt", order::toString(refund.receipt)}}),
                   {-refund.amount.minor, refund.amount.currency});
        if (payment.state == order::PaymentState::Due)
            add({.text = say(m_locale, "slip.to-pay"), .right = m_locale.money(payment.outstanding()), .bold = true});
    }
    void footer(const SlipHead& head) {
        if (head.footer.empty()) return;
        add({.rule = true});
        for (const std::string& line : head.footer) add({.text = line, .align = Align::Centre});
    }
    Slip done() { return std::move(m_slip); }

  private:
    void add(Row row) { m_slip.rows.push_back(std::move(row)); }
    void amount(std::string what, const Money& money) {
        add({.text = std::move(what), .right = m_locale.money(money)});
    }

    const words::Locale& m_locale;
    Slip m_slip;
};

}  // namespace

Slip slipOf(const words::Locale& locale, const OrderSlip& order) {
    Builder builder(locale);
    builder.head(order.head);
    builder.code(order);
    builder.prices(order);
    builder.payment(order.payment);
    builder.footer(order.head);
    return builder.done();
}

}  // namespace contone::slip
