// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The table of fields, and a reader that never looks past the end.
#include "core/devices/zvt/fields.h"

#include <algorithm>
#include <bitset>

namespace contone::devices::zvt {
namespace {

using Span = std::span<const std::uint8_t>;

enum class Size { Fixed, LL, LLL, Tlv };
struct Field {
    std::uint8_t tag;
    Size size;
    std::uint8_t bytes = 0;  // of Fixed
};
constexpr std::array table{
    Field{0x01, Size::Fixed, 1}, Field{0x02, Size::Fixed, 1},  Field{0x03, Size::Fixed, 1}, Field{0x04, Size::Fixed, 6},
    Field{0x05, Size::Fixed, 1}, Field{0x06, Size::Tlv},       Field{0x0B, Size::Fixed, 3}, Field{0x0C, Size::Fixed, 3},
    Field{0x0D, Size::Fixed, 2}, Field{0x0E, Size::Fixed, 2},  Field{0x17, Size::Fixed, 2}, Field{0x19, Size::Fixed, 1},
    Field{0x22, Size::LL},       Field{0x23, Size::LL},        Field{0x24, Size::LLL},      Field{0x27, Size::Fixed, 1},
    Field{0x29, Size::Fixed, 4}, Field{0x2A, Size::Fixed, 15}, Field{0x2D, Size::LL},       Field{0x2E, Size::LLL},
    Field{0x37, Size::Fixed, 3}, Field{0x3A, Size::Fixed, 2},  Field{0x3B, Size::Fixed, 8}, Field{0x3C, Size::LLL},
    Field{0x3D, Size::Fixed, 3}, Field{0x49, Size::Fixed, 2},  Field{0x60, Size::LLL},      Field{0x87, Size::Fixed, 2},
    Field{0x88, Size::Fixed, 3}, Field{0x8A, Size::Fixed, 1},  Field{0x8B, Size::LL},       Field{0x8C, Size::Fixed, 1},
    Field{0x9A, Size::LLL},      Field{0xA0, Size::Fixed, 1},  Field{0xA7, Size::LL},       Field{0xAA, Size::Fixed, 3},
    Field{0xAF, Size::LLL},      Field{0xBA, Size::Fixed, 5},  Field{0xD0, Size::Fixed, 1}, Field{0xD1, Size::LL},
    Field{0xD2, Size::Fixed, 1}, Field{0xD3, Size::Fixed, 1}};

constexpr char hexDigit(unsigned nibble) {
    return static_cast<char>(nibble < 10 ? '0' + nibble : 'A' + nibble - 10);
}

std::unexpected<Error> unreadable(std::uint8_t tag, const char* what) {
    return fail(Code::Corrupt, "answer-unreadable", "The card terminal's answer was not understood.",
                std::string("field ") + hexDigit(tag >> 4U) + hexDigit(tag & 15U) + ' ' + what);
}

/// Takes bytes from the front of what is left.
class Cursor {
  public:
    explicit Cursor(Span bytes) : m_left(bytes) {}
    bool isAtEnd() const { return m_left.empty(); }
    std::optional<Span> take(std::size_t count) {
        if (count > m_left.size()) return {};
        const Span taken = m_left.first(count);
        m_left = m_left.subspan(count);
        return taken;
    }
    std::optional<std::uint8_t> byte() {
        const auto one = take(1);
        if (!one) return {};
        return one->front();
    }
    /// F1 F5: 15.
    std::optional<std::size_t> decimalLength(std::size_t digits) {
        const auto bytes = take(digits);
        if (!bytes) return {};
        std::size_t length = 0;
        for (const std::uint8_t b : *bytes) {
            if (b < 0xF0 || b > 0xF9) return {};
            length = length * 10 + (b & 15U);
        }
        return length;
    }
    /// BER: one byte up to 7F, 81 and one, 82 and two, highest first.
    std::optional<std::size_t> berLength() {
        const auto first = byte();
        if (!first || *first < 0x80) return first;
        if (*first != 0x81 && *first != 0x82) return {};
        const auto bytes = take(*first & 0x7FU);
        if (!bytes) return {};
        std::size_t length = 0;
        for (const std::uint8_t b : *bytes) length = length << 8U | b;
        return length;
    }
    /// One byte, or more where its last five bits are set: 1F 45. Up to three.
    std::optional<unsigned> tlvTag() {
        const auto first = byte();
        if (!first || (*first & 0x1FU) != 0x1F) return first;
        unsigned tag = *first;
        for (int more = 0; more < 2; ++more) {
            const auto next = byte();
            if (!next) return {};
            tag = tag << 8U | *next;
            if ((*next & 0x80U) == 0) return tag;
        }
        return {};
    }

