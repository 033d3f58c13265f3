// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Tree: a JSON text after parsing, flat in memory; Value: one place in it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

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

/// What a Tree consists of.
struct Node {
    Kind kind = Kind::Null;
    std::uint32_t end = 0;  ///< the node behind this value and all that is in it
    std::uint32_t keyAt = 0, keySize = 0;
    std::uint32_t size = 0;  ///< bytes of a text, items of a list, members of an object
    union {
        bool boolean;
        std::int64_t integer;
        std::uint64_t unsignedInteger;
        double real;
        std::uint64_t textAt;
    };
};
struct Nodes {
    std::vector<Node> all;
    std::string texts;
};

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
    bool isThere() const { return m_nodes != nullptr; }
    std::string_view key() const;            ///< of a member
    Value find(std::string_view key) const;  ///< of an object; of a key that comes twice the first; else not there

  private:
    friend class Tree;
    Value() = default;
    Value(const Nodes* nodes, std::uint32_t at, std::uint32_t end) : m_nodes(nodes), m_at(at), m_end(end) {}
    const Node& node() const { return m_nodes->all[m_at]; }
    const Nodes* m_nodes = nullptr;
    std::uint32_t m_at = 0, m_end = 0;  ///< end: of the list or object it is in
};

class Tree {
  public:
    /// Strict JSON (RFC 8259) in UTF-8 and nothing behind it. Fails: Invalid "json-unreadable", with where and why in
    /// the detail; also for what exceeds the limits and for a number that no double holds. Unavailable "out-of-memory".
    static Result<Tree> parse(std::string_view text, const Limits& limits = {});
    Value root() const { return Value(m_nodes.get(), 0, static_cast<std::uint32_t>(m_nodes->all.size())); }

  private:
    explicit Tree(std::unique_ptr<const Nodes> nodes) : m_nodes(std::move(nodes)) {}
    std::unique_ptr<const Nodes> m_nodes;  // a place of its own: values stay valid when the tree is moved
};

// Reading a list calls these a hundred times for each of its items.
inline Kind Value::kind() const {
    return node().kind;
}
inline bool Value::boolean() const {
    return node().boolean;
}
inline std::int64_t Value::integer() const {
    return node().integer;
}
inline std::uint64_t Value::unsignedInteger() const {
    return node().unsignedInteger;
}
inline std::string_view Value::text() const {
    return {m_nodes->texts.data() + node().textAt, node().size};
}
inline std::string_view Value::key() const {
    return {m_nodes->texts.data() + node().keyAt, node().keySize};
}
inline std::size_t Value::size() const {
    return node().size;
}
inline Value Value::first() const {
    const std::uint32_t end = node().end;
    return m_at + 1 < end ? Value(m_nodes, m_at + 1, end) : Value();
}
inline Value Value::next() const {
    const std::uint32_t behind = node().end;
    return behind < m_end ? Value(m_nodes, behind, m_end) : Value();
}

}  // namespace contone::json
