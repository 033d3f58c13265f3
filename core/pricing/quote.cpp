// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A quote from top to bottom: count, reduce, add what the whole order costs, tax, round.
#include "core/pricing/quote.h"

#include <algorithm>
#include <set>

#include "core/pricing/counted_p.h"
#include "core/pricing/reductions_p.h"
#include "core/pricing/shares_p.h"
#include "core/pricing/taxes_p.h"

namespace contone::pricing {

namespace {

/// Takes the steps of one quote in their order.
class Calculation {
  public:
    Calculation(const PriceList& list, const Cart& cart, const LocalMoment& when) : m_list(list), m_cart(cart) {
        m_quote.taxRegion = list.tax.region;
        m_quote.taxPlacement = list.tax.placement;
        m_quote.listVersion = list.version;
        m_quote.listHash = list.hash;
        m_quote.quotedAt = when;
        m_quote.holdsMinutes = list.holdsMinutes;
    }

    Result<Quote> run(const LocalMoment& when) {
        CONTONE_CHECK(add(when));
        sayLadders();
        sayReductions();
        for (const auto& [product, more] : m_off.moreForFree) sayMoreForFree(product, more, when);
        if (m_isRaised) m_quote.notes.push_back({NoteCode::BelowMinimum, {}, {}, {}, money(m_list.minimumOrder)});
        addTaxes();
        addTotals();
        return std::move(m_quote);
    }

  private:
    /// Everything but tax.
    Result<void> add(const LocalMoment& when) {
        CONTONE_TRY(m_counted, count(m_list, m_cart));
        CONTONE_TRY(m_off, reduce(m_list, m_cart, m_counted, when));
        CONTONE_CHECK(takeOverride());
        for (const Reductions::One& one : m_off.all)
            m_quote.discounts.push_back({one.kind, one.id, one.name, money(one.cents)});
        for (std::size_t i = 0; i < m_counted.lines.size(); ++i) addLine(i);
        CONTONE_CHECK(addOrderOptions());
        return reachMinimum();
    }

    Result<void> takeOverride() {
        if (!m_cart.override) return {};
        const PriceOverride& asked = *m_cart.override;
        if (asked.amount.currency != m_list.currency)
            return fail(Code::Conflict, "mixed-currencies",
                        "Prices are in " + m_list.currency + ". Take off an amount in that.", asked.amount.currency);
        std::vector<std::int64_t> left;
        std::int64_t most = 0;
        for (std::size_t i = 0; i < m_counted.lines.size(); ++i)
            most += left.emplace_back(m_counted.lines[i].total - m_off.byLine[i]);
        if (asked.amount.minor <= 0 || asked.amount.minor > most)
            return fail(Code::Invalid, "bad-amount",
                        "At most " + contone::toString(money(most)) + " can be taken off. Correct the amount.",
                        contone::toString(asked.amount));
        const auto shares = sharesOf(asked.amount.minor, left, m_counted.ranks);
        for (std::size_t i = 0; i < shares.size(); ++i) m_off.byLine[i] += shares[i];
        m_off.all.push_back({DiscountKind::Override, asked.reason, asked.reason, 1, asked.amount.minor});
        return {};
    }

    std::int64_t taken() const { return m_cart.override ? m_cart.override->amount.minor : 0; }
    Money money(std::int64_t minor) const { return {minor, m_list.currency}; }
    const std::string& nameOf(const std::string& product) const { return m_list.catalogue.at(product); }

    void sayLadders() {
        for (const auto& [product, price] : m_counted.ladders) {
            const int ordered = m_counted.copies.at(product);
            if (price.charged == ordered) continue;
            m_quote.notes.push_back({NoteCode::ChargedAs,
                                     product,
                                     nameOf(product),
                                     {{"ordered", ordered}, {"charged", price.charged}},
                                     money(price.cents)});
            m_off.moreForFree.try_emplace(product, price.charged - ordered);  // what a bundle still holds comes first
        }
    }

    void sayReductions() {
        for (const Reductions::One& one : m_off.all) {
            if (one.kind == DiscountKind::Bundle)
                m_quote.notes.push_back(
                    {NoteCode::BundleUsed, one.id, one.name, {{"times", one.times}}, money(one.cents)});
            else if (one.kind == DiscountKind::Promotion)
                m_quote.notes.push_back({NoteCode::PromotionUsed, one.id, one.name, {}, money(one.cents)});
        }
        if (m_off.promotion != nullptr && isCodeOf(*m_off.promotion, m_cart.code)) return;
        for (const Promotion& promotion : m_list.promotions) {
            if (!isCodeOf(promotion, m_cart.code)) continue;
            m_quote.notes.push_back({NoteCode::PromotionNotUsed, promotion.id, promotion.name, {}, money(0)});
            return;
        }
    }

    /// Bundles and promotions may count these prints otherwise: then it is tried.
    void sayMoreForFree(const std::string& product, int more, const LocalMoment& when) {
        if (!m_list.bundles.empty() || !m_list.promotions.empty()) {
            Cart bigger = m_cart;
            bigger.lines.push_back({product, std::min<int>(more, copiesOfOne.most)});
            Calculation with(m_list, bigger, when);
            if (!with.add(when) || with.m_sum > m_sum) return;
        }
        m_quote.notes.push_back({NoteCode::MoreForFree, product, nameOf(product), {{"more", more}}, money(0)});
    }

