// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The commands and what their answers mean.
#include "core/devices/zvt/zvt_terminal.h"

#include <algorithm>
#include <mutex>
#include <string>
#include <utility>

#include "core/devices/zvt/connection_p.h"
#include "core/devices/zvt/currency.h"
#include "core/devices/zvt/dialogue_p.h"

namespace contone::devices {
namespace {

using namespace zvt;

// Of the registration: it tells its progress (3), and payments (4) and the end of the day (5) begin here alone.
constexpr std::uint8_t configuration = 0x08 | 0x10 | 0x20;
constexpr std::int64_t mostMinor = 999'999'999'999;  // twelve digits
constexpr std::size_t amountBytes = 6, passwordBytes = 3;

bool isPassword(const std::string& text) {
    return text.size() == 2 * passwordBytes &&
           std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; });
}

void add(Bytes& to, const Bytes& more) {
    to.insert(to.end(), more.begin(), more.end());
}

Bytes passwordOf(const ZvtSettings& settings) {
    return bcd(std::stoul(settings.password), passwordBytes);
}

/// 04 and the amount, 49 and the currency.
Bytes amountFields(const Money& amount) {
    Bytes data{0x04};
    add(data, bcd(static_cast<std::uint64_t>(amount.minor), amountBytes));
    data.push_back(0x49);
    add(data, bcd(static_cast<std::uint64_t>(numberOfCurrency(amount.currency).value_or(0)), 2));
    return data;
}

Error unreadable(std::string detail) {
    return {Code::Corrupt, "answer-unreadable", "The card terminal's answer was not understood.", std::move(detail)};
}

/// Of any ending but Completed.
Error errorOf(const Answer& answer) {
    switch (answer.ending) {
        case Ending::NotSent:
        case Ending::Lost:
            return {Code::Unavailable, "terminal-lost", "The connection to the card terminal broke. Try again.", {}};
        case Ending::Silent:
        case Ending::Slow:
            return {Code::Unavailable,
                    "terminal-silent",
                    "The card terminal does not answer any more. See what it shows.",
                    {}};
        case Ending::Busy:
            return {Code::Unavailable, "terminal-busy", "The card terminal is busy. Try again in a moment.", {}};
        case Ending::Refused:
        case Ending::Aborted:
            return {Code::Conflict, "terminal-refused", "The card terminal refuses this. See what it shows.",
                    "code " + std::to_string(answer.code)};
        case Ending::Cancelled:
            return {Code::Cancelled, "cancelled", "This was stopped.", {}};
        case Ending::Completed:
        case Ending::Unreadable:
            break;
    }
    return unreadable(answer.unreadable);
}

Error otherCurrency(const std::string& currency) {
    return {Code::Unsupported, "terminal-currency", "The card terminal does not take this currency.", currency};
}

const char* wordOf(Charged charged) {
    switch (charged) {
        case Charged::Yes:
            return "yes";
        case Charged::No:
            return "no";
        case Charged::Unknown:
            break;
    }
    return "unknown";
}

}  // namespace

/// The connection and what is known of who answers there.
class ZvtTerminal::Line {
  public:
    Line(ZvtSettings settings, Log log) : m_settings(std::move(settings)), m_log(std::move(log)) {}

    std::mutex& mutex() { return m_mutex; }
    const ZvtSettings& settings() const { return m_settings; }
    const TerminalStatus& status() const { return m_status; }  ///< of the newest connection

    Result<void> getReady(const CancelToken& cancel);
    /// A command that holds nothing but the password.
    Answer ask(Verb verb, const CancelToken& cancel, OnCancel onCancel) {
        return ask(encode(verb, passwordOf(m_settings)), {}, cancel, onCancel);
    }
    ChargeResult charge(std::string_view what, const Bytes& command, const Money& amount, const Tell& tell,
                        const CancelToken& cancel);

  private:
    Answer ask(const Bytes& command, const Tell& tell, const CancelToken& cancel, OnCancel onCancel);
    Result<void> registerHere(int currency, const CancelToken& cancel);

