// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PeerRoles: which user of this computer has which role in the shop.
#pragma once

#include <unistd.h>

#include <map>
#include <string_view>

#include "core/http/message.h"
#include "core/shop/caller.h"

namespace contone::shop {

/// Only the owner and the group of the agent's socket get as far as this: the file's mode says so.
struct PeerRoles {
    uid_t owner = ::geteuid();        ///< the user that the agent runs as; it and root are installers
    Role ofGroup = Role::Operator;    ///< everybody else who may open the socket
    std::map<uid_t, Role> ofUsers{};  ///< exceptions: a kiosk's user is a customer
};

/// Says with each request who signed in: the secret of a Session.
inline constexpr std::string_view sessionHeader = "Contone-Session";

/// The caller behind a connection. The kernel says which user it is.
Caller callerOf(const http::Peer& peer, const PeerRoles& roles);

}  // namespace contone::shop
