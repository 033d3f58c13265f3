// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// OrderCode: what a customer says to get the order: seven random characters and one that checks them, as "4F7K-92MT".
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace contone::order {

/// Of the 31 digits and letters that are not O, 0, I, 1 or L. The last character checks the others by a sum modulo 31
/// (a prime) with weights that differ from place to place: one wrong character, and two that changed places, never fit.
class OrderCode {
  public:
    static constexpr std::size_t length = 8;

    OrderCode() = default;  ///< none: an order of before there were codes
    /// From the kernel's random numbers. Unique only when the store has looked. Thread-safe.
    static OrderCode random();
    /// As written by toString(), or without the dash; none for "". Fails: Invalid "code-characters", "code-wrong".
    static Result<OrderCode> parse(std::string_view text);

    bool isNone() const { return m_characters.empty(); }
    /// "4F7K-92MT"; "" for none.
    std::string toString() const;
    /// The part that may be called out in a shop: nobody gets an order by it.
    std::string calledOut() const { return m_characters.substr(0, 4); }
    auto operator<=>(const OrderCode&) const = default;

  private:
    explicit OrderCode(std::string characters) : m_characters(std::move(characters)) {}
    friend Result<std::vector<OrderCode>> codesMeant(std::string_view typed);
    std::string m_characters;
};

/// Which codes somebody may have meant who typed this: the one that stands there, if its check character fits, first;
/// then those that come of taking B for 8, S for 5, Z for 2, G for 6 or the other way round. Small letters, spaces and
/// dashes do not matter. One of them is meant only when exactly one of them is an order's.
/// Fails: Invalid "code-characters" when it has not eight characters, or one of O 0 I 1 L ("never occurs") or no letter
/// at all of ours; Invalid "code-wrong" when no such code exists.
Result<std::vector<OrderCode>> codesMeant(std::string_view typed);

}  // namespace contone::order
