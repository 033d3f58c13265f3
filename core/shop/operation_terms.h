// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// OperationTerms: what holds for an operation: its name, who may ask for it, what may go wrong.
#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

#include "core/shop/caller.h"

namespace contone::shop {

/// Whether asking again does more than asking once. What only reads is sent again when a connection is lost; what
/// changes something is never sent twice.
enum class Effect { Reads, Changes };

struct OperationTerms {
    std::string_view name;       ///< "pause-printer": POST /v1/pause-printer. Never changes once released
    std::string_view does;       ///< one sentence, for docs/api.md too
    std::string_view answer;     ///< what comes back, in a few words
    std::string_view fails;      ///< reasons, separated by ", ", besides those that any operation may fail with
    Role role = Role::Operator;  ///< who may: this role and those above it
    Effect effect = Effect::Changes;
    std::chrono::seconds within{60};                 ///< how long a client waits for the answer
    std::size_t largestBody = std::size_t{1} << 20;  ///< bytes of JSON
};

constexpr std::chrono::seconds aWhile{300};  ///< for what renders, asks printers or commits thousands of times

constexpr std::chrono::seconds atTerminal{1900};  ///< a customer types a PIN; the terminal says when it is too long

}  // namespace contone::shop
