// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// apiText: docs/api.md as the list of operations says it.
#pragma once

#include <string>

namespace contone::shop {

std::string apiText();

}  // namespace contone::shop
