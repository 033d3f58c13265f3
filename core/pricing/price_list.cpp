// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reads a price list, strictly: a price that nobody meant costs the shop money.
#include "core/pricing/price_list.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/base/money.h"
#include "core/facts/fact_file.h"

namespace contone::pricing {

namespace {

using facts::FactFile;
using facts::FactTable;
using facts::Need;

constexpr int mostCents = 1'000'000'000;

template <HasWords E>
std::vector<std::string> wordsOfAll() {
    std::vector<std::string> all;
    for (const auto& row : wordTable<E>.words) all.emplace_back(row.word);
    return all;
}

/// The first value for what is none of the words, which is noted.
template <HasWords E>
E readWord(const FactTable& table, std::string_view key) {
    const auto value = parse<E>(table.word(key, wordsOfAll<E>()));
    return value.value_or(wordTable<E>.words.front().value);
}

/// What is not there: 0.
std::int64_t readCents(const FactTable& table, std::string_view key, Need need, int least = 0) {
    if (need == Need::Optional && !table.has(key)) return 0;
    return table.integer(key, least, mostCents);
}

/// Reads the parts of one list into it. What does not fit is noted in the file.
class Reader {
  public:
    Reader(FactTable root, const catalog::Catalog& catalog, PriceList& list)
        : m_root(root), m_catalog(catalog), m_list(list) {}

