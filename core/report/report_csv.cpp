// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A report as rows for a spreadsheet.
#include <fmt/format.h>

#include <algorithm>

#include "core/report/amounts_p.h"
#include "core/report/report_tables.h"

namespace contone::report {
namespace {

/// As a cell: quoted where it must be, and never the beginning of a formula.
std::string cell(std::string text) {
    if (text.empty()) return text;
    const bool isNumber = std::ranges::count(text, '.') <= 1 && text.find('-', 1) == std::string::npos &&
                          text.find_first_not_of("-.0123456789") == std::string::npos;
    if (!isNumber && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) text.insert(0, "'");
    if (text.find_first_of("\",\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

using Cells = std::vector<std::string>;

class Csv {
  public:
    /// The rows that follow are of this section.
    void head(std::string section, Cells heads) {
        m_section = std::move(section);
        m_pending = std::move(heads);
        m_pending.insert(m_pending.begin(), "section");
    }
    void row(Cells cells) {
        if (!m_pending.empty()) m_rows.push_back(std::exchange(m_pending, {}));
        cells.insert(cells.begin(), m_section);
        m_rows.push_back(std::move(cells));
    }
    std::string text() const {
        std::size_t columns = 0;
        for (const Cells& row : m_rows) columns = std::max(columns, row.size());
        std::string text;
        for (const Cells& row : m_rows) {
            for (std::size_t i = 0; i < columns; i++)
                text += (i > 0 ? "," : "") + (i < row.size() ? cell(row[i]) : std::string());
            text += "\r\n";
        }
        return text;
    }

  private:
    std::string m_section;
    Cells m_pending;  ///< the head of a section of which no row came yet
    std::vector<Cells> m_rows;
};

std::string number(std::int64_t value) {
    return std::to_string(value);
}

void addTakings(Csv& csv, const Report& report) {
    const auto add = [&](const MoneyRow& row, const std::string& currency) {
        csv.row({row.what, row.name, currency, number(row.count), plain(row.net), plain(row.tax), plain(row.gross)});
    };
    csv.head("product", {"product", "name", "currency", "prints", "net", "tax", "gross"});
    for (const Takings& takings : report.takings)
        for (const MoneyRow& row : takings.products) add(row, takings.currency);
    csv.head("tax", {"rate", "name", "currency", "prints", "net", "tax", "gross"});
    for (const Takings& takings : report.takings)
        for (const MoneyRow& row : takings.taxes) add(row, takings.currency);
    csv.head("payment", {"method", "currency", "payments", "refunds", "taken", "given back", "rounding", "moved"});
    for (const Takings& takings : report.takings)
        for (const MethodRow& row : takings.methods)
            csv.row({toString(row.method), takings.currency, number(row.payments), number(row.refunds),
                     plain(row.taken), plain(row.givenBack), plain(row.rounding), plain(row.moved)});
    csv.head("free", {"reason", "currency", "orders", "amount"});
    for (const Takings& takings : report.takings)
        for (const CompRow& row : takings.comps)
            csv.row({row.reason, takings.currency, number(row.orders), plain(row.amount)});
    csv.head("due", {"currency", "orders", "due", "paid in part", "deposits"});
    for (const DueRow& row : report.due)
        csv.row({row.currency, number(row.orders), plain(row.due), number(row.deposits), plain(row.deposited)});
}

void addPaper(Csv& csv, const Report& report) {
    csv.head("paper", {"printer", "medium", "name", "out", "spoiled", "reprints", "yield in 1000", "reprints in 1000",
                       "sets", "currency", "cost", "each good print"});
    for (const PaperRow& row : report.paper)
        csv.row({row.printer, row.medium, row.mediumName, number(row.out), number(row.spoiled), number(row.reprints),
                 number(row.yieldPerThousand), number(row.reprintsPerThousand),
                 row.setsHundredths ? plain(*row.setsHundredths, 2) : "", row.cost ? row.cost->currency : "",
                 row.cost ? plain(*row.cost) : "",
                 row.costOfGoodTenThousandths ? plain(*row.costOfGoodTenThousandths, 4) : ""});
    csv.head("waste", {"cause", "sheets", "in 1000 sheets"});
    for (const WasteRow& row : report.waste) csv.row({row.cause, number(row.sheets), number(row.perThousand)});
}

}  // namespace

std::string plain(const Money& money) {
    return plain(money.minor, decimalsOf(money.currency));
}

std::string plain(std::int64_t value, int decimals) {
    std::string digits =
        fmt::format("{:0{}}", value < 0 ? 0 - static_cast<std::uint64_t>(value) : std::uint64_t(value), decimals + 1);
    if (decimals > 0) digits.insert(digits.size() - static_cast<std::size_t>(decimals), 1, '.');
    return (value < 0 ? "-" : "") + digits;
}

std::string csvOf(const Report& report) {
    Csv csv;
    addTakings(csv, report);
    addPaper(csv, report);
    if (report.margins) {
        csv.head("margin", {"order", "currency", "sheets", "net", "cost", "left"});
        for (const MarginRow& row : report.margins->orders)
            csv.row({number(row.order), report.margins->currency, number(row.sheets), plain(row.net), plain(row.cost),
                     plain(row.margin)});
    }
    csv.head("unreadable", {"order", "record", "left out", "why"});
    for (const UnreadableRow& row : report.unreadable)
        csv.row({number(row.order), row.what, toString(row.leftOut), row.reason});
    return csv.text();
}

}  // namespace contone::report
