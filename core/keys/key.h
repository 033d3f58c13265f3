// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Key: 32 secret bytes that are cleared when they go; LockedKey: one that stays for long, in memory that is not
// swapped.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "core/base/id.h"

namespace contone::keys {

inline constexpr std::size_t keyBytes = 32;
using KeySpan = std::span<const std::byte, keyBytes>;

/// Names a key of the ring; says nothing about it.
using KeyId = Id<struct KeyTag>;

/// From the kernel's generator. Thread-safe.
void fillRandom(std::span<std::byte> bytes);
/// Overwrites what must not stay in memory; no compiler leaves it out.
void clear(std::span<std::byte> bytes);

/// A value; each copy clears itself.
class Key {
  public:
    Key() = default;  ///< zeros, to be filled
    static Key random();
    explicit Key(KeySpan bytes);
    Key(const Key&) = default;
    Key& operator=(const Key&) = default;
    ~Key() { clear(m_bytes); }
    KeySpan bytes() const { return m_bytes; }
    std::span<std::byte, keyBytes> writable() { return m_bytes; }
    bool operator==(const Key& other) const;  ///< takes as long whatever differs

  private:
    std::array<std::byte, keyBytes> m_bytes{};
};

/// In a page of its own that is not swapped and is in no core dump, as far as the system lets us. Movable.
class LockedKey {
  public:
    explicit LockedKey(KeySpan bytes);
    LockedKey(LockedKey&& other) noexcept;
    LockedKey& operator=(LockedKey&& other) noexcept;
    ~LockedKey();
    KeySpan bytes() const { return KeySpan(m_page, keyBytes); }

  private:
    std::byte* m_page = nullptr;
};

}  // namespace contone::keys
