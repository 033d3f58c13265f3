// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ZvtTerminal: a card terminal that speaks ZVT (PA00P015) over TCP, as most in Germany, Austria and Switzerland do.
#pragma once

#include <memory>

#include "core/base/log.h"
#include "core/devices/card_terminal.h"
#include "core/devices/zvt/zvt_settings.h"

namespace contone::devices {

/// The terminal takes payments from here alone (it offers none itself) and prints receipts on its own paper: lines that
/// it would have us print are acknowledged and forgotten. The connection is kept; one that the terminal ended is made
/// anew before the next command. After an answer that was lost it is closed, so that a late one is never read as the
/// answer to something else. The log gets amounts, numbers of receipts and reasons.
class ZvtTerminal final : public CardTerminal {
  public:
    /// Does nothing yet. Settings that cannot be are refused by every function.
    explicit ZvtTerminal(ZvtSettings settings, Log log = {});
    ~ZvtTerminal() override;

    Result<TerminalStatus> connect(const CancelToken& cancel) override;
    Result<LastSale> lastSale(const CancelToken& cancel) override;
    ChargeResult pay(const Money& amount, const Tell& tell, const CancelToken& cancel) override;
    ChargeResult refund(const Money& amount, const Tell& tell, const CancelToken& cancel) override;
    ChargeResult reverse(int receipt, const Money& amount, const Tell& tell, const CancelToken& cancel) override;
    Result<DayTotals> endOfDay(const CancelToken& cancel) override;

  private:
    class Line;
    std::unique_ptr<Line> m_line;
};

}  // namespace contone::devices
