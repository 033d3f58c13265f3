// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Distances between numbers that begin anew.
#include "core/devices/settle.h"

namespace contone::devices {
namespace {

/// Numbers run from 1, or 0, to modulus - 1: the step over the end may count twice.
struct Series {
    int modulus, most;
};
constexpr Series receipts{10000, 3}, traces{1000000, 10};

enum class Order { NotTold, Newer, NotNewer };

Order orderOf(int before, int now, Series series) {
    if (before <= 0 || now <= 0) return Order::NotTold;
    const int steps = ((now - before) % series.modulus + series.modulus) % series.modulus;
    return steps >= 1 && steps <= series.most ? Order::Newer : Order::NotNewer;
}

bool isNext(int before, int now) {
    if (before <= 0 || now <= 0) return false;
    return now == before + 1 || (before == traces.modulus - 1 && now == 1);
}

bool isNewer(const LastSale& before, const TerminalSale& now) {
    if (!before.hasSale) return now.receipt > 0 || now.trace > 0;
    const Order receipt = orderOf(before.sale.receipt, now.receipt, receipts);
    const Order trace = orderOf(before.sale.trace, now.trace, traces);
    if (receipt == Order::NotNewer || trace == Order::NotNewer) return false;
    return receipt == Order::Newer || trace == Order::Newer;
}

}  // namespace

Settled settle(const Money& asked, const std::string& terminal, const LastSale& before, const LastSale& now) {
    if (!before.isKnown || !now.isKnown || !now.hasSale || now.isReversal) return Settled::NobodyKnows;
    if (before.hasSale && before.sale.terminal != terminal) return Settled::NobodyKnows;
    if (terminal.empty() || now.sale.terminal != terminal || now.sale.amount != asked) return Settled::NobodyKnows;
    if (now.isDeclined)
        return before.hasSale && isNext(before.sale.trace, now.sale.trace) ? Settled::NotPaid : Settled::NobodyKnows;
    return isNewer(before, now.sale) ? Settled::Paid : Settled::NobodyKnows;
}

}  // namespace contone::devices
