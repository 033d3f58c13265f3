// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Strict about types: nothing is converted, rounded or guessed.
#include "core/json/problem.h"

namespace contone::json {

bool Problem::is(std::string why) {
    m_why = std::move(why);
    return false;
}

bool Problem::is(const Error& error) {
    return is(error.detail.empty() ? error.reason : error.reason + " " + error.detail);
}

bool Problem::under(std::string_view key) {
    const bool dot = !m_path.empty() && m_path.front() != '[';
    m_path = std::string(key) + (dot ? "." : "") + m_path;
    return false;
}

bool Problem::at(std::size_t index) {
    const bool dot = !m_path.empty() && m_path.front() != '[';
    m_path = "[" + std::to_string(index) + "]" + (dot ? "." : "") + m_path;
    return false;
}

bool readBoolean(Value from, bool& to, Problem& problem) {
    if (from.kind() != Kind::Boolean) return problem.is("not true or false");
    to = from.boolean();
    return true;
}

bool readInteger(Value from, std::int64_t least, std::int64_t most, std::int64_t& to, Problem& problem) {
    if (from.kind() != Kind::Integer || from.integer() < least || from.integer() > most)
        return problem.is("not a whole number in range");
    to = from.integer();
    return true;
}

bool readUnsigned(Value from, std::uint64_t& to, Problem& problem) {
    if (from.kind() == Kind::Unsigned)
        to = from.unsignedInteger();
    else if (from.kind() == Kind::Integer && from.integer() >= 0)
        to = static_cast<std::uint64_t>(from.integer());
    else
        return problem.is("not a whole number in range");
    return true;
}

bool readReal(Value from, double& to, Problem& problem) {
    if (from.kind() != Kind::Real && from.kind() != Kind::Integer && from.kind() != Kind::Unsigned)
        return problem.is("not a number");
    to = from.real();
    return true;
}

bool readText(Value from, std::string_view& to, Problem& problem) {
    if (from.kind() != Kind::Text) return problem.is("not text");
    to = from.text();
    return true;
}

bool isList(Value from, Problem& problem) {
    return from.kind() == Kind::List || problem.is("not a list");
}

bool isObject(Value from, Problem& problem) {
    return from.kind() == Kind::Object || problem.is("not an object");
}

}  // namespace contone::json
