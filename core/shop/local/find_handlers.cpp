// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Orders found by what people remember of them, and ordered once more.
#include <algorithm>
#include <charconv>

#include "core/order/phone.h"
#include "core/shop/local/handlers_p.h"
#include "core/shop/local/shop_settings.h"

namespace contone::shop {
namespace {

constexpr int mostFound = 10'000;  ///< orders whose customers said a word; more is no search

std::optional<int> numberIn(const std::string& text) {
    int number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isNumber = problem == std::errc{} && end == text.data() + text.size() && number > 0;
    return isNumber ? std::optional(number) : std::nullopt;
}

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\n"), last = text.find_last_not_of(" \t\n");
    return first == std::string::npos ? std::string() : text.substr(first, last - first + 1);
}

}  // namespace

Result<void> Handlers::indexOrders() {
    Indexed expected = Indexed::Not;
    if (!m_index || !m_indexed.compare_exchange_strong(expected, Indexed::Begun)) return {};
    const auto readAll = [&]() -> Result<void> {
        for (std::optional<OrderId> after;;) {
            const std::lock_guard lock(m_indexing);
            CONTONE_TRY(const auto page, m_parts.orders.customers(1000, after));
            if (page.empty()) return {};
            after = page.back().first;
            CONTONE_CHECK(m_index->putAll(page));
        }
    };
    if (auto read = readAll(); !read) {
        m_indexed = Indexed::Not;  // the next one who asks tries again
        return read;
    }
    m_indexed = Indexed::Whole;
    return {};
}

void Handlers::noteInIndex(OrderId order) {
    if (!m_index) return;
    const std::lock_guard lock(m_indexing);
    const auto customer = m_parts.orders.customer(order);
    const auto noted =
        customer && *customer != order::Customer{} ? m_index->put(order, *customer) : m_index->remove(order);
    if (!noted) m_parts.log.error("index", {{"reason", noted.error().reason}, {"detail", noted.error().detail}});
}

Result<FoundOrders> Handlers::handle(const FindOrders& asked, const Asking&) {
    order::OrderFilter filter{asked.states, asked.payments, asked.product, asked.from, asked.until, {}};
    const std::string text = trimmed(asked.text);
    FoundOrders found;
    if (!text.empty()) {
        std::vector<OrderId>& among = filter.among.emplace();
        if (const auto number = numberIn(text)) {
            const auto order = m_parts.orders.orderByNumber(*number);
            if (order) among.push_back(order->id);
            if (!order && order.error().reason != "order-unknown") return std::unexpected(order.error());
        }
        if (const auto meant = order::codesMeant(text); among.empty() && meant) {
            const auto order = m_parts.orders.orderByCode(*meant);
            if (order) among.push_back(order->id);
            if (!order && order.error().code != Code::NotFound && order.error().reason != "code-ambiguous")
                return std::unexpected(order.error());
        }
        const bool isCode = !among.empty() && !numberIn(text);
        if (!isCode && m_index) {
            CONTONE_CHECK(indexOrders());  // at once, where nobody did so in the background
            CONTONE_TRY(auto said, m_index->find(text, mostFound));
            found.isComplete = m_indexed == Indexed::Whole && std::ssize(said) < mostFound;
            std::ranges::move(said, std::back_inserter(among));
            // "0170 555 12 34" stands there as 491705551234. A mistake in the shop's file is told where it matters.
            const auto settings = ShopSettings::load(m_parts.settings);
            const auto phone = order::normalisedPhone(text, settings ? settings->phoneCountry : "");
            if (phone && phone->starts_with('+')) {
                CONTONE_TRY(said, m_index->find(phone->substr(1), mostFound));
                std::ranges::move(said, std::back_inserter(among));
            }
        }
    }
    CONTONE_TRY(auto orders, m_parts.orders.findOrders(filter, asked.limit + 1, asked.after));
    CONTONE_TRY(order::OrderFacets facets, m_parts.orders.countOrders(filter));
    Page<order::Order> page = pageOf(std::move(orders), asked.limit);
    found.items = std::move(page.items);
    found.more = page.more;
    found.orders = facets.orders;
    found.states = std::move(facets.states);
    found.payments = std::move(facets.payments);
    found.products = std::move(facets.products);
    return found;
}

Result<order::Order> Handlers::handle(const ReorderOrder& asked, const Asking& by) {
    CONTONE_CHECK(checkFeature(Feature::Reorder, by));
    CONTONE_TRY(const order::Order before, m_parts.orders.order(asked.order));
    if (before.state == order::OrderState::Draft)
        return fail(Code::Conflict, "order-draft", "This order is not placed yet, so it cannot be ordered again.");
    CONTONE_TRY(order::Customer customer, m_parts.orders.customer(asked.order));
    if (customer == order::Customer{})
        return fail(Code::Conflict, "order-erased", "This order's customer was erased, so it cannot be ordered again.");
    const auto quote = json::read<pricing::Quote>(before.price.quote);  // none: an order of before there were quotes
    PlaceOrder again{.customerName = customer.name, .customerPhone = customer.phone, .expected = asked.expected};
    for (std::size_t i = 0; i < before.lines.size(); i++) {
        const order::OrderLine& line = before.lines[i];
        NewLine& made = again.lines.emplace_back();
        made.original = line.original;
        if (i < customer.fileNames.size()) made.fileName = customer.fileNames[i];
        made.product = line.product;
        made.copies = line.copies;
        made.choices = line.choices;
        if (quote && i < quote->lines.size())
            for (const auto& option : quote->lines[i].options) made.options.push_back(option.id);
        if (!line.design) continue;
        CONTONE_TRY(const std::string text, m_parts.orders.layout(asked.order, line.design->layout));
        CONTONE_TRY(layout::Layout layout, layout::layoutFromJson(text));
        made.design = NewDesign{std::move(layout), line.design->photos};
    }
    if (quote)
        for (const auto& extra : quote->extras)
            if (extra.kind == pricing::ExtraKind::Option) again.options.push_back(extra.id);
    return handle(again, by);
}

}  // namespace contone::shop
