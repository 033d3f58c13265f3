// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The cryptography that keys and sealed photos are made of, all of it OpenSSL's: AES-256-GCM (NIST SP 800-38D),
// HKDF-SHA-256 (RFC 5869), HMAC-SHA-256 (RFC 2104).
//
// A failure inside OpenSSL (no memory) ends the program: nothing goes on with bytes that are not sealed.
#pragma once

#include <memory>
#include <string_view>

#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/keys/key.h"

namespace contone::keys {

inline constexpr std::size_t nonceBytes = 12, tagBytes = 16;
using Nonce = std::array<std::byte, nonceBytes>;

/// AES-256-GCM under one key. A nonce may seal once under a key; who seals says how that is so. One thread at a time.
class Cipher {
  public:
    explicit Cipher(KeySpan key);
    ~Cipher();
    Cipher(Cipher&&) noexcept;
    Cipher& operator=(Cipher&&) noexcept;
    /// `sealed` gets as many bytes as `plain` has, then the tag: tagBytes more. `associated` is not in it but must be
    /// the same to open it. At most 1 GB each.
    void seal(const Nonce& nonce, std::span<const std::byte> associated, std::span<const std::byte> plain,
              std::span<std::byte> sealed);
    /// False, and `plain` is zeros: it is not what was sealed so. `plain` has tagBytes less than `sealed`.
    [[nodiscard]] bool open(const Nonce& nonce, std::span<const std::byte> associated,
                            std::span<const std::byte> sealed, std::span<std::byte> plain);

  private:
    struct Free {
        void operator()(void* context) const;
    };
    std::unique_ptr<void, Free> m_seal, m_open;
};

/// HKDF-SHA-256. `info` says what the key is for.
Key derive(std::span<const std::byte> secret, std::span<const std::byte> salt, std::string_view info);

using Mac = std::array<std::byte, 32>;
/// HMAC-SHA-256.
Mac macOf(KeySpan key, std::span<const std::byte> bytes);
/// Takes as long whatever differs.
bool isSame(const Mac& mac, std::span<const std::byte> other);

/// A key sealed under another: nonce, cipher text, tag.
using WrappedKey = std::array<std::byte, nonceBytes + keyBytes + tagBytes>;
/// With a random nonce: at most 2^32 times under one key.
WrappedKey wrapKey(KeySpan under, KeySpan key, std::span<const std::byte> associated);
/// False: it was not wrapped so.
[[nodiscard]] bool unwrapKey(KeySpan under, std::span<const std::byte, sizeof(WrappedKey)> wrapped,
                             std::span<const std::byte> associated, Key& key);

/// For what is put together of parts.
void append(Bytes& bytes, std::span<const std::byte> more);
void append(Bytes& bytes, std::string_view more);
void append(Bytes& bytes, const Uuid& uuid);
/// Big-endian.
void append(Bytes& bytes, std::uint64_t number, int size);
std::uint64_t numberAt(std::span<const std::byte> bytes);

}  // namespace contone::keys
