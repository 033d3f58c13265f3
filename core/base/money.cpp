// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// How an amount is written, and the currencies of ISO 4217.
#include "core/base/money.h"

#include <fmt/format.h>

namespace contone {

namespace {

// Codes of three capitals, one blank behind each.
constexpr std::string_view noDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF ";
constexpr std::string_view threeDecimals = "BHD IQD JOD KWD LYD OMR TND ";
constexpr std::string_view twoDecimals =
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC "
    "CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD "
    "KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO "
    "NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL "
    "THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG ";

bool isIn(std::string_view codes, std::string_view code) {
    if (code.size() != 3) return false;
    for (std::size_t at = 0; at < codes.size(); at += 4)
        if (codes.substr(at, 3) == code) return true;
    return false;
}

}  // namespace

bool isCurrency(std::string_view code) {
    return isIn(twoDecimals, code) || isIn(noDecimals, code) || isIn(threeDecimals, code);
}

int decimalsOf(std::string_view currency) {
    if (isIn(noDecimals, currency)) return 0;
    return isIn(threeDecimals, currency) ? 3 : 2;
}

AmountDigits digitsOf(const Money& money) {
    const std::uint64_t minor =
        money.minor < 0 ? 0 - static_cast<std::uint64_t>(money.minor) : static_cast<std::uint64_t>(money.minor);
    switch (decimalsOf(money.currency)) {
        case 0:
            return {minor, {}};
        case 3:
            return {minor / 1000, fmt::format("{:03}", minor % 1000)};
        default:
            return {minor / 100, fmt::format("{:02}", minor % 100)};
    }
}

std::string toString(const Money& money) {
    const AmountDigits digits = digitsOf(money);
    return fmt::format("{}{}{}{} {}", money.minor < 0 ? "-" : "", digits.whole, digits.decimals.empty() ? "" : ".",
                       digits.decimals, money.currency);
}

}  // namespace contone
