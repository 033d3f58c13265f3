// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// TiffBlock: a TIFF structure in memory, each read of it range-checked in one place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace contone::image {

/// Never owns. Offsets count from the byte-order mark.
class TiffBlock {
  public:
    explicit TiffBlock(std::span<const std::byte> bytes) : m_bytes(bytes) {
        if (m_bytes.size() < 2) return;
        m_littleEndian = m_bytes[0] == std::byte{'I'} && m_bytes[1] == std::byte{'I'};
        m_known = m_littleEndian || (m_bytes[0] == std::byte{'M'} && m_bytes[1] == std::byte{'M'});
    }
    bool hasByteOrder() const { return m_known; }
    /// An unsigned number of 1, 2 or 4 bytes; nothing when it lies outside.
    std::optional<std::uint32_t> number(std::size_t at, std::size_t size) const {
        if (size > m_bytes.size() || at > m_bytes.size() - size) return {};
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < size; ++i)
            value = value << 8 | std::to_integer<std::uint32_t>(m_bytes[at + (m_littleEndian ? size - 1 - i : i)]);
        return value;
    }
    std::optional<std::span<const std::byte>> slice(std::size_t at, std::size_t size) const {
        if (size > m_bytes.size() || at > m_bytes.size() - size) return {};
        return m_bytes.subspan(at, size);
    }

  private:
    std::span<const std::byte> m_bytes;
    bool m_littleEndian = false, m_known = false;
};

}  // namespace contone::image
