// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Problem: what was wrong with a text, and where in it: "lines[3].choices.crop.left: not a number".
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/json/tree.h"

namespace contone::json {

/// Filled from the inside out: each reader that sees false returned puts its own key or index before the path. Every
/// call answers false, so that it can be returned.
class Problem {
  public:
    bool is(std::string why);
    bool is(const Error& error);  ///< reason and detail of what parsed a text
    bool under(std::string_view key);
    bool at(std::size_t index);
    std::string text() const { return m_path.empty() ? m_why : m_path + ": " + m_why; }

  private:
    std::string m_path, m_why;
};

// The readers of the plain types. False, with the problem told, for another type or range.
bool readBoolean(Value from, bool& to, Problem& problem);
bool readInteger(Value from, std::int64_t least, std::int64_t most, std::int64_t& to, Problem& problem);
bool readUnsigned(Value from, std::uint64_t& to, Problem& problem);
bool readReal(Value from, double& to, Problem& problem);  ///< a whole number too
bool readText(Value from, std::string_view& to, Problem& problem);
bool isList(Value from, Problem& problem);
bool isObject(Value from, Problem& problem);

}  // namespace contone::json
