// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Marks, names of months, and where the currency stands. After Unicode CLDR 42 for en and de.
#include "core/words/locale.h"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <ctime>

namespace contone::words {
namespace {

constexpr std::array<const char*, 12> kEnglishMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<const char*, 12> kGermanMonths{"Jan.", "Feb.", "März", "Apr.", "Mai",  "Juni",
                                                    "Juli", "Aug.", "Sep.", "Okt.", "Nov.", "Dez."};

/// `digits` with a mark between each three, counted from the right.
std::string grouped(std::string digits, char mark) {
    for (int at = int(digits.size()) - 3; at > 0; at -= 3) digits.insert(std::size_t(at), 1, mark);
    return digits;
}

std::tm localTime(Instant at) {
    const std::time_t seconds = at.ms / 1000;
    std::tm parts{};
    ::localtime_r(&seconds, &parts);
    return parts;
}

const char* symbolOf(const std::string& currency) {
    if (currency == "EUR") return "€";
    if (currency == "USD") return "$";
    if (currency == "GBP") return "£";
    if (currency == "JPY") return "¥";
    return nullptr;
}

}  // namespace

Locale Locale::named(std::string_view name) {
    const bool isGerman = name == "de" || name.starts_with("de_") || name.starts_with("de-") || name.starts_with("de.");
    return Locale(isGerman ? Language::German : Language::English);
}

Locale Locale::ofEnvironment() {
    for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* value = std::getenv(variable); value != nullptr && *value != '\0') return named(value);
    return Locale();
}

std::string Locale::number(std::int64_t value) const {
    const std::string digits =
        fmt::format("{}", value < 0 ? 0 - static_cast<std::uint64_t>(value) : std::uint64_t(value));
    return (value < 0 ? "-" : "") + grouped(digits, m_language == Language::German ? '.' : ',');
}

std::string Locale::number(double value, int decimals) const {
    const std::string plain = fmt::format("{:.{}f}", value < 0 ? -value : value, decimals);
    const std::size_t point = plain.find('.');
    const bool isNegative = value < 0 && plain.find_first_of("123456789") != std::string::npos;
    const bool isGerman = m_language == Language::German;
    std::string text = (isNegative ? "-" : "") + grouped(plain.substr(0, point), isGerman ? '.' : ',');
    if (point != std::string::npos) text += (isGerman ? ',' : '.') + plain.substr(point + 1);
    return text;
}

std::string Locale::percent(double value, int decimals) const {
    return number(value, decimals) + "\u00a0%";
}

std::string Locale::money(const Money& money) const {
    const bool isGerman = m_language == Language::German;
    const AmountDigits digits = digitsOf(money);
    std::string amount = grouped(std::to_string(digits.whole), isGerman ? '.' : ',');
    if (!digits.decimals.empty()) amount += (isGerman ? ',' : '.') + digits.decimals;
    const std::string sign = money.minor < 0 ? "-" : "";
    const char* symbol = symbolOf(money.currency);
    if (isGerman) return sign + amount + "\u00a0" + (symbol != nullptr ? symbol : money.currency);
    return sign + (symbol != nullptr ? symbol : money.currency + "\u00a0") + amount;
}

std::string Locale::millimetres(Length length) const {
    return number(length.mm(), 1) + "\u00a0mm";
}

std::string Locale::size(const PaperSize& size) const {
    const auto side = [this](Length length) { return number(length.mm() / 10, length.um() % 10'000 == 0 ? 0 : 1); };
    return side(size.width) + " × " + side(size.height) + "\u00a0cm";
}

std::string Locale::pixels(int width, int height) const {
    const bool isGerman = m_language == Language::German;
    return fmt::format("{} × {} {} ({} {})", width, height, isGerman ? "Pixel" : "pixels",
                       number(double(width) * height / 1e6, 1), isGerman ? "Megapixel" : "megapixels");
}

std::string Locale::time(Instant at, Instant now) const {
    if (at == Instant{}) return {};
    const std::tm then = localTime(at), today = localTime(now);
    const std::string clock = fmt::format("{:02}:{:02}", then.tm_hour, then.tm_min);
    if (then.tm_year == today.tm_year && then.tm_yday == today.tm_yday) return clock;
    const auto month = std::size_t(then.tm_mon);
    const std::string day = m_language == Language::German ? fmt::format("{}. {}", then.tm_mday, kGermanMonths[month])
                                                           : fmt::format("{} {}", then.tm_mday, kEnglishMonths[month]);
    return then.tm_year == today.tm_year ? day + ", " + clock : day + fmt::format(" {}", then.tm_year + 1900);
}

}  // namespace contone::words
