// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PrivateDnsSd: runs a D-Bus and an Avahi of our own on loopback: printers that announce themselves there are found.
#pragma once

#include <map>
#include <string>

#include "printers/virtual/child_process.h"

namespace contone::printers {

class PrivateDnsSd {
  public:
    /// Answers when it returns. `folder` is made; its path must leave room for a socket (100 bytes). `programs`: their
    /// sibling lib/ has the preload library. Needs neither a system bus nor a network, nor root. Fails: NotFound
    /// "program-missing", Unavailable "private-dnssd" with the last words of who did not start.
    static Result<PrivateDnsSd> start(const Path& folder, const Path& programs);

    /// For who shall announce or listen here: what to have in its environment.
    std::map<std::string, std::string> environment() const { return {{"DBUS_SYSTEM_BUS_ADDRESS", m_address}}; }
    const std::string& address() const { return m_address; }
    /// The Avahi goes; the bus stays, so that clients see that there is none.
    void stopAvahi() { m_avahi.stop(); }

  private:
    PrivateDnsSd() = default;
    std::string m_address;
    ChildProcess m_bus, m_avahi;  // in this order: Avahi ends first
};

}  // namespace contone::printers
