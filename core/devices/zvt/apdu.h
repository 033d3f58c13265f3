// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Apdu: one message of the ZVT protocol (PA00P015), as bytes and back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/devices/zvt/wiped.h"

namespace contone::devices::zvt {

using Bytes = std::vector<std::uint8_t>;

inline constexpr std::size_t mostData = 0xFFFF;  ///< what its length can say

/// Class and instruction, and what they mean with the data.
struct Verb {
    std::uint8_t group = 0, instruction = 0;
    bool operator==(const Verb&) const = default;
};
namespace verbs {
inline constexpr Verb registration{0x06, 0x00}, pay{0x06, 0x01}, repeatReceipt{0x06, 0x20}, reverse{0x06, 0x30},
    refund{0x06, 0x31}, endOfDay{0x06, 0x50}, abort{0x06, 0xB0};
inline constexpr Verb status{0x04, 0x0F}, progress{0x04, 0xFF}, completion{0x06, 0x0F}, aborted{0x06, 0x1E};
inline constexpr Verb accepted{0x80, 0x00};
inline constexpr std::uint8_t accepts = 0x80, refuses = 0x84;  // the groups of answers to a command
inline constexpr std::uint8_t pleaseWait = 0x9C;               // 84 9C
}  // namespace verbs

struct Apdu {
    Verb verb;
    WipedBytes data;
};

/// How a message begins: 3 bytes, or 5 where the third is FF.
struct Head {
    Verb verb;
    std::size_t headBytes = 0;  ///< 3 or 5; 0: more bytes are needed to tell
    std::size_t dataBytes = 0;  ///< 0…65535
};
Head headOf(std::span<const std::uint8_t> begin);

/// `data` is at most `mostData`. Commands of ours hold no secrets but the terminal's password.
Bytes encode(Verb verb, std::span<const std::uint8_t> data = {});
/// Exactly one message. Fails: Corrupt "answer-unreadable", for too few bytes or too many.
Result<Apdu> decode(std::span<const std::uint8_t> bytes);

/// "06 0f", for the log.
std::string toString(Verb verb);

/// `number` in `size` bytes of two decimals each, highest first; digits that have no room are left out.
Bytes bcd(std::uint64_t number, std::size_t size);

}  // namespace contone::devices::zvt
