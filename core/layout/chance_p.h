// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Chance: numbers for searches, the same for a seed on every machine.
#pragma once

#include <cstddef>
#include <cstdint>

namespace contone::layout {

/// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014). The standard library's
/// distributions differ from one library to the next.
class Chance {
  public:
    explicit Chance(std::uint64_t seed) : m_state(seed) {}
    std::uint64_t next() {
        std::uint64_t z = m_state += 0x9E3779B97F4A7C15u;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }
    /// 0 … count − 1; count is 1 or more. The small ones are likelier by less than count / 2^64.
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
    /// 0 … 1, without 1, in steps of 2^-53.
    double share() { return static_cast<double>(next() >> 11) * 0x1p-53; }

  private:
    std::uint64_t m_state;
};

}  // namespace contone::layout
