// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The one place that includes RapidJSON, for reading: its tokens go into one array of nodes.
#include "core/json/tree.h"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <cstdlib>
#include <new>
#include <optional>
#include <vector>

namespace contone::json {
namespace {

/// Takes RapidJSON's tokens. Returning false stops it at once. The names are RapidJSON's.
class Builder {
  public:
    Builder(std::vector<Node>& nodes, std::string& texts, const Limits& limits)
        : m_nodes(nodes), m_texts(texts), m_limits(limits) {}

    const std::string& problem() const { return m_problem; }

    // NOLINTBEGIN(readability-identifier-naming)
    bool Null() { return add(Kind::Null) != nullptr; }
    bool Bool(bool value) {
        Node* node = add(Kind::Boolean);
        if (node) node->boolean = value;
        return node;
    }
    bool Int(int value) { return Int64(value); }
    bool Uint(unsigned value) { return Int64(value); }
    bool Int64(std::int64_t value) {
        Node* node = add(Kind::Integer);
        if (node) node->integer = value;
        return node;
    }
    bool Uint64(std::uint64_t value) {
        if (std::in_range<std::int64_t>(value)) return Int64(static_cast<std::int64_t>(value));
        Node* node = add(Kind::Unsigned);
        if (node) node->unsignedInteger = value;
        return node;
    }
    bool Double(double value) {
        Node* node = add(Kind::Real);
        if (node) node->real = value;
        return node;
    }
    bool RawNumber(const char*, std::uint32_t, bool) { return false; }  // only when numbers are asked for as texts
    bool String(const char* text, std::uint32_t size, bool) {
        Node* node = add(Kind::Text);
        if (!node) return false;
        node->textAt = m_texts.size();
        node->size = size;
        m_texts.append(text, size);
        return true;
    }
    bool Key(const char* text, std::uint32_t size, bool) {
        m_key = {static_cast<std::uint32_t>(m_texts.size()), size};
        m_texts.append(text, size);
        return count();
    }
    bool StartObject() { return open(Kind::Object); }
    bool StartArray() { return open(Kind::List); }
    bool EndObject(std::uint32_t) { return close(); }
    bool EndArray(std::uint32_t) { return close(); }
    // NOLINTEND(readability-identifier-naming)

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

/// Memory for the library, which does not look whether it got any. The names are RapidJSON's.
struct Allocator {
    // NOLINTBEGIN(readability-identifier-naming)
    static constexpr bool kNeedFree = true;
    void* Malloc(std::size_t size) { return Realloc(nullptr, 0, size); }
    void* Realloc(void* before, std::size_t, std::size_t size) {
        if (size == 0) {
            Free(before);
            return nullptr;
        }
        void* after = std::realloc(before, size);
        if (after == nullptr) throw std::bad_alloc();
        return after;
    }
    static void Free(void* block) { std::free(block); }
    // NOLINTEND(readability-identifier-naming)
};
using Reader = rapidjson::GenericReader<rapidjson::UTF8<>, rapidjson::UTF8<>, Allocator>;

/// Checking UTF-8 costs as much as all the rest, and most texts have nothing to check.
bool isAscii(std::string_view text) {
    unsigned char all = 0;
    for (const char c : text) all = static_cast<unsigned char>(all | static_cast<unsigned char>(c));
    return all < 0x80;
}

std::unexpected<Error> unreadable(std::string detail) {
    return fail(Code::Invalid, "json-unreadable", "This is not written correctly.", std::move(detail));
}

}  // namespace

Result<Tree> Tree::parse(std::string_view text, const Limits& limits) {
    if (text.size() > UINT32_MAX / 2) return unreadable("longer than 2 GB");
    try {
        auto nodes = std::make_unique<Nodes>();
        nodes->all.reserve(std::min(text.size() / 16, limits.values));
        nodes->texts.reserve(text.size());
        Builder builder(nodes->all, nodes->texts, limits);
        rapidjson::MemoryStream stream(text.data(), text.size());
        constexpr unsigned ascii = rapidjson::kParseFullPrecisionFlag;  // it recurses, as deep as the builder lets it
        constexpr unsigned utf8 = ascii | rapidjson::kParseValidateEncodingFlag;
        const rapidjson::ParseResult parsed =
            isAscii(text) ? Reader().Parse<ascii>(stream, builder) : Reader().Parse<utf8>(stream, builder);
        if (!builder.problem().empty()) return unreadable(builder.problem());
        if (!parsed)
            return unreadable("at byte " + std::to_string(parsed.Offset()) + ": " +
                              rapidjson::GetParseError_En(parsed.Code()));
        // A zero byte looks like the end to it.
        if (stream.Tell() != text.size())
            return unreadable("at byte " + std::to_string(stream.Tell()) + ": a zero byte");
        return Tree(std::move(nodes));
    } catch (const std::bad_alloc&) {
        return fail(outOfMemory());
    }
}

Error outOfMemory() {
    return {Code::Unavailable, "out-of-memory",
            "This computer has no memory left for that. Close other programs and try again.", "reading JSON"};
}

double Value::real() const {
    if (kind() == Kind::Integer) return static_cast<double>(integer());
    if (kind() == Kind::Unsigned) return static_cast<double>(unsignedInteger());
    return node().real;
}

Value Value::find(std::string_view wanted) const {
    for (Value member = first(); member.isThere(); member = member.next())
        if (member.key() == wanted) return member;
    return {};
}

}  // namespace contone::json
