// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reads costs.toml strictly, and adds fractions.
#include "core/report/costs.h"

#include <algorithm>

#include "core/facts/fact_file.h"

namespace contone::report {
namespace {

using facts::FactTable;
using facts::Need;
using Wide = __int128;

constexpr std::int64_t million = 1'000'000;

Wide divisorOf(Wide a, Wide b) {
    while (b != 0) a = std::exchange(b, a % b);
    return a < 0 ? -a : a;
}

/// Half away from 0. under > 0.
std::int64_t rounded(Wide over, Wide under) {
    const Wide twice = (over < 0 ? -over : over) * 2 + under;
    const auto size = static_cast<std::int64_t>(twice / (under * 2));
    return over < 0 ? -size : size;
}

/// "89.00" in millionths; nothing for what is none: digits, and at most six behind a point.
std::optional<std::int64_t> millionthsOf(const std::string& text) {
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::string whole = text.substr(0, point), rest = point < text.size() ? text.substr(point + 1) : "0";
    const auto isDigits = [](const std::string& digits, std::size_t most) {
        return !digits.empty() && digits.size() <= most &&
               std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    };
    if (!isDigits(whole, 9) || !isDigits(rest, 6)) return std::nullopt;
    return std::stoll(whole) * million + std::stoll((rest + "00000").substr(0, 6));
}

std::int64_t readAmount(const FactTable& table, std::string_view key, Need need) {
    const std::string text = table.text(key, need);
    if (text.empty()) return 0;
    const auto amount = millionthsOf(text);
    if (!amount) table.refuse(key, "must be an amount as text, as in \"89.00\"");
    return amount.value_or(0);
}

MediumCost readMedium(const FactTable& row, std::int64_t fixedShare) {
    MediumCost cost;
    cost.isSet = !row.has("print_price");
    if (cost.isSet) {
        cost.price = readAmount(row, "set_price", Need::Required);
        cost.prints = row.integer("prints", 1, Costs::mostPrints);
    } else {
        cost.price = readAmount(row, "print_price", Need::Required);
    }
    cost.fixedShare = row.has("fixed_share") ? readAmount(row, "fixed_share", Need::Required) : fixedShare;
    return cost;
}

}  // namespace

void ExactCost::add(std::int64_t millionths, std::int64_t times, std::int64_t parts) {
    const Wide over = m_over * parts + Wide(millionths) * times * m_under, under = m_under * parts;
    const Wide divisor = std::max(divisorOf(over, under), Wide(1));
    m_over = over / divisor;
    m_under = under / divisor;
}

void ExactCost::addSheets(const MediumCost& cost, std::int64_t out, std::int64_t spoiled) {
    add(cost.price, out + spoiled, cost.prints);
    add(cost.fixedShare, out);
}

Money ExactCost::rounded(const std::string& currency) const {
    Wide minorUnits = 1;
    for (int i = 0; i < decimalsOf(currency); i++) minorUnits *= 10;
    return {report::rounded(m_over * minorUnits, m_under * million), currency};
}

std::int64_t ExactCost::tenThousandthsEach(std::int64_t parts) const {
    return report::rounded(m_over, m_under * 100 * parts);
}

const MediumCost* Costs::of(const std::string& medium, const std::string& setup) const {
    for (const std::string& which : {setup, std::string()})
        if (const auto found = media.find({medium, which}); found != media.end()) return &found->second;
    return nullptr;
}

Result<std::optional<Costs>> Costs::read(const Path& path) {
    std::error_code unknown;
    if (path.empty() || !std::filesystem::exists(path, unknown)) return std::nullopt;
    CONTONE_TRY(const facts::FactFile file, facts::FactFile::open(path, "costs"));
    const FactTable root = file.root();
    Costs costs;
    costs.currency = root.text("currency");
    if (!costs.currency.empty() && !isCurrency(costs.currency))
        root.refuse("currency", "must be the code of a currency, as in EUR");
    const std::int64_t fixedShare = readAmount(root, "fixed_share", Need::Optional);
    for (const FactTable& row : root.tables("medium")) {
        const std::string id = row.text("id"), setup = row.text("printer", Need::Optional);
        if (!costs.media.emplace(std::pair(id, setup), readMedium(row, fixedShare)).second)
            row.refuse("id", "is there twice: " + id);
    }
    CONTONE_CHECK(file.finish(path.stem().string()));
    return costs;
}

}  // namespace contone::report
