// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Tree: a JSON text after parsing, flat in memory; Value: one place in it.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "core/base/result.h"

namespace contone::json {

/// What a text may be at most; counted while it is parsed, in time linear in its length, so that no text that a
/// stranger sends costs more than its bytes do.
struct Limits {
    int depth = 16;                ///< objects and lists within each other
    std::size_t values = 500'000;  ///< values and keys together; each takes 32 bytes
};

enum class Kind : std::uint8_t { Null, Boolean, Integer, Unsigned, Real, Text, List, Object };

/// Unavailable "out-of-memory".
Error outOfMemory();

class Tree;

/// One value of a Tree, which must outlive it. Costs nothing to copy.
class Value {
  public:
    Kind kind() const;
    bool boolean() const;                   ///< of Kind::Boolean
    std::int64_t integer() const;           ///< of Kind::Integer
    std::uint64_t unsignedInteger() const;  ///< of Kind::Unsigned: above what an int64 holds
    double real() const;                    ///< of the three kinds of numbers
    std::string_view text() const;          ///< of Kind::Text; UTF-8

    /// The items of a list, or the members of an object: `for (Value v = list.first(); v.isThere(); v = v.next())`.
    Value first() const;
    Value next() const;
    std::size_t size() const;
    bool isThere() const { return m_tree != nullptr; }
    std::string_view key() const;            ///< of a member
    Value find(std::string_view key) const;  ///< of an object; of a key that comes twice the first; else not there

  private:
    friend class Tree;
    Value() = default;
    Value(const Tree* tree, std::uint32_t at, std::uint32_t end) : m_tree(tree), m_at(at), m_end(end) {}
    const Tree* m_tree = nullptr;
    std::uint32_t m_at = 0, m_end = 0;  ///< end: of the list or object it is in
};

class Tree {
  public:
    /// Strict JSON (RFC 8259) in UTF-8 and nothing behind it. Fails: Invalid "json-unreadable", with where and why in
    /// the detail; also for what exceeds the limits and for a number that no double holds. Unavailable "out-of-memory".
    static Result<Tree> parse(std::string_view text, const Limits& limits = {});
    Tree(Tree&&) noexcept;
    Tree& operator=(Tree&&) noexcept;
    ~Tree();
    Value root() const;

  private:
    friend class Value;
    struct Nodes;
    explicit Tree(std::unique_ptr<Nodes> nodes);
    std::unique_ptr<Nodes> m_nodes;
};

}  // namespace contone::json
