// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A sheet within other values on the wire. Lists of sheets, which are long, have a way of their own: wire_sheets.cpp.
#pragma once

#include "core/shop/wire_fields_p.h"

namespace contone::shop::wire {

json write(const print::ReprintCase& reprint);
void read(const json& j, print::ReprintCase& reprint);
json write(const print::Sheet& sheet);
void read(const json& j, print::Sheet& sheet);

}  // namespace contone::shop::wire
