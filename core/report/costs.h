// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Costs: what a print costs the shop, one data file of its own, HOME/costs.toml.
//
// Amounts are whole millionths of the currency's unit, and what is made of them is kept as a fraction: a sum is rounded
// once, to whole minor units, half a unit away from 0.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "core/base/file.h"
#include "core/base/money.h"
#include "core/base/result.h"

namespace contone::report {

/// Of a sheet of a medium. A set (roll and ribbon) is used up by `prints` sheets; without one a sheet has a price of
/// its own, and `prints` is 1.
struct MediumCost {
    std::int64_t price = 0;  ///< of a set, or of a sheet; in millionths
    int prints = 1;          ///< sheets of a set
    bool isSet = true;
    std::int64_t fixedShare = 0;  ///< of each print that came out: rent, power, service
    bool operator==(const MediumCost&) const = default;
};

/// An amount that nothing was rounded of.
class ExactCost {
  public:
    /// `times` / `parts` of so many millionths. parts 1…mostPrints; a sum may have nine different ones.
    void add(std::int64_t millionths, std::int64_t times, std::int64_t parts = 1);
    void addSheets(const MediumCost& cost, std::int64_t out, std::int64_t spoiled);
    Money rounded(const std::string& currency) const;
    /// Of one of `parts` > 0 of it, in ten-thousandths of the currency's unit, half of one away from 0.
    std::int64_t tenThousandthsEach(std::int64_t parts) const;

  private:
    __int128 m_over = 0, m_under = 1;
};

struct Costs {
    std::string currency;
    /// By medium and setup; setup empty: any.
    std::map<std::pair<std::string, std::string>, MediumCost> media;
    bool operator==(const Costs&) const = default;

    static constexpr int mostPrints = 10'000;
    /// nullptr: nobody said. A setup's own comes before its medium's.
    const MediumCost* of(const std::string& medium, const std::string& setup) const;
    /// None: there is no such file, and nothing is known. Fails: Invalid "costs-file" with file, line and key; as
    /// readTextFile.
    static Result<std::optional<Costs>> read(const Path& file);
};

}  // namespace contone::report
