// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Fields in a template's texts: "{title}". "{{" is a brace.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace contone::layout {

/// The ids, each as often as it stands there. A brace without its other is text.
std::vector<std::string> fieldsIn(std::string_view text);
/// With what `values` has in place of the fields; a field that it does not have stays as it stands.
std::string filled(std::string_view text, const std::map<std::string, std::string>& values);

}  // namespace contone::layout
