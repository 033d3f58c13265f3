// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Rows of numbers with their heads, in a person's language.
#include "core/report/report_tables.h"

#include "core/report/amounts_p.h"
#include "core/words/order_words.h"
#include "core/words/say.h"

namespace contone::report {
namespace {

using words::say;
using Cells = std::vector<std::string>;

class Builder {
  public:
    Builder(const Report& report, const words::Locale& locale) : m_report(report), m_locale(locale) {}

    ReportTables build() {
        m_all.title = say(m_locale, "report.title", {{"period", m_report.period.name}});
        addRemarks();
        for (const Takings& takings : m_report.takings) addTakings(takings);
        addDue();
        addPaper();
        if (m_report.margins) addMargins(*m_report.margins);
        return std::move(m_all);
    }

  private:
    std::string word(const std::string& key) const { return say(m_locale, "report." + key); }
    std::string number(std::int64_t value) const { return m_locale.number(value); }
    /// Without the currency, which stands above.
    std::string amount(const Money& money) const { return decimal(money.minor, decimalsOf(money.currency)); }
    std::string decimal(std::int64_t value, int decimals) const {
        const std::string digits = plain(value, decimals);
        const std::size_t point = std::min(digits.find('.'), digits.size());
        std::string text = m_locale.number(std::int64_t(std::stoll(digits.substr(0, point))));
        if (value < 0 && !text.starts_with('-')) text.insert(0, 1, '-');  // -0.05
        if (point < digits.size())
            text += (m_locale.language() == words::Language::German ? ',' : '.') + digits.substr(point + 1);
        return text;
    }
    std::string percent(int perThousand) const { return decimal(perThousand, 1) + "\u00a0%"; }
    std::string optional(const std::optional<Money>& money) const { return money ? amount(*money) : "–"; }

    Table& add(std::string title, const std::vector<const char*>& heads, std::size_t words) {
        Table& table = m_all.tables.emplace_back();
        table.title = std::move(title);
        for (const char* head : heads) table.heads.push_back(word(std::string("head.") + head));
        table.words = words;
        return table;
    }
    void addTotal(Table& table, Cells cells) {
        cells[0] = word("together");
        table.rows.push_back(std::move(cells));
        table.hasTotal = true;
    }

    void addRemarks() {
        if (!m_report.isOver) m_all.remarks.push_back(word("going-on"));
        if (m_report.takings.empty()) m_all.remarks.push_back(word("no-money"));
        if (m_report.paper.empty()) m_all.remarks.push_back(word("no-sheet"));
        const auto lost = static_cast<std::int64_t>(m_report.unreadable.size());
        if (lost > 0) m_all.remarks.push_back(say(m_locale, "report.unreadable", {{"n", lost}}));
        for (const UnreadableRow& row : m_report.unreadable)
            m_all.remarks.push_back(say(m_locale, std::string("report.unreadable.") + toString(row.leftOut),
                                        {{"order", row.order > 0 ? std::to_string(row.order) : row.what}}) +
                                    " (" + row.reason + ")");
    }

    std::string nameOf(const MoneyRow& row) const {
        if (row.what == "other") return word("other");
        if (row.what == "minimum-order") return say(m_locale, "price.lacking");
        return row.name;
    }
    void addTakings(const Takings& takings) {
        const auto title = [&](const char* key) {
            return say(m_locale, std::string("report.") + key, {{"currency", takings.currency}});
        };
        const auto product = [&](const MoneyRow& row) {
            return Cells{row.what, nameOf(row), number(row.count), amount(row.net), amount(row.tax), amount(row.gross)};
        };
        const auto rate = [&](const MoneyRow& row) {
            return Cells{row.what, amount(row.net), amount(row.tax), amount(row.gross)};
        };
        Table& products = add(title("products"), {"product", "name", "prints", "net", "tax", "gross"}, 2);
        for (const MoneyRow& row : takings.products) products.rows.push_back(product(row));
        addTotal(products, product(takings.productsTotal));
        Table& taxes = add(title("taxes"), {"rate", "net", "tax", "gross"}, 1);
        for (const MoneyRow& row : takings.taxes) {
            taxes.rows.push_back(rate(row));
            // "19.00 %" as the locale writes it
            taxes.rows.back()[0] =
                decimal(std::stoll(row.what) * 100 + std::stoll(row.what.substr(row.what.find('.') + 1)), 2) +
                "\u00a0%";
        }
        addTotal(taxes, rate(takings.taxesTotal));
        addMethods(takings, title("methods"));
        if (takings.comps.empty()) return;
        Table& comps = add(title("comps"), {"reason", "orders", "amount"}, 1);
        const auto comp = [&](const CompRow& row) { return Cells{row.reason, number(row.orders), amount(row.amount)}; };
        for (const CompRow& row : takings.comps) comps.rows.push_back(comp(row));
        addTotal(comps, comp(takings.compsTotal));
    }
    void addMethods(const Takings& takings, std::string title) {
        Table& methods =
            add(std::move(title), {"method", "payments", "refunds", "taken", "given-back", "rounding", "moved"}, 1);
        const auto cells = [&](std::string what, const auto& row) {
            return Cells{std::move(what),       number(row.payments), number(row.refunds), amount(row.taken),
                         amount(row.givenBack), amount(row.rounding), amount(row.moved)};
        };
        for (const MethodRow& row : takings.methods)
            methods.rows.push_back(cells(words::method(m_locale, row.method), row));
        addTotal(methods, cells({}, takings.methodsTotal));
    }

