// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The numbered schema steps, compiled in from core/store/migrations/.
#pragma once

#include "core/db/migrations.h"

namespace contone::store {

std::span<const db::Migration> migrations();

}  // namespace contone::store
