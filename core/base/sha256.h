// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SHA-256: names originals, recipes, rasters and profiles.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace contone {

/// 32 bytes of SHA-256 (FIPS 180-4). All zero is "none".
struct Sha256 {
    std::array<std::uint8_t, 32> bytes{};
    auto operator<=>(const Sha256&) const = default;
    bool isNone() const { return *this == Sha256{}; }
    /// 64 lower-case hexadecimal digits.
    std::string toString() const;
    /// Fails: Invalid "bad-hash".
    static Result<Sha256> parse(std::string_view hex);
    static Sha256 of(std::span<const std::byte> data);
    static Sha256 of(std::string_view text);
};

/// Hashes what it is fed. One thread at a time.
class Sha256Hasher {
  public:
    Sha256Hasher();
    ~Sha256Hasher();
    Sha256Hasher(Sha256Hasher&&) noexcept;
    Sha256Hasher& operator=(Sha256Hasher&&) noexcept;
    void update(std::span<const std::byte> data);
    /// The hash of all that was fed. Call once.
    Sha256 finish();

  private:
    struct Free {
        void operator()(void* context) const;
    };
    std::unique_ptr<void, Free> m_context;
};

}  // namespace contone