    const ZvtSettings m_settings;
    const Log m_log;
    std::mutex m_mutex;  // guards all below
    Connection m_connection;
    Moment m_heard;  // when the terminal last said something
    TerminalStatus m_status;
};

Answer ZvtTerminal::Line::ask(const Bytes& command, const Tell& tell, const CancelToken& cancel, OnCancel onCancel) {
    Answer answer = zvt::ask(m_connection, command, m_settings.timeouts, tell, cancel, onCancel);
    m_heard = std::chrono::steady_clock::now();  // where it heard nothing, the connection is closed
    return answer;
}

/// Connected and registered, or why not. Nothing was asked for yet, so any failure means that no money moves.
Result<void> ZvtTerminal::Line::getReady(const CancelToken& cancel) {
    if (m_settings.host.empty() || m_settings.port == 0 || !isPassword(m_settings.password))
        return fail(Code::Invalid, "bad-terminal",
                    "A card terminal needs an address, a port and a password of six digits.");
    const auto currency = numberOfCurrency(m_settings.currency);
    if (!currency) return fail(otherCurrency(m_settings.currency));
    CONTONE_CHECK(cancel.check());
    if (m_connection.isQuiet() && std::chrono::steady_clock::now() - m_heard < m_settings.timeouts.idle) return {};
    m_connection.close();
    CONTONE_TRY(m_connection, Connection::open(m_settings, cancel));
    auto registered = registerHere(*currency, cancel);
    if (!registered) m_connection.close();
    return registered;
}

Result<void> ZvtTerminal::Line::registerHere(int currency, const CancelToken& cancel) {
    Bytes data = passwordOf(m_settings);
    data.push_back(configuration);
    add(data, bcd(static_cast<std::uint64_t>(currency), 2));
    const Answer answer = ask(encode(verbs::registration, data), {}, cancel, OnCancel::Leave);
    if (answer.ending != Ending::Completed) return fail(errorOf(answer));
    if (!answer.unreadable.empty()) return fail(unreadable(answer.unreadable));
    const Fields& said = answer.completion;
    if (said.currency && said.currency != currency) return fail(otherCurrency(std::to_string(*said.currency)));
    if (said.terminal.empty())
        return fail(Code::Corrupt, "terminal-unnamed", "The card terminal does not say which one it is.");
    if (!m_settings.terminal.empty() && said.terminal != m_settings.terminal)
        return fail(Code::Conflict, "terminal-foreign", "This is another card terminal than the one of the settings.",
                    "it is " + said.terminal);
    m_status = {said.terminal, m_settings.currency};
    m_log.info("terminal-registered", {{"terminal", m_status.terminal}, {"currency", m_status.currency}});
    return {};
}

ChargeResult ZvtTerminal::Line::charge(std::string_view what, const Bytes& command, const Money& amount,
                                       const Tell& tell, const CancelToken& cancel) {
    if (amount.minor < 1 || amount.minor > mostMinor) return {Charged::No, "bad-amount", {}};
    if (amount.currency != m_settings.currency) return {Charged::No, "terminal-currency", {}};
    const std::lock_guard lock(m_mutex);
    if (const auto ready = getReady(cancel); !ready) {
        m_log.error("terminal-not-ready", ready.error());
        return {Charged::No, ready.error().reason, {}};
    }
    m_log.info("terminal-asked", {{"what", what}, {"amount", toString(amount)}, {"terminal", m_status.terminal}});
    const Answer answer = ask(command, tell, cancel, OnCancel::AskToStop);
    const ChargeResult result = judge(answer, amount, m_status.terminal);
    m_log.info("terminal-answered", {{"what", what},
                                     {"charged", wordOf(result.charged)},
                                     {"reason", result.reason},
                                     {"detail", answer.unreadable},
                                     {"receipt", std::int64_t{result.sale.receipt}},
                                     {"trace", std::int64_t{result.sale.trace}}});
    return result;
}

ZvtTerminal::ZvtTerminal(ZvtSettings settings, Log log)
    : m_line(std::make_unique<Line>(std::move(settings), std::move(log))) {}
ZvtTerminal::~ZvtTerminal() = default;

