// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A report in columns for people, and as rows for a spreadsheet.
#include <fmt/format.h>

#include <algorithm>

#include "core/report/report.h"

namespace contone::report {
namespace {

/// Without its currency, which stands above: "3.50".
std::string plain(const Money& money) {
    const AmountDigits digits = digitsOf(money);
    return fmt::format("{}{}{}{}", money.minor < 0 ? "-" : "", digits.whole, digits.decimals.empty() ? "" : ".",
                       digits.decimals);
}

void addRows(std::string& text, const char* title, const std::vector<MoneyRow>& rows, const std::string& currency,
             bool isCounted) {
    text +=
        fmt::format("\n{:24} {:>8} {:>12} {:>12} {:>12}\n", title, isCounted ? "prints" : "", "net", "tax", "gross");
    const auto add = [&](const std::string& what, const MoneyRow& row) {
        text += fmt::format("{:24} {:>8} {:>12} {:>12} {:>12}\n", what, isCounted ? std::to_string(row.count) : "",
                            plain(row.net), plain(row.tax), plain(row.gross));
    };
    for (const MoneyRow& row : rows) add(row.what, row);
    add("Together", totalOf(rows, currency));
}

void addTakings(std::string& text, const Takings& takings) {
    text += fmt::format("\nTakings in {}\n", takings.currency);
    addRows(text, "By product", takings.products, takings.currency, true);
    addRows(text, "By tax rate", takings.taxes, takings.currency, false);
    text += fmt::format("\n{:16} {:>8} {:>8} {:>12} {:>12} {:>12} {:>12}\n", "By payment", "payments", "refunds",
                        "taken", "given back", "rounding", "moved");
    const auto add = [&](const std::string& what, const MethodRow& row) {
        text += fmt::format("{:16} {:>8} {:>8} {:>12} {:>12} {:>12} {:>12}\n", what, row.payments, row.refunds,
                            plain(row.taken), plain(row.givenBack), plain(row.rounding), plain(row.moved));
    };
    for (const MethodRow& row : takings.methods) add(toString(row.method), row);
    add("Together", totalOf(takings.methods, takings.currency));
    if (takings.comps.empty()) return;
    text += "\nGiven for nothing\n";
    for (const CompRow& row : takings.comps)
        text += fmt::format("{:24} {:>8} {:>12}\n", row.reason, row.orders, plain(row.amount));
}

/// As a cell: quoted where it must be, and never the beginning of a formula.
std::string cell(std::string text) {
    const bool isNumber = std::ranges::count(text, '.') <= 1 && text.find('-', 1) == std::string::npos &&
                          text.find_first_not_of("-.0123456789") == std::string::npos;
    if (!isNumber && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) text.insert(0, "'");
    if (text.find_first_of("\",\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

class Csv {
  public:
    /// Each as long as the first.
    void row(std::vector<std::string> cells) {
        m_columns = std::max(m_columns, cells.size());
        cells.resize(m_columns);
        for (std::size_t i = 0; i < cells.size(); i++)
            m_text += (i > 0 ? "," : "") + (cells[i].empty() ? std::string() : cell(cells[i]));
        m_text += "\r\n";
    }
    std::string take() { return std::move(m_text); }

  private:
    std::string m_text;
    std::size_t m_columns = 0;
};

}  // namespace

std::string textOf(const Report& report) {
    std::string text = fmt::format("Report of {}{}\n", report.period.name,
                                   report.isOver ? "" : " (it is not over: what comes is missing)");
    if (report.takings.empty()) text += "\nNo money moved.\n";
    for (const Takings& takings : report.takings) addTakings(text, takings);
    if (report.paper.empty()) text += "\nNo sheet was printed.\n";
    if (!report.paper.empty()) {
        text += fmt::format("\n{:20} {:24} {:>8} {:>8} {:>8}\n", "Printer", "medium", "out", "spoiled", "reprints");
        PaperRow sum;
        const auto add = [&](const PaperRow& row) {
            text += fmt::format("{:20} {:24} {:>8} {:>8} {:>8}\n", row.printer, row.medium, row.out, row.spoiled,
                                row.reprints);
        };
        for (const PaperRow& row : report.paper) {
            add(row);
            sum.out += row.out;
            sum.spoiled += row.spoiled;
            sum.reprints += row.reprints;
        }
        sum.printer = "Together";
        add(sum);
    }
    if (!report.waste.empty()) {
        text += fmt::format("\n{:24} {:>8} {:>16}\n", "Waste by cause", "sheets", "in 1000 sheets");
        for (const WasteRow& row : report.waste)
            text += fmt::format("{:24} {:>8} {:>16}\n", row.cause, row.sheets, row.perThousand);
    }
    return text;
}

std::string csvOf(const Report& report) {
    Csv csv;
    csv.row(
        {"section", "what", "currency", "count", "net", "tax", "gross", "refunds", "given back", "rounding", "moved"});
    for (const Takings& takings : report.takings) {
        const auto money = [&](const char* section, const std::vector<MoneyRow>& rows) {
            for (const MoneyRow& row : rows)
                csv.row({section, row.what, takings.currency, std::to_string(row.count), plain(row.net), plain(row.tax),
                         plain(row.gross)});
        };
        money("product", takings.products);
        money("tax", takings.taxes);
        for (const MethodRow& row : takings.methods)
            csv.row({"payment", toString(row.method), takings.currency, std::to_string(row.payments), "", "",
                     plain(row.taken), std::to_string(row.refunds), plain(row.givenBack), plain(row.rounding),
                     plain(row.moved)});
        for (const CompRow& row : takings.comps)
            csv.row({"free", row.reason, takings.currency, std::to_string(row.orders), "", "", plain(row.amount)});
    }
    for (const PaperRow& row : report.paper) {
        const std::string which = row.printer + " " + row.medium;
        csv.row({"out", which, "", std::to_string(row.out)});
        csv.row({"spoiled", which, "", std::to_string(row.spoiled)});
        csv.row({"reprints", which, "", std::to_string(row.reprints)});
    }
    for (const WasteRow& row : report.waste) csv.row({"waste", row.cause, "", std::to_string(row.sheets)});
    return csv.take();
}

}  // namespace contone::report
