// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Characters as numbers modulo 31, and what people take for one another.
#include "core/order/order_code.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace contone::order {
namespace {

constexpr std::string_view alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
static_assert(alphabet.size() == 31);
constexpr std::string_view never = "O0I1L";
constexpr std::array<std::string_view, 4> alike{"B8", "S5", "Z2", "G6"};

/// The sum over all places, each with a weight of its own, is 0 modulo 31 for a code that fits.
unsigned weightOf(std::size_t place) {
    return static_cast<unsigned>(place) + 1;  // 1…8, all different and none 0 modulo 31
}

unsigned sumOf(std::string_view characters) {
    unsigned sum = 0;
    for (std::size_t i = 0; i < characters.size(); i++)
        sum += weightOf(i) * static_cast<unsigned>(alphabet.find(characters[i]));
    return sum % 31;
}

char checkOf(std::string_view seven) {
    for (const char character : alphabet)
        if (sumOf(std::string(seven) + character) == 0) return character;
    return alphabet.front();  // never: 8 has an inverse modulo 31
}

unsigned randomBelow31() {
    for (;;) {
        std::uint8_t byte = 0;
        if (::getrandom(&byte, 1, 0) == 1 && byte < 248) return byte % 31U;  // 248 = 8 × 31: each equally often
    }
}

std::string upper(std::string_view typed) {
    std::string characters;
    for (const char c : typed)
        if (c != ' ' && c != '-') characters += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return characters;
}

Result<std::string> charactersOf(std::string_view typed) {
    std::string characters = upper(typed);
    for (const char c : characters) {
        if (never.find(c) != std::string_view::npos)
            return fail(Code::Invalid, "code-characters",
                        std::string("The character ") + c +
                            " never occurs in an order's code. Look again: O, 0, I, 1 and L are left out because they "
                            "are easily mistaken.",
                        {});
        if (alphabet.find(c) == std::string_view::npos)
            return fail(Code::Invalid, "code-characters",
                        "An order's code has letters and digits only, as in 4F7K-92MT. Type it again.", {});
    }
    if (characters.size() != OrderCode::length)
        return fail(Code::Invalid, "code-characters",
                    "An order's code has eight characters, as in 4F7K-92MT. Type all of them.",
                    std::to_string(characters.size()));
    return characters;
}

std::unexpected<Error> wrong() {
    return fail(Code::Invalid, "code-wrong",
                "There is no such code: one of its characters is wrong. Compare it with the ticket.");
}

/// The character that this one is taken for; itself when there is none.
char lookalikeOf(char c) {
    for (const std::string_view pair : alike)
        if (const auto at = pair.find(c); at != std::string_view::npos) return pair[1 - at];
    return c;
}

}  // namespace

OrderCode OrderCode::random() {
    std::string characters;
    while (characters.size() < length - 1) characters += alphabet[randomBelow31()];
    return OrderCode(characters + checkOf(characters));
}

Result<OrderCode> OrderCode::parse(std::string_view text) {
    if (text.empty()) return OrderCode();
    CONTONE_TRY(std::string characters, charactersOf(text));
    if (sumOf(characters) != 0) return wrong();
    return OrderCode(std::move(characters));
}

std::string OrderCode::toString() const {
    return isNone() ? "" : m_characters.substr(0, 4) + "-" + m_characters.substr(4);
}

Result<std::vector<OrderCode>> codesMeant(std::string_view typed) {
    CONTONE_TRY(const std::string characters, charactersOf(typed));
    std::vector<std::size_t> doubtful;  // places
    for (std::size_t i = 0; i < characters.size(); i++)
        if (lookalikeOf(characters[i]) != characters[i]) doubtful.push_back(i);
    std::vector<OrderCode> meant;
    for (unsigned taken = 0; taken < 1U << doubtful.size(); taken++) {  // at most 256; as typed comes first
        std::string variant = characters;
        for (std::size_t k = 0; k < doubtful.size(); k++)
            if ((taken >> k & 1U) != 0) variant[doubtful[k]] = lookalikeOf(variant[doubtful[k]]);
        if (sumOf(variant) == 0) meant.push_back(OrderCode(variant));
    }
    if (meant.empty()) return wrong();
    return meant;
}

}  // namespace contone::order
