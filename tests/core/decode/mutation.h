// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Damage as bad sticks, broken copies and enemies make it. Same seed, same bytes, on every machine.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>

#include "core/base/file.h"

namespace contone::decode::test {

class Mutation {
  public:
    explicit Mutation(std::uint64_t seed) : m_random(seed) {}

    /// 0…count − 1. The modulo is a little uneven, which does not matter, and the same everywhere, which does.
    std::size_t below(std::size_t count) { return count == 0 ? 0 : m_random() % count; }

    /// `photo` with one to four kinds of damage; `other` lends parts. Never empty.
    Bytes damage(Bytes photo, const Bytes& other) {
        for (std::size_t times = 1 + below(4); times > 0 && !photo.empty(); --times) {
            switch (below(7)) {
                case 0:
                    flipBits(photo);
                    break;
                case 1:
                    photo.resize(std::max<std::size_t>(1, below(photo.size())));
                    break;
                case 2:
                    splice(photo, other);
                    break;
                case 3:
                    extreme(photo);
                    break;
                case 4:
                    duplicate(photo);
                    break;
                case 5:
                    remove(photo);
                    break;
                default:
                    fill(photo);
            }
        }
        return photo;
    }

  private:
    /// Mostly near the start, where heads and directories are.
    std::size_t place(const Bytes& in) {
        return below(below(3) == 0 ? in.size() : std::min<std::size_t>(in.size(), 1024));
    }
    std::size_t length(const Bytes& in, std::size_t from) {
        return std::min(in.size() - from, std::size_t{1} << below(13));
    }

    void flipBits(Bytes& in) {
        for (std::size_t n = std::size_t{1} << below(6); n > 0; --n)
            in[place(in)] ^= static_cast<std::byte>(1U << below(8));
    }
    /// A number of one, two, four or eight bytes, either order, becomes one that programmers forget.
    void extreme(Bytes& in) {
        constexpr std::array<std::uint64_t, 12> values{
            0, 1, 0x7f, 0x80, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe, 0x40000000, 0x10000, ~0ULL};
        const std::uint64_t value = values[below(values.size())];
        const std::size_t width = std::size_t{1} << below(4), at = place(in);
        const bool isBig = below(2) == 0;
        for (std::size_t i = 0; i < width && at + i < in.size(); ++i)
            in[at + i] = static_cast<std::byte>(value >> 8 * (isBig ? width - 1 - i : i) & 0xff);
    }
    void splice(Bytes& in, const Bytes& other) {
        if (other.empty()) return;
        const std::size_t from = below(other.size()), n = length(other, from), at = place(in);
        for (std::size_t i = 0; i < n && at + i < in.size(); ++i) in[at + i] = other[from + i];
    }
    void duplicate(Bytes& in) {
        const std::size_t from = place(in), n = length(in, from);
        const Bytes part(in.begin() + static_cast<std::ptrdiff_t>(from),
                         in.begin() + static_cast<std::ptrdiff_t>(from + n));
        for (std::size_t times = 1 + below(8); times > 0; --times)
            in.insert(in.begin() + static_cast<std::ptrdiff_t>(from), part.begin(), part.end());
    }
    void remove(Bytes& in) {
        const std::size_t from = place(in), n = std::min(length(in, from), in.size() - 1);
        in.erase(in.begin() + static_cast<std::ptrdiff_t>(std::min(from, in.size() - n)),
                 in.begin() + static_cast<std::ptrdiff_t>(std::min(from, in.size() - n) + n));
    }
    void fill(Bytes& in) {
        const std::size_t from = place(in), n = length(in, from);
        std::fill_n(in.begin() + static_cast<std::ptrdiff_t>(from), n, static_cast<std::byte>(below(2) == 0 ? 0 : 255));
    }

    std::mt19937_64 m_random;
};

}  // namespace contone::decode::test
