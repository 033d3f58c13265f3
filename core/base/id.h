// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Typed identifiers: UUID version 7 (RFC 9562), so that an order's id cannot be passed for a sheet's.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace contone {

/// The 16 bytes of a UUID. All zero is "none".
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};
    auto operator<=>(const Uuid&) const = default;
    bool isNil() const { return *this == Uuid{}; }

    /// A new version 7 UUID: 48 bits of `now` in ms, 74 random bits from the kernel. Thread-safe.
    static Uuid generate(Instant now);
    /// Accepts only the canonical form, 36 characters, either case. Fails: Invalid "bad-id".
    static Result<Uuid> parse(std::string_view text);
    /// Canonical lower case.
    std::string toString() const;
};

template <class Tag>
struct Id {
    Uuid uuid;
    auto operator<=>(const Id&) const = default;
    bool isNil() const { return uuid.isNil(); }
    std::string toString() const { return uuid.toString(); }
    static Id generate(const Clock& clock) { return {Uuid::generate(clock.now())}; }
    static Result<Id> parse(std::string_view text) {
        auto uuid = Uuid::parse(text);
        if (!uuid) return std::unexpected(uuid.error());
        return Id{*uuid};
    }
};

using OrderId = Id<struct OrderTag>;
using LineId = Id<struct LineTag>;
using JobId = Id<struct JobTag>;  ///< a print job of ours, not the scheduler's number
using SheetId = Id<struct SheetTag>;
using AttemptId = Id<struct AttemptTag>;  ///< one try to put one sheet on paper; names the job at the scheduler
using EventId = Id<struct EventTag>;

}  // namespace contone
