// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ask: one command to a ZVT terminal, and all that it says until it is done.
#pragma once

#include <optional>
#include <string>

#include "core/devices/card_terminal.h"
#include "core/devices/zvt/connection_p.h"
#include "core/devices/zvt/fields.h"

namespace contone::devices::zvt {

enum class Ending {
    NotSent,     ///< not one byte of the command went out
    Refused,     ///< 84 xx, before anything else
    Busy,        ///< 84 9C each time
    Completed,   ///< 06 0F
    Aborted,     ///< 06 1E
    Lost,        ///< the connection was cut
    Silent,      ///< nothing came in time
    Slow,        ///< it went on saying that it works for longer than is waited
    Unreadable,  ///< what came is no message
    Cancelled    ///< nobody waits for the answer any more
};

struct Answer {
    Ending ending = Ending::NotSent;
    std::uint8_t code = 0;         ///< of Refused and Aborted
    std::optional<Fields> status;  ///< 04 0F, the first
    bool statusesDiffer = false;   ///< a later one says something else
    Fields completion;             ///< of 06 0F
    std::string unreadable;        ///< why a message with fields was not understood; no bytes of it
};

/// What cancelling does once the command is out.
enum class OnCancel {
    AskToStop,  ///< sends 06 B0 and waits on
    Leave,      ///< waits no longer
    Wait        ///< nothing
};

/// Each message of the terminal is acknowledged. Sends again what was answered with 84 9C. After any ending but
/// Refused, Busy, Completed and Aborted the connection is closed: a late answer must not meet a later question.
Answer ask(Connection& connection, const Bytes& command, const ZvtTimeouts& timeouts, const Tell& tell,
           const CancelToken& cancel, OnCancel onCancel);

/// What a customer is told for a code of 04 FF. None: nothing that concerns them.
std::optional<TerminalPrompt> promptOf(std::uint8_t progress);

/// What an answer to 06 01, 06 31 and 06 30 proves (the rules stand at ChargeResult). Pure.
ChargeResult judge(const Answer& answer, const Money& asked, const std::string& terminal);
/// The sale that these fields tell.
TerminalSale saleOf(const Fields& fields);

}  // namespace contone::devices::zvt
