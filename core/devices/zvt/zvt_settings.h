// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ZvtSettings: where a ZVT terminal is, and how long it is waited for.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace contone::devices {

struct ZvtTimeouts {
    std::chrono::milliseconds connect{5'000};
    std::chrono::milliseconds answer{5'000};     ///< to the answer to a command (T3)
    std::chrono::milliseconds byte{5'000};       ///< between two bytes of a message (T1)
    std::chrono::milliseconds message{180'000};  ///< to the next message of an operation (T4); each one begins it anew
    std::chrono::milliseconds longest{1'800'000};  ///< an operation in all, whatever the terminal says meanwhile
    std::chrono::milliseconds busyPause{1'000};    ///< before a command is sent again to a terminal that said "wait"
    int busyTries = 10;                            ///< how often it is sent in all
    /// A connection that was silent for longer is made anew before a command: a terminal that was switched off and on
    /// does not know the old one, and money would have been asked for in vain.
    std::chrono::milliseconds idle{15'000};
};

struct ZvtSettings {
    std::string host;  ///< IPv4 or IPv6 address, or a name; a name takes as long as the computer's resolver
    std::uint16_t port = 20007;
    std::string password = "000000";  ///< six digits
    std::string currency = "EUR";     ///< one of CHF CZK DKK EUR GBP HUF JPY NOK PLN SEK USD
    std::string terminal = {};        ///< the id that it must have; empty: whichever it says
    ZvtTimeouts timeouts = {};
};

}  // namespace contone::devices