  private:
    Span m_left;
};

std::optional<std::int64_t> numberOf(Span decimals) {
    std::int64_t number = 0;
    for (const std::uint8_t b : decimals) {
        if (b >> 4U > 9 || (b & 15U) > 9) return {};
        number = number * 100 + (b >> 4U) * 10 + (b & 15U);
    }
    return number;
}

std::optional<std::string> digitsOf(Span decimals) {
    std::string digits;
    for (const std::uint8_t b : decimals) {
        if (b >> 4U > 9 || (b & 15U) > 9) return {};
        digits += hexDigit(b >> 4U);
        digits += hexDigit(b & 15U);
    }
    return digits;
}

/// Up to the first NUL. Empty when it is no printable ASCII, or has more digits than `most`: it could be a card's
/// number.
std::string textOf(Span bytes, std::ptrdiff_t most) {
    bytes = bytes.first(static_cast<std::size_t>(std::ranges::find(bytes, 0) - bytes.begin()));
    if (!std::ranges::all_of(bytes, [](std::uint8_t b) { return b >= 0x20 && b < 0x7F; })) return {};
    if (std::ranges::count_if(bytes, [](std::uint8_t b) { return b >= '0' && b <= '9'; }) > most) return {};
    std::string text(bytes.begin(), bytes.end());
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

const char* nameOfCard(std::uint8_t type) {
    switch (type) {
        case 5:
            return "girocard";
        case 6:
            return "Mastercard";
        case 8:
            return "American Express";
        case 10:
            return "VISA";
        case 12:
            return "Diners";
        case 46:
            return "Maestro";
        default:
            return "";
    }
}

/// Ids of applications begin with a letter (ISO/IEC 7816-5); numbers of cards do not.
std::string aidOf(Span bytes) {
    if (bytes.size() < 5 || bytes.size() > 16 || bytes.front() < 0xA0) return {};
    std::string aid;
    for (const std::uint8_t b : bytes) {
        aid += hexDigit(b >> 4U);
        aid += hexDigit(b & 15U);
    }
    return aid;
}

/// Hands each object to `take`. False: cut short.
template <class Take>
bool eachObject(Span container, const Take& take) {
    for (Cursor at(container); !at.isAtEnd();) {
        const auto tag = at.tlvTag();
        const auto length = tag ? at.berLength() : std::nullopt;
        const auto value = length ? at.take(*length) : std::nullopt;
        if (!value || !take(*tag, *value)) return false;
    }
    return true;
}

bool readTlv(Span container, Fields& out) {
    return eachObject(container, [&](unsigned tag, Span value) {
        return tag != 0x60 || eachObject(value, [&](unsigned inner, Span id) {
                   if (inner == 0x43 && out.aid.empty()) out.aid = aidOf(id);
                   return true;
               });
    });
}

bool readDay(Span value, Fields& out) {
    if (value.size() != 4 + 7 * dayKinds.size()) return true;  // another network's form: the sum in 04 is enough
    DaySums day;
    const auto from = numberOf(value.first(2)), to = numberOf(value.subspan(2, 2));
    if (!from || !to) return false;
    day.receiptFrom = static_cast<int>(*from);
    day.receiptTo = static_cast<int>(*to);
    for (std::size_t i = 0; i < day.kinds.size(); ++i) {
        const Span one = value.subspan(4 + 7 * i, 7);
        const auto amount = numberOf(one.subspan(1));
        if (!amount) return false;
        day.kinds[i] = {one.front(), *amount};
    }
    out.day = day;
    return true;
}

bool keepNumber(Span value, std::optional<int>& out) {
    const auto number = numberOf(value);
    if (number) out = static_cast<int>(*number);
    return number.has_value();
}

bool keepDigits(Span value, std::string& out) {
    auto digits = digitsOf(value);
    if (digits) out = std::move(*digits);
    return digits.has_value();
}

/// What is kept of a field; all others are forgotten here. False: its value is none.
bool keep(std::uint8_t tag, Span value, Fields& out) {
    switch (tag) {
        case 0x04:
            out.amount = numberOf(value);
            return out.amount.has_value();
        case 0x06:
            return readTlv(value, out);
        case 0x0B:
            return keepNumber(value, out.trace);
        case 0x0C:
            return keepDigits(value, out.time);
        case 0x0D:
            return keepDigits(value, out.date);
        case 0x27:
            out.result = value.front();
            return true;
        case 0x29:
            return keepDigits(value, out.terminal);
        case 0x37:
            return keepNumber(value, out.originalTrace);
        case 0x3B:
            out.authorisation = textOf(value, 8);
            return true;
        case 0x49:
            return keepNumber(value, out.currency);
        case 0x60:
            return readDay(value, out);
        case 0x87:
            return (value[0] == 0xFF && value[1] == 0xFF) || keepNumber(value, out.receipt);
        case 0x8A:
            if (out.card.empty()) out.card = nameOfCard(value.front());
            return true;
        case 0x8B:
            if (std::string name = textOf(value, 4); !name.empty()) out.card = std::move(name);
            return true;
        default:
            return true;
    }
}

}  // namespace

Result<Fields> parseFields(Span bytes) {
    Fields out;
    std::bitset<256> seen;
    for (Cursor at(bytes); !at.isAtEnd();) {
        const std::uint8_t tag = *at.byte();
        const auto* field = std::ranges::find(table, tag, &Field::tag);
        if (field == table.end()) return unreadable(tag, "is not known");
        if (seen[tag]) return unreadable(tag, "is there twice");
        seen[tag] = true;
        std::optional<std::size_t> length = field->bytes;
        if (field->size == Size::Tlv) length = at.berLength();
        if (field->size == Size::LL) length = at.decimalLength(2);
        if (field->size == Size::LLL) length = at.decimalLength(3);
        if (!length) return unreadable(tag, "has no length");
        const auto value = at.take(*length);
        if (!value) return unreadable(tag, "is cut short");
        if (!keep(tag, *value, out)) return unreadable(tag, "holds no such value");
    }
    return out;
}

}  // namespace contone::devices::zvt
