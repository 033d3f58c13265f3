// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What the writer leaves to the JSON library: escapes, bad UTF-8 and the digits of real numbers.
#pragma once

#include <string>
#include <string_view>

namespace contone::json {

std::string quotedWithCare(std::string_view text);
std::string shortestText(double value);

}  // namespace contone::json
