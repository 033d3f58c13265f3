// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Codes for people with check characters, and the store's key under one. 31 characters are a prime number: a weighted
// sum with weights that differ finds every single wrong character and every two that changed places.
#include "core/keys/recovery_key.h"

#include <algorithm>
#include <optional>

#include "core/keys/cipher.h"

namespace contone::keys {
namespace {

constexpr std::string_view alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
static_assert(alphabet.size() == 31);

/// Of the group with this number, from 0.
std::byte checkOf(std::span<const std::byte> group, std::size_t number) {
    unsigned sum = 7 * static_cast<unsigned>(number + 1);
    for (std::size_t i = 0; i < group.size(); i++)
        sum += static_cast<unsigned>(i + 2) * std::to_integer<unsigned>(group[i]);
    return static_cast<std::byte>(sum % alphabet.size());
}

std::unexpected<Error> wrongIn(std::size_t number, const std::string& detail) {
    return fail(Code::Invalid, "recovery-key-typing",
                "Group " + std::to_string(number + 1) + " of the recovery key is not right. Compare it with the paper.",
                detail);
}

constexpr std::string_view head = "contone recovery 1\ncipher AES-256-GCM\nkey-from HKDF-SHA-256\n";
constexpr std::string_view info = "contone recovery 1: wrapping";

std::string hexOf(std::span<const std::byte> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const std::byte b : bytes) {
        text += digits[std::to_integer<std::size_t>(b >> 4)];
        text += digits[std::to_integer<std::size_t>(b & std::byte{15})];
    }
    return text;
}

/// The line "name hex", taken off `text`.
std::optional<Bytes> takeLine(std::string_view& text, std::string_view name, std::size_t size) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || end != name.size() + 1 + 2 * size || !text.starts_with(name) ||
        text[name.size()] != ' ')
        return {};
    const std::string_view digits = text.substr(name.size() + 1, 2 * size);
    text.remove_prefix(end + 1);
    Bytes bytes;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        constexpr std::string_view known = "0123456789abcdef";
        const std::size_t high = known.find(digits[i]), low = known.find(digits[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return {};
        bytes.push_back(static_cast<std::byte>(high << 4 | low));
    }
    return bytes;
}

}  // namespace

RecoveryKey::~RecoveryKey() {
    clear(m_secret);
}

RecoveryKey RecoveryKey::random() {
    RecoveryKey key;
    for (std::byte& character : key.m_secret) {
        std::array<std::byte, 1> one{};
        do fillRandom(one);
        while (std::to_integer<unsigned>(one[0]) >= 8 * alphabet.size());  // so that all are as likely
        character = static_cast<std::byte>(std::to_integer<unsigned>(one[0]) % alphabet.size());
    }
    return key;
}

Result<RecoveryKey> RecoveryKey::parse(std::string_view text) {
    RecoveryKey key;
    Bytes typed;
    for (const char c : text) {
        if (c == '-' || c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
        const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        const std::size_t value = alphabet.find(upper);
        if (value == std::string_view::npos)
            return wrongIn(typed.size() / (perGroup + 1), "a character that is in no recovery key");
        typed.push_back(static_cast<std::byte>(value));
        if (typed.size() > groups * (perGroup + 1)) break;
    }
    // Before its length is judged: a character that is missing is in the first group that is not right.
    for (std::size_t g = 0; g < groups && (g + 1) * (perGroup + 1) <= typed.size(); g++) {
        const auto group = std::span(typed).subspan(g * (perGroup + 1), perGroup + 1);
        if (checkOf(group.first(perGroup), g) != group[perGroup]) return wrongIn(g, "its check character differs");
        std::ranges::copy(group.first(perGroup), key.m_secret.begin() + static_cast<std::ptrdiff_t>(g * perGroup));
    }
    const std::size_t count = typed.size();
    clear(typed);
    if (count != groups * (perGroup + 1))
        return fail(Code::Invalid, "recovery-key-length",
                    "A recovery key has seven groups of five characters. Compare it with the paper.",
                    std::to_string(count) + " characters");
    return key;
}

std::string RecoveryKey::toString() const {
    std::string text;
    for (std::size_t g = 0; g < groups; g++) {
        const auto group = std::span(m_secret).subspan(g * perGroup, perGroup);
        if (g > 0) text += '-';
        for (const std::byte b : group) text += alphabet[std::to_integer<std::size_t>(b)];
        text += alphabet[std::to_integer<std::size_t>(checkOf(group, g))];
    }
    return text;
}

std::string wrapForRecovery(const StoreKey& storeKey, const RecoveryKey& recovery) {
    std::array<std::byte, 16> salt;
    fillRandom(salt);
    const Key under = derive(recovery.secret(), salt, info);
    const WrappedKey wrapped = wrapKey(under.bytes(), storeKey.bytes(), std::as_bytes(std::span(head)));
    return std::string(head) + "salt " + hexOf(salt) + "\nkey " + hexOf(wrapped) + "\n";
}

Result<StoreKey> unwrapWithRecovery(std::string_view text, const RecoveryKey& recovery) {
    const auto damaged = [] {
        return fail(Code::Corrupt, "recovery-damaged", "The recovery file is damaged. Bring it from a backup.");
    };
    if (!text.starts_with(head)) return damaged();
    text.remove_prefix(head.size());
    const auto salt = takeLine(text, "salt", 16), bytes = takeLine(text, "key", sizeof(WrappedKey));
    if (!salt || !bytes || !text.empty()) return damaged();
    WrappedKey wrapped;
    std::ranges::copy(*bytes, wrapped.begin());
    Key key = derive(recovery.secret(), *salt, info);
    const Key under = key;
    if (!unwrapKey(under.bytes(), wrapped, std::as_bytes(std::span(head)), key))
        return fail(Code::Denied, "recovery-key-wrong",
                    "This recovery key is not the one of this shop, or the recovery file is damaged.");
    return StoreKey(key.bytes());
}

}  // namespace contone::keys
