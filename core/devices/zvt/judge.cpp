// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What an answer proves about money.
#include "core/devices/zvt/currency.h"
#include "core/devices/zvt/dialogue_p.h"

namespace contone::devices::zvt {
namespace {

/// Codes of 06 1E and of field 27; below 64 they are the bank's.
const char* reasonOf(std::uint8_t code) {
    switch (code) {
        case 0x6C:
            return "cancelled";
        case 0x6F:
        case 0xC6:
        case 0xCB:
            return "terminal-currency";
        case 0x7D:
        case 0x9B:
        case 0xA1:
        case 0xA3:
            return "host-unreachable";
        case 0xB4:
            return "already-reversed";
        case 0xB5:
            return "not-reversible";
        case 0x6A:
        case 0x6B:
        case 0x77:
        case 0x83:
        case 0x85:
        case 0x89:
        case 0x9A:
        case 0xA0:
        case 0xA5:
        case 0xB1:
        case 0xB2:
        case 0xC2:
            return "terminal-refused";
        default:
            return "declined";
    }
}

ChargeResult aborted(const Answer& answer) {
    const TerminalSale sale = answer.status ? saleOf(*answer.status) : TerminalSale{};
    if (!answer.unreadable.empty()) return {Charged::Unknown, "answer-unreadable", sale};
    const bool saidGood = answer.status && (answer.statusesDiffer || answer.status->result.value_or(0) == 0);
    if (saidGood || answer.code == 0) return {Charged::Unknown, "answers-differ", sale};
    return {Charged::No, reasonOf(answer.code), sale};
}

ChargeResult completed(const Answer& answer, const Money& asked, const std::string& terminal) {
    if (!answer.unreadable.empty())
        return {Charged::Unknown, "answer-unreadable", answer.status ? saleOf(*answer.status) : TerminalSale{}};
    if (!answer.status) return {Charged::Unknown, "answer-incomplete", {}};
    const Fields& said = *answer.status;
    const auto unknown = [&](const char* reason) { return ChargeResult{Charged::Unknown, reason, saleOf(said)}; };
    if (answer.statusesDiffer) return unknown("answers-differ");
    if (!said.result || !said.amount || !said.currency || said.terminal.empty()) return unknown("answer-incomplete");
    if (*said.result != 0 || answer.completion.result.value_or(0) != 0) return unknown("answers-differ");
    if (*said.amount != asked.minor) return unknown("amount-differs");
    if (said.currency != numberOfCurrency(asked.currency)) return unknown("currency-differs");
    if (said.terminal != terminal) return unknown("terminal-differs");
    return {Charged::Yes, {}, saleOf(said)};
}

}  // namespace

TerminalSale saleOf(const Fields& fields) {
    TerminalSale sale{.terminal = fields.terminal,
                      .receipt = fields.receipt.value_or(0),
                      .trace = fields.trace.value_or(0),
                      .amount = {},
                      .authorisation = fields.authorisation,
                      .card = fields.card,
                      .aid = fields.aid,
                      .time = fields.date + (fields.date.empty() || fields.time.empty() ? "" : " ") + fields.time};
    const std::string currency = currencyOfNumber(fields.currency.value_or(0));
    if (fields.amount && !currency.empty()) sale.amount = Money{*fields.amount, currency};
    return sale;
}

ChargeResult judge(const Answer& answer, const Money& asked, const std::string& terminal) {
    const auto unknown = [&](const char* reason) {
        return ChargeResult{Charged::Unknown, reason, answer.status ? saleOf(*answer.status) : TerminalSale{}};
    };
    switch (answer.ending) {
        case Ending::NotSent:
            return {Charged::No, "terminal-lost", {}};
        case Ending::Refused:
            return {Charged::No, "terminal-refused", {}};
        case Ending::Busy:
            return {Charged::No, "terminal-busy", {}};
        case Ending::Completed:
            return completed(answer, asked, terminal);
        case Ending::Aborted:
            return aborted(answer);
        case Ending::Lost:
        case Ending::Cancelled:
            return unknown("terminal-lost");
        case Ending::Silent:
            return unknown("terminal-silent");
        case Ending::Slow:
            return unknown("terminal-slow");
        case Ending::Unreadable:
            break;
    }
    return unknown("answer-unreadable");
}

}  // namespace contone::devices::zvt
