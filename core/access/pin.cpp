// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PINs by libargon2.
#include "core/access/pin.h"

#include <argon2.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <span>

#include "core/keys/cipher.h"

namespace contone::access {
namespace {

constexpr std::uint32_t passes = 3, memoryKb = 65536, lanes = 1, hashBytes = 32, saltBytes = 16;

keys::Mac peppered(std::string_view pin, const keys::Key& shopKey) {
    return keys::macOf(shopKey.bytes(), std::as_bytes(std::span(pin)));
}

/// Every digit is the one before plus `step`.
bool isCounting(std::string_view pin, int step) {
    for (std::size_t i = 1; i < pin.size(); i++)
        if (pin[i] - pin[i - 1] != step) return false;
    return true;
}

/// A part of `length` digits again and again.
bool isRepeated(std::string_view pin, std::size_t length) {
    if (pin.size() < 2 * length || pin.size() % length != 0) return false;
    for (std::size_t i = length; i < pin.size(); i++)
        if (pin[i] != pin[i - length]) return false;
    return true;
}

}  // namespace

Result<void> checkPin(std::string_view pin, Role role) {
    const std::size_t least = role >= Role::Supervisor ? 6 : 4;
    const bool areDigits = std::ranges::all_of(pin, [](char c) { return c >= '0' && c <= '9'; });
    if (!areDigits || pin.size() < least || pin.size() > 12)
        return fail(Code::Invalid, "bad-pin",
                    "A PIN of this role has " + std::to_string(least) + " to 12 digits and nothing else.");
    const bool isWeak =
        isCounting(pin, 0) || isCounting(pin, 1) || isCounting(pin, -1) || isRepeated(pin, 2) || isRepeated(pin, 3);
    if (isWeak)
        return fail(Code::Invalid, "bad-pin",
                    "This PIN is tried first by whoever guesses. Choose digits without order.");
    return {};
}

std::string hashOf(std::string_view pin, const keys::Key& shopKey) {
    std::array<std::byte, saltBytes> salt{};
    keys::fillRandom(salt);
    keys::Mac secret = peppered(pin, shopKey);
    std::array<char, 160> encoded{};
    const int failed = argon2id_hash_encoded(passes, memoryKb, lanes, secret.data(), secret.size(), salt.data(),
                                             salt.size(), hashBytes, encoded.data(), encoded.size());
    keys::clear(secret);
    if (failed != ARGON2_OK) std::abort();  // no memory: nobody signs in with a hash of nothing
    return encoded.data();
}

bool isPin(std::string_view pin, const std::string& hash, const keys::Key& shopKey) {
    keys::Mac secret = peppered(pin, shopKey);
    const int verdict = argon2id_verify(hash.c_str(), secret.data(), secret.size());
    keys::clear(secret);
    return verdict == ARGON2_OK;
}

}  // namespace contone::access