    void read() {
        m_list.version = m_root.text("version");
        m_list.currency = m_root.text("currency");
        if (!m_list.currency.empty() && !isCurrency(m_list.currency))
            m_root.refuse("currency", "must be the code of a currency, as in EUR");
        readTax(m_root.table("tax"));
        if (m_root.has("cash_step_cents")) m_list.cashStep = m_root.integer("cash_step_cents", 1, 100'000);
        m_list.holdsMinutes = m_root.integer("holds_minutes", 1, 60 * 24 * 31);
        if (m_root.has("minimum_order")) readMinimum(m_root.table("minimum_order"));
        if (m_root.has("deposit")) readDeposit(m_root.table("deposit"));
        for (const auto& [id, product] : m_catalog.products()) m_list.catalogue[id] = product.name;
        for (const FactTable& row : m_root.tables("products")) readProduct(row);
        for (const FactTable& row : rows("packages")) readPackage(row);
        for (const FactTable& row : rows("options")) readOption(row);
        for (const FactTable& row : rows("bundles")) readBundle(row);
        for (const FactTable& row : rows("promotions")) readPromotion(row);
        sort(m_list.bundles);
        sort(m_list.promotions);
        checkBundles();
    }

  private:
    /// A list that may be left out.
    std::vector<FactTable> rows(std::string_view key) const {
        return m_root.has(key) ? m_root.tables(key) : std::vector<FactTable>();
    }

    template <class One>
    static void sort(std::vector<One>& all) {
        std::ranges::sort(all, [](const One& a, const One& b) {
            return std::pair(-a.priority, std::string_view(a.id)) < std::pair(-b.priority, std::string_view(b.id));
        });
    }

    void readTax(const FactTable& tax) {
        m_list.tax.region = tax.identifier("region");
        m_list.tax.placement = readWord<TaxPlacement>(tax, "prices");
        m_list.tax.rounding = readWord<TaxRounding>(tax, "rounding");
        for (const FactTable& row : tax.tables("classes")) {
            const std::string id = row.identifier("id");
            const int rate = row.integer("rate_centipercent", 0, 10'000);
            if (!m_list.tax.rates.emplace(id, rate).second) row.refuse("id", "is there twice: " + id);
        }
        m_list.tax.extrasClass = readTaxClass(tax, "extras");
    }

    std::string readTaxClass(const FactTable& table, std::string_view key) const {
        std::string id = table.text(key);
        if (!id.empty() && !m_list.tax.rates.contains(id))
            table.refuse(key, "names " + id + ", but there is no such class of tax");
        return id;
    }

    void readMinimum(const FactTable& table) {
        m_list.minimumOrder = readCents(table, "cents", Need::Required, 1);
        m_list.belowMinimum = readWord<BelowMinimum>(table, "below");
    }

    void readDeposit(const FactTable& table) {
        m_list.depositFrom = readCents(table, "from_cents", Need::Required);
        m_list.depositPercent = table.integer("percent", 1, 100);
    }

    bool isSold(const std::string& product) const { return m_list.catalogue.contains(product); }

    void readProduct(const FactTable& row) {
        const std::string id = row.identifier("id");
        ProductPrice price{readTaxClass(row, "tax"), {}};
        for (const FactTable& step : row.tables("prices")) {
            const PriceStep next{step.integer("from", 1, 100'000), readCents(step, "cents", Need::Required)};
            if (price.steps.empty() ? next.from != 1 : next.from <= price.steps.back().from)
                step.refuse("from", "must be 1 first and rise from step to step");
            else if (!price.steps.empty() && next.cents > price.steps.back().cents)
                step.refuse("cents", "must not rise: more prints never cost more each");
            price.steps.push_back(next);
        }
        if (!id.empty() && !isSold(id)) row.refuse("id", "is " + id + ", but there is no such product");
        if (!m_list.products.emplace(id, std::move(price)).second) row.refuse("id", "is there twice: " + id);
    }

    void readPackage(const FactTable& row) {
        const std::string id = row.identifier("id");
        PackagePrice price{readTaxClass(row, "tax"), readCents(row, "cents", Need::Required)};
        if (!m_list.packages.emplace(id, std::move(price)).second) row.refuse("id", "is there twice: " + id);
    }

    std::vector<std::string> readProducts(const FactTable& row) const {
        const std::vector<std::string> all = row.texts("products", Need::Optional);
        for (const std::string& product : all)
            if (!isSold(product)) row.refuse("products", "names " + product + ", but there is no such product");
        return all;
    }

    void readOption(const FactTable& row) {
        Option option{row.identifier("id"), row.text("name"), readWord<OptionPer>(row, "per")};
        if (row.has("cents") == row.has("percent")) row.refuse("id", "needs one of cents and percent");
        option.cents = readCents(row, "cents", Need::Optional);
        if (row.has("percent")) option.percent = row.integer("percent", 1, 1000);
        option.products = readProducts(row);
        if (option.per == OptionPer::Order && !option.products.empty())
            row.refuse("products", "cannot be said of what the whole order is charged for");
        const std::string id = option.id;
        if (!m_list.options.emplace(id, std::move(option)).second) row.refuse("id", "is there twice: " + id);
    }

    void readBundle(const FactTable& row) {
        Bundle bundle{row.identifier("id"), row.text("name"), readCents(row, "cents", Need::Required, 1)};
        if (row.has("priority")) bundle.priority = row.integer("priority", 0, 1000);
        bundle.most = row.integer("most", 1, 999);
        for (const FactTable& item : row.tables("set")) {
            const std::string product = item.identifier("product");
            if (!product.empty() && !m_list.products.contains(product))
                item.refuse("product", "is " + product + ", which has no price in this list");
            if (!bundle.set.emplace(product, item.integer("copies", 1, 999)).second)
                item.refuse("product", "is there twice: " + product);
        }
        if (std::ranges::find(m_list.bundles, bundle.id, &Bundle::id) != m_list.bundles.end())
            row.refuse("id", "is there twice: " + bundle.id);
        m_list.bundles.push_back(std::move(bundle));
    }

    void readPromotion(const FactTable& row) {
        Promotion made{row.identifier("id"), row.text("name")};
        readWhatIsOff(row, made);
        made.code = row.text("code", Need::Optional);
        made.firstOrderOnly = row.flag("first_order_only", Need::Optional);
        made.products = readProducts(row);
        if (row.has("priority")) made.priority = row.integer("priority", 0, 1000);
        readWindow(row, made.window);
        if (std::ranges::find(m_list.promotions, made.id, &Promotion::id) != m_list.promotions.end())
            row.refuse("id", "is there twice: " + made.id);
        m_list.promotions.push_back(std::move(made));
    }

    static void readWhatIsOff(const FactTable& row, Promotion& made) {
        const auto kind = parse<PromotionKind>(row.word("kind", wordsOfAll<PromotionKind>()));
        const auto isKind = [&](PromotionKind one) { return kind && *kind == one; };
        if (kind) made.kind = *kind;
        // Of an unknown kind anything may be said: the kind is what is wrong.
        if (isKind(PromotionKind::Percent) || (!kind && row.has("percent")))
            made.percent = row.integer("percent", 1, 100);
        if (isKind(PromotionKind::Amount) || (!kind && row.has("cents")))
            made.cents = readCents(row, "cents", Need::Required, 1);
        if (isKind(PromotionKind::BuyGet) || (!kind && row.has("buy"))) made.buy = row.integer("buy", 1, 999);
        if (isKind(PromotionKind::BuyGet) || (!kind && row.has("get"))) made.get = row.integer("get", 1, 999);
    }

    static void readWindow(const FactTable& row, TimeWindow& window) {
        const auto day = [&](std::string_view key) -> std::optional<Day> {
            const std::string text = row.text(key, Need::Optional);
            if (text.empty()) return std::nullopt;
            const auto parsed = Day::parse(text);
            if (!parsed) row.refuse(key, "must be a day as in \"2026-12-24\"");
            return parsed;
        };
        window.first = day("first_day");
        window.last = day("last_day");
        if (window.first && window.last && *window.last < *window.first) row.refuse("last_day", "is before the first");
        for (const std::string& word : row.texts("weekdays", Need::Optional)) {
            if (const auto weekday = parse<Weekday>(word))
                window.weekdays.at(std::size_t(*weekday)) = true;
            else
                row.refuse("weekdays", "must be some of: mon, tue, wed, thu, fri, sat, sun");
        }
        if (row.has("from_time")) window.fromMinute = readTime(row, "from_time");
        if (row.has("until_time")) window.untilMinute = readTime(row, "until_time");
        if (window.untilMinute <= window.fromMinute) row.refuse("until_time", "must be later than from_time");
    }

    /// "14:30" as minutes since midnight, "24:00" included.
    static int readTime(const FactTable& row, std::string_view key) {
        const std::string text = row.text(key);
        const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
        if (text.size() == 5 && text[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4)) {
            const int hour = (text[0] - '0') * 10 + (text[1] - '0'), minute = (text[3] - '0') * 10 + (text[4] - '0');
            if (minute < 60 && hour * 60 + minute <= 24 * 60) return hour * 60 + minute;
        }
        if (!text.empty()) row.refuse(key, "must be a time as in \"14:30\"");
        return 0;
    }

    void checkBundles() const {
        std::vector<const Bundle*> all;
        for (const Bundle& bundle : m_list.bundles) all.push_back(&bundle);
        for (const auto& group : bundleGroups(all)) {
            std::int64_t ways = 1;
            for (const Bundle* bundle : group) ways = std::min<std::int64_t>(ways * (bundle->most + 1), 1 << 30);
            if (ways > mostBundleWays)
                m_root.refuse("bundles", "share products in too many ways: make \"most\" of " + group.front()->id +
                                             " and those that share products with it smaller");
        }
    }

    FactTable m_root;
    const catalog::Catalog& m_catalog;
    PriceList& m_list;
};

}  // namespace

int Tax::rateOf(const std::string& taxClass) const {
    const auto found = rates.find(taxClass);
    return found == rates.end() ? 0 : found->second;
}

std::vector<std::string> PriceList::unpriced() const {
    std::vector<std::string> all;
    for (const auto& [id, name] : catalogue)
        if (!products.contains(id)) all.push_back(id);
    return all;
}

Result<PriceList> PriceList::read(const Path& path, const catalog::Catalog& catalog) {
    CONTONE_TRY(const FactFile file, FactFile::open(path, "price"));
    PriceList list;
    list.hash = file.hash();
    Reader(file.root(), catalog, list).read();
    CONTONE_CHECK(file.finish({}));
    return list;
}

}  // namespace contone::pricing