Result<TerminalStatus> ZvtTerminal::connect(const CancelToken& cancel) {
    const std::lock_guard lock(m_line->mutex());
    CONTONE_CHECK(m_line->getReady(cancel));
    return m_line->status();
}

Result<LastSale> ZvtTerminal::lastSale(const CancelToken& cancel) {
    const std::lock_guard lock(m_line->mutex());
    CONTONE_CHECK(m_line->getReady(cancel));
    const Answer answer = m_line->ask(verbs::repeatReceipt, cancel, OnCancel::Leave);
    if (answer.ending == Ending::Refused || answer.ending == Ending::Aborted) return LastSale{};
    if (answer.ending != Ending::Completed) return fail(errorOf(answer));
    if (!answer.unreadable.empty()) return fail(unreadable(answer.unreadable));
    if (answer.statusesDiffer) return fail(unreadable("two sales were told"));
    if (!answer.status) return LastSale{.isKnown = true};
    const Fields& said = *answer.status;
    if (!said.result) return LastSale{};
    return LastSale{.isKnown = true,
                    .hasSale = true,
                    .isDeclined = *said.result != 0,
                    .isReversal = said.originalTrace.has_value(),
                    .sale = saleOf(said)};
}

ChargeResult ZvtTerminal::pay(const Money& amount, const Tell& tell, const CancelToken& cancel) {
    return m_line->charge("pay", encode(verbs::pay, amountFields(amount)), amount, tell, cancel);
}

ChargeResult ZvtTerminal::refund(const Money& amount, const Tell& tell, const CancelToken& cancel) {
    if (!isPassword(m_line->settings().password)) return {Charged::No, "bad-terminal", {}};
    Bytes data = passwordOf(m_line->settings());
    add(data, amountFields(amount));
    return m_line->charge("refund", encode(verbs::refund, data), amount, tell, cancel);
}

ChargeResult ZvtTerminal::reverse(int receipt, const Money& amount, const Tell& tell, const CancelToken& cancel) {
    if (!isPassword(m_line->settings().password)) return {Charged::No, "bad-terminal", {}};
    if (receipt < 1 || receipt > 9999) return {Charged::No, "bad-receipt", {}};
    Bytes data = passwordOf(m_line->settings());
    data.push_back(0x87);
    add(data, bcd(static_cast<std::uint64_t>(receipt), 2));
    return m_line->charge("reverse", encode(verbs::reverse, data), amount, tell, cancel);
}

Result<DayTotals> ZvtTerminal::endOfDay(const CancelToken& cancel) {
    const std::lock_guard lock(m_line->mutex());
    CONTONE_CHECK(m_line->getReady(cancel));
    const Answer answer = m_line->ask(verbs::endOfDay, cancel, OnCancel::Wait);
    if (answer.ending != Ending::Completed) return fail(errorOf(answer));
    if (!answer.unreadable.empty()) return fail(unreadable(answer.unreadable));
    if (answer.status && answer.status->result.value_or(0) != 0)
        return fail(errorOf({.ending = Ending::Refused, .code = *answer.status->result}));
    const std::string currency = answer.status && answer.status->currency ? currencyOfNumber(*answer.status->currency)
                                                                          : m_line->status().currency;
    if (!answer.status || !answer.status->amount || currency.empty() || answer.statusesDiffer)
        return fail(Code::Corrupt, "totals-missing",
                    "The card terminal closed its day without saying what it came to. Its receipt does.");
    const Fields& said = *answer.status;
    DayTotals totals{.terminal = said.terminal.empty() ? m_line->status().terminal : said.terminal,
                     .amount = {*said.amount, currency}};
    if (said.day) {
        totals.receiptFrom = said.day->receiptFrom;
        totals.receiptTo = said.day->receiptTo;
        for (std::size_t i = 0; i < dayKinds.size(); ++i) {
            const DaySums::Sum& sum = said.day->kinds[i];
            if (sum == DaySums::Sum{}) continue;
            totals.count += sum.count;
            totals.cards.push_back({std::string(dayKinds[i]), sum.count, {sum.amount, currency}});
        }
    }
    return totals;
}

}  // namespace contone::devices
