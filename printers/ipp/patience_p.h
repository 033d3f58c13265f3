// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Patience: how long a connection may stand still, in looks so short that it can be cut at any time.
#pragma once

#include <cups/cups.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>

#include <chrono>

#include "printers/ipp/interrupt.h"

namespace contone::printers {

/// libcups asks it each time that nothing came, or could be sent, for as long as a look takes. Outlives the connection.
class Patience {
  public:
    static constexpr double look = 0.25;  ///< seconds
    Patience(Interrupt interrupt, std::chrono::milliseconds limit)
        : m_interrupt(std::move(interrupt)), m_limit(limit) {}
    void setLimit(std::chrono::milliseconds limit) { m_limit = limit; }
    /// Something moved.
    void renew() { m_since = std::chrono::steady_clock::now(); }
    /// For httpSetTimeout: 1 to wait on, 0 to give up.
    static int waitOn(http_t* http, void* patience) { return static_cast<Patience*>(patience)->mayWait(http) ? 1 : 0; }

  private:
    /// What the other side has taken since the last look is movement too: it empties our end of the connection.
    bool mayWait(http_t* http) {
        if (m_interrupt.isCut()) return false;
        int unsent = 0;
        if (::ioctl(httpGetFd(http), SIOCOUTQ, &unsent) == 0 && unsent != m_unsent) {
            m_unsent = unsent;
            renew();
        }
        return std::chrono::steady_clock::now() - m_since < m_limit;
    }

    Interrupt m_interrupt;
    std::chrono::milliseconds m_limit;
    std::chrono::steady_clock::time_point m_since = std::chrono::steady_clock::now();
    int m_unsent = 0;
};

}  // namespace contone::printers
