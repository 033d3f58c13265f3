// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PeerRoles: which user of this computer has which role in the shop.
#pragma once

#include <unistd.h>

#include <map>

#include "core/http/message.h"
#include "core/shop/caller.h"

namespace contone::shop {

/// Only the owner and the group of the agent's socket get as far as this: the file's mode says so.
struct PeerRoles {
    uid_t owner = ::geteuid();        ///< the user that the agent runs as; it and root are operators
    Role ofGroup = Role::Staff;       ///< everybody else who may open the socket
    std::map<uid_t, Role> ofUsers{};  ///< exceptions: a kiosk's user is a customer
};

/// The caller behind a connection. The kernel says which user it is.
Caller callerOf(const http::Peer& peer, const PeerRoles& roles);

}  // namespace contone::shop
