// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Lengths of one byte, or FF and two, lowest first.
#include "core/devices/zvt/apdu.h"

#include <algorithm>
#include <array>

namespace contone::devices::zvt {

Head headOf(std::span<const std::uint8_t> begin) {
    if (begin.size() < 3) return {};
    const Verb verb{begin[0], begin[1]};
    if (begin[2] != 0xFF) return {verb, 3, begin[2]};
    if (begin.size() < 5) return {verb, 0, 0};
    return {verb, 5, static_cast<std::size_t>(begin[3]) | static_cast<std::size_t>(begin[4]) << 8U};
}

Bytes encode(Verb verb, std::span<const std::uint8_t> data) {
    Bytes bytes{verb.group, verb.instruction};
    const std::size_t size = std::min(data.size(), mostData);
    if (size < 0xFF) {
        bytes.push_back(static_cast<std::uint8_t>(size));
    } else {
        bytes.push_back(0xFF);
        bytes.push_back(static_cast<std::uint8_t>(size & 0xFFU));
        bytes.push_back(static_cast<std::uint8_t>(size >> 8U));
    }
    bytes.insert(bytes.end(), data.begin(), data.begin() + static_cast<std::ptrdiff_t>(size));
    return bytes;
}

Result<Apdu> decode(std::span<const std::uint8_t> bytes) {
    const Head head = headOf(bytes);
    if (head.headBytes == 0 || bytes.size() != head.headBytes + head.dataBytes)
        return fail(Code::Corrupt, "answer-unreadable", "The card terminal's answer was not understood.",
                    std::to_string(bytes.size()) + " bytes are not one message");
    return Apdu{head.verb, WipedBytes(bytes.subspan(head.headBytes))};
}

std::string toString(Verb verb) {
    constexpr std::array digits{'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    return {digits[verb.group >> 4U], digits[verb.group & 15U], ' ', digits[verb.instruction >> 4U],
            digits[verb.instruction & 15U]};
}

Bytes bcd(std::uint64_t number, std::size_t size) {
    Bytes bytes(size);
    for (std::size_t i = size; i-- > 0; number /= 100)
        bytes[i] = static_cast<std::uint8_t>(number / 10 % 10 << 4U | number % 10);
    return bytes;
}

}  // namespace contone::devices::zvt
