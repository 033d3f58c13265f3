// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Numbers of reports that have decimals, exactly: no floating point.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/money.h"

namespace contone::report {

/// Without its currency: "3.50", "-0.05".
std::string plain(const Money& money);
/// Of hundredths "1.25", of ten-thousandths "0.2425": as many decimals as there are.
std::string plain(std::int64_t value, int decimals);

}  // namespace contone::report
