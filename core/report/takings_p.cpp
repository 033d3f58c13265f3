// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Payments shared to the lines of their orders.
#include "core/report/takings_p.h"

#include <algorithm>

#include "core/pricing/quote.h"

namespace contone::report {
namespace {

/// What an order is made of, in the order in which its money is used up.
struct Part {
    std::string what;
    int copies = 0;
    std::int64_t due = 0, tax = 0;  ///< in minor units
    int rate = 0;                   ///< in hundredths of a percent
    std::string name = {};          ///< for people
};

std::vector<Part> partsOf(const order::Order& order) {
    std::vector<Part> parts;
    const auto quote = json::read<pricing::Quote>(order.price.quote);
    for (std::size_t i = 0; i < order.lines.size(); i++) {
        const order::OrderLine& line = order.lines[i];
        Part part{line.product, line.copies, line.price.minor, 0, 0};
        if (quote && i < quote->lines.size()) {
            if (part.what.empty()) part.what = "package:" + quote->lines[i].package;
            part.tax = quote->lines[i].tax.minor;
            part.rate = quote->lines[i].rate;
        }
        parts.push_back(std::move(part));
    }
    if (quote)
        for (const auto& extra : quote->extras)
            parts.push_back({extra.kind == pricing::ExtraKind::Option ? "option:" + extra.id : "minimum-order", 0,
                             extra.due.minor, extra.tax.minor, extra.rate, extra.name});
    std::int64_t sum = 0;
    for (const Part& part : parts) sum += part.due;
    // An order of before there were quotes may cost what its lines do not say.
    if (sum > order.price.total.minor) return {{"other", 0, order.price.total.minor, 0, 0}};
    if (sum != order.price.total.minor) parts.push_back({"other", 0, order.price.total.minor - sum, 0, 0});
    return parts;
}

/// Of the tax of a part, what its first `of` minor units have.
std::int64_t taxUpTo(const Part& part, std::int64_t of) {
    return part.due == 0 ? 0 : part.tax * of / part.due;
}
int copiesUpTo(const Part& part, std::int64_t of) {
    return part.due == 0 ? 0 : static_cast<int>(part.copies * of / part.due);
}

void add(Sums& sums, const std::string& currency, const Part& part, std::int64_t from, std::int64_t to) {
    const std::int64_t gross = to - from, tax = taxUpTo(part, to) - taxUpTo(part, from);
    const std::string rate = std::to_string(part.rate / 100) + "." + (part.rate % 100 < 10 ? "0" : "") +
                             std::to_string(part.rate % 100) + " %";
    for (auto* row : {&sums.products[part.what], &sums.taxes[rate]}) {
        if (row->what.empty()) {
            row->net.currency = row->tax.currency = row->gross.currency = currency;
            row->what = row == &sums.taxes[rate] ? rate : part.what;
        }
        if (row != &sums.taxes[rate] && row->name.empty()) row->name = part.name;
        row->net.minor += gross - tax;
        row->tax.minor += tax;
        row->gross.minor += gross;
        row->count += copiesUpTo(part, to) - copiesUpTo(part, from);
    }
}
/// What lies between two amounts of the whole order.
void addBetween(Sums& sums, const std::string& currency, const std::vector<Part>& parts, std::int64_t from,
                std::int64_t to) {
    std::int64_t start = 0;
    for (const Part& part : parts) {
        const std::int64_t a = std::clamp(from - start, std::int64_t{0}, part.due),
                           b = std::clamp(to - start, std::int64_t{0}, part.due);
        if (a != b) add(sums, currency, part, a, b);
        start += part.due;
    }
}
MethodRow& methodIn(OfCurrency& all, order::PayMethod method, const std::string& currency) {
    MethodRow& row = all.methods[method];
    row.method = method;
    for (Money* money : {&row.taken, &row.givenBack, &row.rounding, &row.moved}) money->currency = currency;
    return row;
}

/// What money was taken for, from where to where in a part; what is given back goes from the end.
using Ranges = std::vector<std::pair<std::int64_t, std::int64_t>>;

void note(std::vector<Ranges>& held, const std::vector<Part>& parts, std::int64_t from, std::int64_t to) {
    std::int64_t start = 0;
    for (std::size_t i = 0; i < parts.size(); i++) {
        const std::int64_t a = std::clamp(from - start, std::int64_t{0}, parts[i].due),
                           b = std::clamp(to - start, std::int64_t{0}, parts[i].due);
        if (a != b) held[i].emplace_back(a, b);
        start += parts[i].due;
    }
}

/// What a refund gives back of each part: of the lines that it names, the rest from the end of what is held.
void addRefund(Sums& sums, const order::Order& order, const std::vector<Part>& parts,
               const order::PaymentRefunded& refund, std::vector<Ranges>& held) {
    std::int64_t unnamed = refund.amount.minor;
    const auto giveBack = [&](std::size_t index, std::int64_t most) {
        for (Ranges& ranges = held[index]; most > 0 && !ranges.empty();) {
            auto& [from, to] = ranges.back();
            const std::int64_t amount = std::min(most, to - from);
            add(sums, refund.amount.currency, parts[index], to, to - amount);
            to -= amount;
            most -= amount;
            unnamed -= amount;
            if (from == to) ranges.pop_back();
        }
    };
    for (const order::RefundedLine& line : refund.lines)
        for (std::size_t i = 0; i < order.lines.size(); i++)
            if (order.lines[i].id == line.line) giveBack(i, line.amount.minor);
    for (std::size_t i = parts.size(); i-- > 0;) giveBack(i, unnamed);
    if (unnamed != 0) {  // more than there was: nobody knows of what
        const Part other{"other", 0, unnamed, 0, 0};
        add(sums, refund.amount.currency, other, unnamed, 0);
    }
}

}  // namespace

void addSold(std::map<std::string, OfCurrency>& all, const Sold& sold, const std::set<order::ChargeId>& moved) {
    const auto parts = partsOf(sold.order);
    OfCurrency& of = all[sold.order.price.total.currency];
    Sums elsewhere;  // of other periods
    std::vector<Ranges> held(parts.size());
    std::set<std::string> givenFor;  // reasons for which something of this order was free
    std::int64_t paid = 0;
    for (const order::PaymentTaken& taken : sold.payment.taken) {
        const bool counts = moved.contains(taken.charge);
        const std::int64_t before = paid;
        paid += taken.amount.minor;
        if (taken.method != order::PayMethod::Free) note(held, parts, before, paid);
        if (!counts) continue;
        if (taken.method == order::PayMethod::Free) {
            CompRow& comp = of.comps[taken.reason];
            comp.reason = taken.reason;
            comp.amount.currency = taken.amount.currency;
            comp.amount.minor += taken.amount.minor;
            comp.orders += givenFor.insert(taken.reason).second ? 1 : 0;
            continue;
        }
        addBetween(of.sums, taken.amount.currency, parts, before, paid);
        MethodRow& row = methodIn(of, taken.method, taken.amount.currency);
        row.payments++;
        row.taken.minor += taken.amount.minor;
        row.rounding.minor += taken.rounding.minor;
    }
    for (const order::PaymentRefunded& refund : sold.payment.refunds) {
        const bool counts = moved.contains(refund.charge);
        addRefund(counts ? of.sums : elsewhere, sold.order, parts, refund, held);
        if (!counts) continue;
        MethodRow& row = methodIn(of, refund.method, refund.amount.currency);
        row.refunds++;
        row.givenBack.minor += refund.amount.minor;
        row.rounding.minor -= refund.rounding.minor;
    }
}

}  // namespace contone::report