    void addDue() {
        if (m_report.due.empty()) return;
        Table& table = add(word("due"), {"currency", "orders", "due", "deposits", "deposited"}, 1);
        for (const DueRow& row : m_report.due)
            table.rows.push_back(
                {row.currency, number(row.orders), amount(row.due), number(row.deposits), amount(row.deposited)});
    }

    static std::string mediumOf(const PaperRow& row) {
        return row.mediumName.empty() ? row.medium : row.medium + "  " + row.mediumName;
    }
    void addPaper() {
        if (m_report.paper.empty()) return;
        Table& table =
            add(word("paper"), {"printer", "medium", "out", "spoiled", "reprints", "yield", "reprint-rate"}, 2);
        const auto cells = [&](const PaperRow& row) {
            return Cells{row.printer,
                         mediumOf(row),
                         number(row.out),
                         number(row.spoiled),
                         number(row.reprints),
                         percent(row.yieldPerThousand),
                         number(row.reprintsPerThousand)};
        };
        for (const PaperRow& row : m_report.paper) table.rows.push_back(cells(row));
        addTotal(table, cells(m_report.paperTotal));
        if (m_report.margins) addPaperCost(m_report.margins->currency);
        if (m_report.waste.empty()) return;
        Table& waste = add(word("waste"), {"cause", "sheets", "per-thousand"}, 1);
        for (const WasteRow& row : m_report.waste)
            waste.rows.push_back({row.cause, number(row.sheets), number(row.perThousand)});
        addTotal(waste, {{}, number(m_report.wasteTotal.sheets), number(m_report.wasteTotal.perThousand)});
    }
    void addPaperCost(const std::string& currency) {
        Table& table = add(say(m_locale, "report.paper-cost", {{"currency", currency}}),
                           {"printer", "medium", "sheets", "sets", "cost", "each"}, 2);
        std::string unknown;
        for (const PaperRow& row : m_report.paper) {
            table.rows.push_back({row.printer, mediumOf(row), number(row.out + row.spoiled),
                                  row.setsHundredths ? decimal(*row.setsHundredths, 2) : "–", optional(row.cost),
                                  row.costOfGoodTenThousandths ? decimal(*row.costOfGoodTenThousandths, 4) : "–"});
            if (!row.cost) unknown += (unknown.empty() ? "" : ", ") + row.medium;
        }
        const PaperRow& total = m_report.paperTotal;
        addTotal(table, {{}, {}, number(total.out + total.spoiled), "", optional(total.cost), ""});
        if (!unknown.empty()) table.remarks.push_back(say(m_locale, "report.cost-unknown", {{"media", unknown}}));
    }
    void addMargins(const Margins& margins) {
        Table& table = add(say(m_locale, "report.margins", {{"currency", margins.currency}}),
                           {"orders", "sheets", "net", "cost", "margin"}, 0);
        const MarginRow& total = margins.total;
        table.rows.push_back({number(std::ssize(margins.orders)), number(total.sheets), amount(total.net),
                              amount(total.cost), amount(total.margin)});
        if (margins.withoutCost > 0)
            table.remarks.push_back(say(m_locale, "report.without-cost", {{"n", margins.withoutCost}}));
        if (margins.ofOtherCurrencies > 0)
            table.remarks.push_back(say(m_locale, "report.other-currencies",
                                        {{"n", margins.ofOtherCurrencies}, {"currency", margins.currency}}));
    }

    const Report& m_report;
    const words::Locale& m_locale;
    ReportTables m_all;
};

}  // namespace

ReportTables tablesOf(const Report& report, const words::Locale& locale) {
    return Builder(report, locale).build();
}

}  // namespace contone::report
