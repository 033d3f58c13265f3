// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Caller: who asks the shop for something. The transport makes it; nothing that a client sends can change it.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/enum_words.h"

namespace contone::shop {

/// What a caller may do. Each role may do what those before it may.
enum class Role {
    Customer,  ///< somebody at a kiosk: adds photos, places orders, sees prices and paper
    Staff,     ///< somebody who works in the shop: prints, reprints, says what became of sheets
    Operator,  ///< somebody who sets up printers: decides how they print
};
constexpr auto wordsOf(Role) {
    return enumWords<Role>("bad-role", "A role is customer, staff or operator. Choose one of these.",
                           {{Role::Customer, "customer"}, {Role::Staff, "staff"}, {Role::Operator, "operator"}});
}

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
inline Caller thisProgram(Role role = Role::Operator) {
    return {.role = role};
}

/// What the store records with each event as its actor: "staff", "staff/uid-1000", "customer/kiosk-3",
/// "operator/p-17". No personal data: ids only.
std::string actorOf(const Caller& caller);

}  // namespace contone::shop
