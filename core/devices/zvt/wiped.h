// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// WipedBytes: bytes from a card terminal, which may hold a card's number and are overwritten when they go.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <utility>

namespace contone::devices::zvt {

/// A fixed number of bytes that never move in memory, so that no copy stays behind. Movable.
class WipedBytes {
  public:
    WipedBytes() = default;
    explicit WipedBytes(std::size_t size)  ///< zeros, to be filled
        : m_bytes(size == 0 ? nullptr : std::make_unique<std::uint8_t[]>(size)), m_size(size) {}
    explicit WipedBytes(std::span<const std::uint8_t> bytes) : WipedBytes(bytes.size()) {
        if (!bytes.empty()) std::memcpy(m_bytes.get(), bytes.data(), bytes.size());
    }
    WipedBytes(WipedBytes&& other) noexcept
        : m_bytes(std::move(other.m_bytes)), m_size(std::exchange(other.m_size, 0)) {}
    WipedBytes& operator=(WipedBytes&& other) noexcept {
        std::swap(m_bytes, other.m_bytes);
        std::swap(m_size, other.m_size);
        return *this;
    }
    ~WipedBytes() {
        if (m_bytes) ::explicit_bzero(m_bytes.get(), m_size);
    }
    std::span<const std::uint8_t> bytes() const { return {m_bytes.get(), m_size}; }
    std::span<std::uint8_t> writable() { return {m_bytes.get(), m_size}; }
    std::size_t size() const { return m_size; }

  private:
    std::unique_ptr<std::uint8_t[]> m_bytes;
    std::size_t m_size = 0;
};

}  // namespace contone::devices::zvt
