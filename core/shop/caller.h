// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Caller: who asks the shop for something. The transport makes it; nothing that a client sends can change it.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>

#include "core/access/role.h"

namespace contone::shop {

using access::Role;

/// How a request came in, as far as it is proved.
struct Peer {
    enum class Kind {
        InProcess,  ///< the program that holds the store asks itself
        User,       ///< a user of this computer, over the agent's socket: the kernel says which
        Device,     ///< a kiosk or terminal that proved its key
    };
    Kind kind = Kind::InProcess;
    uid_t uid = 0;       ///< of User
    pid_t pid = 0;       ///< of User; that process may be gone by now
    std::string device;  ///< of Device: its name in the shop
    bool operator==(const Peer&) const = default;
};

struct Caller {
    Peer peer;
    Role role = Role::Customer;
    std::string person;  ///< who signed in with a PIN, by their id in the shop, never a name; empty: nobody did
    bool operator==(const Caller&) const = default;
};

/// The program itself, in the process that holds the store.
inline Caller thisProgram(Role role = Role::Installer) {
    return {.role = role};
}

/// What the store records with each event as its actor: "operator", "operator/uid-1000", "customer/kiosk-3",
/// "supervisor/p-17". No personal data: ids only.
std::string actorOf(const Caller& caller);

}  // namespace contone::shop
