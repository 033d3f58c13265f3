// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The one place that includes nlohmann/json: its tokens go into one array of nodes, and it writes what needs care.
#include "core/json/tree.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "core/json/quoting_p.h"

namespace contone::json {
namespace {

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

}  // namespace

struct Tree::Nodes {
    std::vector<Node> all;
    std::string texts;
};

namespace {

/// Takes nlohmann's tokens. Returning false stops it at once: unlike its parse callback, which walks all siblings for
/// each one that it adds, this costs the same for each token.
class Builder {
  public:
    Builder(std::vector<Node>& nodes, std::string& texts, const Limits& limits)
        : m_nodes(nodes), m_texts(texts), m_limits(limits) {}

    const std::string& problem() const { return m_problem; }

    bool null() { return add(Kind::Null) != nullptr; }
    bool boolean(bool value) {
        Node* node = add(Kind::Boolean);
        if (node) node->boolean = value;
        return node;
    }
    bool number_integer(std::int64_t value) {
        Node* node = add(Kind::Integer);
        if (node) node->integer = value;
        return node;
    }
    bool number_unsigned(std::uint64_t value) {
        if (std::in_range<std::int64_t>(value)) return number_integer(static_cast<std::int64_t>(value));
        Node* node = add(Kind::Unsigned);
        if (node) node->unsignedInteger = value;
        return node;
    }
    bool number_float(double value, const std::string&) {
        Node* node = add(Kind::Real);
        if (node) node->real = value;
        return node;
    }
    bool string(std::string& value) {
        Node* node = add(Kind::Text);
        if (!node) return false;
        node->textAt = m_texts.size();
        node->size = static_cast<std::uint32_t>(value.size());
        m_texts += value;
        return true;
    }
    bool binary(nlohmann::json::binary_t&) { return false; }  // of other formats
    bool key(std::string& name) {
        m_key = {static_cast<std::uint32_t>(m_texts.size()), static_cast<std::uint32_t>(name.size())};
        m_texts += name;
        return count();
    }
    bool start_object(std::size_t) { return open(Kind::Object); }
    bool start_array(std::size_t) { return open(Kind::List); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception& e) {
        m_problem = e.what();
        return false;
    }

  private:
    bool count() {
        if (++m_values <= m_limits.values) return true;
        m_problem = "more than " + std::to_string(m_limits.values) + " values";
        return false;
    }
    Node* add(Kind kind) {
        if (!count()) return nullptr;
        if (!m_open.empty()) ++m_nodes[m_open.back()].size;
        Node& node = m_nodes.emplace_back();
        node.kind = kind;
        node.end = static_cast<std::uint32_t>(m_nodes.size());
        if (m_key) {
            node.keyAt = m_key->first;
            node.keySize = m_key->second;
            m_key.reset();
        }
        return &node;
    }
    bool open(Kind kind) {
        if (static_cast<int>(m_open.size()) == m_limits.depth) {
            m_problem = "nested deeper than " + std::to_string(m_limits.depth);
            return false;
        }
        if (!add(kind)) return false;
        m_open.push_back(static_cast<std::uint32_t>(m_nodes.size() - 1));
        return true;
    }
    bool close() {
        m_nodes[m_open.back()].end = static_cast<std::uint32_t>(m_nodes.size());
        m_open.pop_back();
        return true;
    }

    std::vector<Node>& m_nodes;
    std::string& m_texts;
    const Limits m_limits;
    std::vector<std::uint32_t> m_open;
    std::optional<std::pair<std::uint32_t, std::uint32_t>> m_key;
    std::size_t m_values = 0;
    std::string m_problem;
};

std::unexpected<Error> unreadable(std::string detail) {
    return fail(Code::Invalid, "json-unreadable", "This is not written correctly.", std::move(detail));
}

}  // namespace

Tree::Tree(std::unique_ptr<Nodes> nodes) : m_nodes(std::move(nodes)) {}
Tree::Tree(Tree&&) noexcept = default;
Tree& Tree::operator=(Tree&&) noexcept = default;
Tree::~Tree() = default;

Result<Tree> Tree::parse(std::string_view text, const Limits& limits) {
    if (text.size() > UINT32_MAX / 2) return unreadable("longer than 2 GB");
    try {
        auto nodes = std::make_unique<Nodes>();
        Builder builder(nodes->all, nodes->texts, limits);
        if (!nlohmann::json::sax_parse(text, &builder)) return unreadable(builder.problem());
        return Tree(std::move(nodes));
    } catch (const std::bad_alloc&) {
        return fail(outOfMemory());
    }
}

Error outOfMemory() {
    return {Code::Unavailable, "out-of-memory",
            "This computer has no memory left for that. Close other programs and try again.", "reading JSON"};
}

Value Tree::root() const {
    return Value(this, 0, static_cast<std::uint32_t>(m_nodes->all.size()));
}

Kind Value::kind() const {
    return m_tree->m_nodes->all[m_at].kind;
}

bool Value::boolean() const {
    return m_tree->m_nodes->all[m_at].boolean;
}

std::int64_t Value::integer() const {
    return m_tree->m_nodes->all[m_at].integer;
}

std::uint64_t Value::unsignedInteger() const {
    return m_tree->m_nodes->all[m_at].unsignedInteger;
}

double Value::real() const {
    const Node& node = m_tree->m_nodes->all[m_at];
    if (node.kind == Kind::Integer) return static_cast<double>(node.integer);
    if (node.kind == Kind::Unsigned) return static_cast<double>(node.unsignedInteger);
    return node.real;
}

std::string_view Value::text() const {
    const Node& node = m_tree->m_nodes->all[m_at];
    return std::string_view(m_tree->m_nodes->texts).substr(node.textAt, node.size);
}

std::string_view Value::key() const {
    const Node& node = m_tree->m_nodes->all[m_at];
    return std::string_view(m_tree->m_nodes->texts).substr(node.keyAt, node.keySize);
}

std::size_t Value::size() const {
    return m_tree->m_nodes->all[m_at].size;
}

Value Value::first() const {
    const std::uint32_t end = m_tree->m_nodes->all[m_at].end;
    return m_at + 1 < end ? Value(m_tree, m_at + 1, end) : Value();
}

Value Value::next() const {
    const std::uint32_t behind = m_tree->m_nodes->all[m_at].end;
    return behind < m_end ? Value(m_tree, behind, m_end) : Value();
}

Value Value::find(std::string_view wanted) const {
    for (Value member = first(); member.isThere(); member = member.next())
        if (member.key() == wanted) return member;
    return {};
}

std::string quotedWithCare(std::string_view text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string shortestText(double value) {
    return nlohmann::json(value).dump();
}

}  // namespace contone::json
