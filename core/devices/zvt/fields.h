// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Fields: what is kept of a terminal's status (04 0F) or completion (06 0F). Card numbers end here.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace contone::devices::zvt {

/// The totals of a day (60), kinds of cards in the order of `dayKinds`.
struct DaySums {
    struct Sum {
        int count = 0;            ///< 0…255
        std::int64_t amount = 0;  ///< minor units
        bool operator==(const Sum&) const = default;
    };
    int receiptFrom = 0, receiptTo = 0;
    std::array<Sum, 7> kinds;
    bool operator==(const DaySums&) const = default;
};
inline constexpr std::array<std::string_view, 7> dayKinds{"girocard", "JCB",    "Mastercard", "American Express",
                                                          "VISA",     "Diners", "other"};

/// Not kept: the card's number (22), tracks (23, 24, 2D), chip data, free texts (3C), expiry and sequence of the card,
/// and of the TLV container all but the application's id.
struct Fields {
    std::optional<std::uint8_t> result;       ///< 27; 0: good
    std::optional<std::int64_t> amount;       ///< 04, minor units
    std::optional<int> currency;              ///< 49, the number of ISO 4217
    std::optional<int> trace, originalTrace;  ///< 0B; 37, of what was taken back
    std::optional<int> receipt;               ///< 87; none too where it says FFFF
    std::string terminal;                     ///< 29, eight digits
    std::string date, time;                   ///< 0D "1201", 0C "112233"
    std::string authorisation;                ///< 3B
    std::string card;                         ///< 8B, else what 8A stands for; empty with more than four digits
    std::string aid;                          ///< 06: 60: 43, hexadecimal
    std::optional<DaySums> day;               ///< 60
    bool operator==(const Fields&) const = default;
};

/// Any bytes at all may come. Fails: Corrupt "answer-unreadable" for a field that is not known, cut short or there
/// twice, and for numbers that are none; the detail names the field and holds none of its bytes. Pure; any thread.
Result<Fields> parseFields(std::span<const std::uint8_t> bytes);

}  // namespace contone::devices::zvt
