// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Bounds-checked bytes, and text that is safe to show.
#include "core/decode/messages.h"

#include <algorithm>

namespace contone::decode {
namespace {

/// The length of the UTF-8 sequence at the start of `text` when it is whole, shortest, and shows something; else 0.
std::size_t shownSequence(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    if (first < 0x80) return first >= 0x20 && first != 0x7f ? 1 : 0;
    const std::size_t length = first >= 0xf0 && first <= 0xf4   ? 4
                               : first >= 0xe0 && first <= 0xef ? 3
                               : first >= 0xc2 && first <= 0xdf ? 2
                                                                : 0;
    if (length == 0 || text.size() < length) return 0;
    std::uint32_t code = first & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return 0;
        code = code << 6 | (byte(i) & 0x3f);
    }
    constexpr std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool isControl = code < 0xa0;
    const bool isSurrogate = code >= 0xd800 && code <= 0xdfff;
    // Marks that turn or hide text around them: a name could be made to read as another.
    const bool isMark = (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
                        (code >= 0x2060 && code <= 0x206f) || code == 0xfeff || (code >= 0xfff0 && code <= 0xffff) ||
                        code == 0x061c || code >= 0xe0000;
    return code < smallest[length] || isControl || isSurrogate || isMark ? 0 : length;
}

}  // namespace

std::string printable(std::string_view text, std::size_t maxBytes) {
    std::string shown;
    while (!text.empty()) {
        const std::size_t length = shownSequence(text);
        const std::string_view next = length == 0 ? std::string_view("?") : text.substr(0, length);
        if (shown.size() + next.size() > maxBytes) break;
        shown += next;
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return shown;
}

MessageWriter::MessageWriter(MessageKind kind) {
    put(protocolVersion, 2);
    put(static_cast<std::uint16_t>(kind), 2);
}

void MessageWriter::put(std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) m_bytes.push_back(static_cast<std::byte>(value >> (8 * i) & 0xff));
}

void MessageWriter::text(const std::string& value, std::size_t maxBytes) {
    const std::string shown = printable(value, maxBytes);
    put(shown.size(), 2);
    raw(std::span(reinterpret_cast<const std::uint8_t*>(shown.data()), shown.size()));
}

void MessageWriter::raw(std::span<const std::uint8_t> bytes) {
    const auto all = std::as_bytes(bytes);
    m_bytes.insert(m_bytes.end(), all.begin(), all.end());
}

MessageReader::MessageReader(std::span<const std::byte> message) : m_rest(message) {
    const std::uint64_t version = get(2), kind = get(2);
    m_good = m_good && message.size() <= largestMessage && version == protocolVersion;
    if (m_good) m_kind = static_cast<MessageKind>(kind);
}

std::uint64_t MessageReader::get(std::size_t bytes) {
    if (m_rest.size() < bytes) m_good = false;
    if (!m_good) return 0;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i) value |= std::to_integer<std::uint64_t>(m_rest[i]) << (8 * i);
    m_rest = m_rest.subspan(bytes);
    return value;
}

void MessageReader::whole(std::int32_t& value, std::int32_t low, std::int32_t high) {
    const auto number = static_cast<std::int32_t>(static_cast<std::uint32_t>(get(4)));
    if (number < low || number > high) m_good = false;
    value = m_good ? number : low;
}

void MessageReader::flag(bool& value) {
    const std::uint64_t number = get(1);
    if (number > 1) m_good = false;
    value = number == 1;
}

void MessageReader::fraction(double& value) {
    std::int32_t steps = 0;
    whole(steps, 0, 65536);
    value = steps / 65536.0;
}

void MessageReader::text(std::string& value, std::size_t maxBytes) {
    const std::size_t length = get(2);
    if (length > maxBytes || length > m_rest.size()) m_good = false;
    if (!m_good) return;
    value.assign(reinterpret_cast<const char*>(m_rest.data()), length);
    m_rest = m_rest.subspan(length);
    if (printable(value, maxBytes) != value) m_good = false;
}

void MessageReader::raw(std::span<std::uint8_t> bytes) {
    if (m_rest.size() < bytes.size()) m_good = false;
    if (!m_good) return;
    std::ranges::transform(m_rest.first(bytes.size()), bytes.begin(),
                           [](std::byte b) { return std::to_integer<std::uint8_t>(b); });
    m_rest = m_rest.subspan(bytes.size());
}

}  // namespace contone::decode
