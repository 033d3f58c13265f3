// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What people read of orders and payments: how they stand, and what happened to them.
#pragma once

#include <string>

#include "core/order/event.h"
#include "core/order/payment.h"
#include "core/words/locale.h"

namespace contone::words {

/// "Ready to be collected".
std::string standing(const Locale& locale, order::Standing standing);
/// "In cash".
std::string method(const Locale& locale, order::PayMethod method);
/// What an event says happened, in one sentence; of one that this version does not know, its type.
std::string happened(const Locale& locale, const order::Event& event);

}  // namespace contone::words
