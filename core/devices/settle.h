// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// settle: what a terminal's memory proves about a charge whose answer was lost.
#pragma once

#include <string>

#include "core/devices/card_terminal.h"

namespace contone::devices {

enum class Settled { Paid, NotPaid, NobodyKnows };

/// `before` is the terminal's newest operation just before `asked` was asked for, `now` the newest one since, with
/// nothing else asked in between. Numbers begin anew after 9999 (receipt) and 999999 (trace).
///   Paid         a newer operation, by each number that both tell, with the same amount, currency and `terminal`; or
///                the first one ever. Newer: a receipt at most 3, a trace at most 10 further on.
///   NotPaid      the very next operation, by its trace, of the same amount, currency and terminal, was declined.
///   NobodyKnows  all else: a person decides. An unchanged memory proves nothing: some terminals answer with the sale
///                before, and some remember late.
/// Pure; any thread.
Settled settle(const Money& asked, const std::string& terminal, const LastSale& before, const LastSale& now);

}  // namespace contone::devices
