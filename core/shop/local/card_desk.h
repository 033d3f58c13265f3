// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CardDesk: the shop's card terminal, for one order at a time.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>

#include "core/devices/zvt/zvt_terminal.h"
#include "core/shop/local/shop_settings.h"
#include "core/shop/operations/terminal.h"

namespace contone::shop {

/// Thread-safe. Nobody waits for other people's turns: a person sees that somebody else is paying.
class CardDesk {
  public:
    CardDesk(devices::ZvtTimeouts timeouts, Log log) : m_timeouts(timeouts), m_log(std::move(log)) {}

    /// The terminal is its holder's until it goes.
    class Turn {
      public:
        Turn(CardDesk& desk, CancelToken cancel) : m_desk(&desk), m_cancel(std::move(cancel)) {}
        Turn(Turn&& other) noexcept : m_desk(std::exchange(other.m_desk, nullptr)), m_cancel(other.m_cancel) {}
        Turn& operator=(Turn&&) = delete;
        ~Turn() {
            if (m_desk != nullptr) m_desk->end();
        }
        devices::CardTerminal& terminal() const { return *m_desk->m_terminal; }
        const CancelToken& cancel() const { return m_cancel; }
        devices::Tell tell() const {
            return [desk = m_desk](devices::TerminalPrompt prompt) { desk->note(prompt); };
        }

      private:
        CardDesk* m_desk;
        CancelToken m_cancel;
    };
    /// `order`: whose payment it is; none: the day's, or it is only asked about one. Fails: Conflict "terminal-missing"
    /// (the shop has none), "terminal-in-use".
    Result<Turn> take(const std::optional<TerminalSettings>& settings, const std::string& currency,
                      std::optional<OrderId> order, CancelToken cancel);
    void stop();
    bool isBusyWith(OrderId order) const;
    TerminalState state(bool isSet) const;

  private:
    void end();
    void note(devices::TerminalPrompt prompt);

    const devices::ZvtTimeouts m_timeouts;
    const Log m_log;
    mutable std::mutex m_guard;
    std::condition_variable m_changed;
    bool m_isTaken = false;
    std::optional<OrderId> m_order;
    std::optional<devices::TerminalPrompt> m_prompt;
    CancelToken m_cancel;
    TerminalSettings m_settings;
    std::string m_currency;
    std::unique_ptr<devices::CardTerminal> m_terminal;  ///< made when first used, and when the settings change
};

}  // namespace contone::shop