    void addLine(std::size_t at) {
        const CountedLine& counted = m_counted.lines[at];
        Quote::Line& line = m_quote.lines.emplace_back();
        line.product = counted.asked->product;
        line.package = counted.asked->package;
        line.copies = counted.asked->copies;
        line.total = money(counted.total);
        line.discount = money(m_off.byLine[at]);
        if (counted.total % line.copies == 0) line.each = money(counted.total / line.copies);
        for (const OptionCents& chosen : counted.options)
            line.options.push_back({chosen.option->id, chosen.option->name, money(chosen.cents)});
        m_sum += counted.total - m_off.byLine[at];
    }

    Result<void> addOrderOptions() {
        const std::int64_t base = m_sum + taken();  // what somebody takes off changes no other price
        for (const std::string& id : std::set<std::string>(m_cart.options.begin(), m_cart.options.end())) {
            CONTONE_TRY(const Option* option, optionFor(m_list, id, nullptr));
            const std::int64_t cents =
                m_quote.lines.empty() ? 0 : option->cents + nearestPart(base, option->percent, 100);
            m_quote.extras.push_back({ExtraKind::Option, option->id, option->name, money(cents), {}, 0, {}});
            m_sum += cents;
        }
        return {};
    }

    Result<void> reachMinimum() {
        const std::int64_t before = m_sum + taken();
        if (m_quote.lines.empty() || before >= m_list.minimumOrder) return {};
        const Money least = money(m_list.minimumOrder);
        if (m_list.belowMinimum == BelowMinimum::Refuse)
            return fail(Code::Conflict, "order-below-minimum",
                        "The smallest order here is " + contone::toString(least) + ". Add some prints.",
                        contone::toString(money(before)));
        m_quote.extras.push_back({ExtraKind::MinimumOrder, {}, {}, money(m_list.minimumOrder - before), {}, 0, {}});
        m_isRaised = true;
        m_sum += m_list.minimumOrder - before;
        return {};
    }

    void addTaxes() {
        std::vector<Taxed> all;
        for (std::size_t i = 0; i < m_quote.lines.size(); ++i)
            all.push_back({m_list.tax.rateOf(*m_counted.lines[i].taxClass), m_counted.lines[i].total - m_off.byLine[i],
                           m_counted.ranks[i]});
        for (const Quote::Extra& extra : m_quote.extras)
            all.push_back({m_list.tax.rateOf(m_list.tax.extrasClass), extra.amount.minor, int(all.size())});
        m_quote.taxes = taxesOf(m_list.tax, m_list.currency, all);
        const bool isIncluded = m_list.tax.placement == TaxPlacement::Included;
        const auto put = [&](const Taxed& from, auto& to) {
            to.rate = from.rate;
            to.tax = money(from.tax);
            to.due = money(from.amount + (isIncluded ? 0 : from.tax));
            m_total += to.due.minor;
        };
        for (std::size_t i = 0; i < all.size(); ++i) {
            const std::size_t lines = m_quote.lines.size();
            if (i < lines)
                put(all[i], m_quote.lines[i]);
            else
                put(all[i], m_quote.extras[i - lines]);
        }
    }

    void addTotals() {
        const std::int64_t rounding = cashRoundingOf(m_list, money(m_total)).minor;
        m_quote.total = money(m_total);
        m_quote.cashTotal = money(m_total + rounding);
        m_quote.cashRounding = money(rounding);
        const bool isDeposit = m_list.depositPercent > 0 && m_total >= m_list.depositFrom;
        m_quote.deposit = money(isDeposit ? nearestPart(m_total, m_list.depositPercent, 100) : 0);
    }

    const PriceList& m_list;
    const Cart& m_cart;
    CountedCart m_counted;
    Reductions m_off;
    Quote m_quote;
    std::int64_t m_sum = 0;    ///< before tax that comes on top
    std::int64_t m_total = 0;  ///< with it
    bool m_isRaised = false;   ///< to the smallest order
};

}  // namespace

Result<Quote> quote(const PriceList& list, const Cart& cart, const LocalMoment& when) {
    if (!cart.currency.empty() && cart.currency != list.currency)
        return fail(Code::Conflict, "mixed-currencies",
                    "Prices are in " + list.currency + " now, not in " + cart.currency + ". Look at them again.");
    return Calculation(list, cart, when).run(when);
}

Money cashRoundingOf(const PriceList& list, const Money& amount) {
    const std::int64_t step = list.cashStep;
    return {(amount.minor + step / 2) / step * step - amount.minor, amount.currency};
}

Result<Money> refundOf(const Quote::Line& line, int copies, int copiesBefore) {
    if (copies < 1 || copiesBefore < 0 || copiesBefore > line.copies - copies)
        return fail(
            Code::Invalid, "bad-copies", "There are not so many copies left of which to give money back.",
            std::to_string(copies) + " after " + std::to_string(copiesBefore) + " of " + std::to_string(line.copies));
    const auto until = [&](int count) { return floorPart(line.due.minor, count, line.copies); };
    return Money{until(copiesBefore + copies) - until(copiesBefore), line.due.currency};
}

}  // namespace contone::pricing
