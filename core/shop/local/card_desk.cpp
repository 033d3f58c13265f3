// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Who has the terminal.
#include "core/shop/local/card_desk.h"

#include <chrono>
#include <utility>

namespace contone::shop {

Result<CardDesk::Turn> CardDesk::take(const std::optional<TerminalSettings>& settings, const std::string& currency,
                                      std::optional<OrderId> order, CancelToken cancel) {
    if (!settings)
        return fail(Code::Conflict, "terminal-missing",
                    "This shop drives no card terminal. Set it up in shop.toml, or take the card at a terminal of its "
                    "own.");
    std::unique_lock lock(m_guard);
    // The agent asks it about a lost answer for a moment; whoever wants to pay waits for that, not for people.
    m_changed.wait_for(lock, std::chrono::seconds(6), [&] { return !m_isTaken || m_order; });
    if (m_isTaken)
        return fail(Code::Conflict, "terminal-in-use", "Somebody else is paying at the card terminal. Wait a moment.");
    if (!m_terminal || m_settings != *settings || m_currency != currency) {
        m_terminal = std::make_unique<devices::ZvtTerminal>(
            devices::ZvtSettings{.host = settings->host,
                                 .port = static_cast<std::uint16_t>(settings->port),
                                 .password = settings->password,
                                 .currency = currency,
                                 .terminal = settings->id,
                                 .timeouts = m_timeouts},
            m_log);
        m_settings = *settings;
        m_currency = currency;
    }
    m_isTaken = true;
    m_order = order;
    m_prompt.reset();
    m_cancel = cancel;
    return Turn(*this, std::move(cancel));
}

void CardDesk::stop() {
    const std::lock_guard lock(m_guard);
    if (m_isTaken && m_order) m_cancel.cancel();
}

bool CardDesk::isBusyWith(OrderId order) const {
    const std::lock_guard lock(m_guard);
    return m_isTaken && m_order == order;
}

TerminalState CardDesk::state(bool isSet) const {
    const std::lock_guard lock(m_guard);
    return {isSet, m_isTaken ? m_order : std::nullopt, m_isTaken ? m_prompt : std::nullopt};
}

void CardDesk::end() {
    const std::lock_guard lock(m_guard);
    m_isTaken = false;
    m_order.reset();
    m_cancel = CancelToken();
    m_changed.notify_all();
}

void CardDesk::note(devices::TerminalPrompt prompt) {
    const std::lock_guard lock(m_guard);
    m_prompt = prompt;
}

}  // namespace contone::shop
